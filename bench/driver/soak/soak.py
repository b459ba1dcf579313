"""One soak, from the start of the server to the sums."""

import contextlib
import hashlib
import http.client
import json
import random
import secrets
import threading
import time
from dataclasses import dataclass

from driver import services, sides
from driver.soak import samples
from driver.soak.faults import Faults
from driver.soak.feed import PLACES, Feed, Server
from driver.soak.readers import MOST_BUSY, Known, Readers
from driver.soak.sums import Run, Sums

WORK = sides.TARGET / "soak"
NEW_DAYS = 40
UNCHANGED = 1 / 6
# So often the objects in use are counted, which is a full collection, and those of the bucket.
COUNTS = 48
# The first run stores 12,000 days, into a stand-in for DynamoDB that may be on disk.
LONGEST_RUN = 600
# What a longer one leaves in the bucket does not go into memory.
MOST_HOURS_IN_MEMORY = 2


@dataclass
class Result:
    """What a soak found."""

    hours: float
    runs: int
    faults: dict
    answers: dict
    judged: list
    checked: dict
    findings: list

    @property
    def is_good(self):
        return not self.findings and self.is_in_time and all(one.is_flat for one in self.judged)

    @property
    def is_in_time(self):
        return (self.answers["busy"] + self.answers["late"]) * MOST_BUSY <= self.answers[200]

    def text(self):
        """The summary, as it also goes into the document."""
        times = f"{self.hours:g} h" if self.hours >= 1 else f"{self.hours * 60:g} minutes"
        given = ", ".join(f"{kind} {count}" for kind, count in self.faults.items())
        good = sum(count for status, count in self.answers.items() if status in (200, 304))
        excused, busy, late = (self.answers[kind] for kind in ("excused", "busy", "late"))
        checked = ", ".join(f"{count:,} {what}" for what, count in self.checked.items())
        growing = [one.kind.name for one in self.judged if not one.is_flat]
        lines = [
            f"{times}: {self.runs:,} runs (faults: {given}), {good:,} good answers, {excused:,} excused,"
            f" {busy:,} refused as busy, {late:,} not in time.",
            "",
            samples.table(self.judged),
            "",
            f"Flat: {'yes' if not growing else 'no, ' + ', '.join(growing)}."
            f" Nothing lost: {'yes' if not self.findings else 'NO'} ({checked})."
            f" Readers served: {'yes' if self.is_in_time else 'NOT all'}.",
        ]
        return "\n".join([*lines, *(f"- WRONG: {finding}" for finding in self.findings)])


def run(options):
    return _Soak(options).run()


class _Soak:
    def __init__(self, options):
        self._options = options
        self._seconds = options.hours * 3600
        self._chance = random.Random(options.seed)
        self._feed = Feed(options.seed)
        self._known = Known(self._feed)
        self._runs = []
        self._token = secrets.token_hex(16)
        self._findings = []
        self._next_minute = 0

    def run(self):
        folder = WORK / "cloud" if self._options.hours > MOST_HOURS_IN_MEMORY else None
        with contextlib.ExitStack() as opened:
            self._cloud = opened.enter_context(services.Services(folder))
            self._feed_server = opened.enter_context(Server(self._feed))
            self._faults = Faults(self._options.seed, self._cloud, self._feed_server)
            management = services.free_port()
            self._server = opened.enter_context(
                services.our_server(self._environment(), management=management, folder=WORK)
            )
            self._server.wait_for("/openapi.json")
            print(f"Filling the caches: {self._options.fill} runs", flush=True)
            self._fill()
            self._samples = samples.Samples(self._seconds)
            self._begun = time.monotonic()
            readers = Readers(
                self._server,
                management,
                self._options.connections,
                self._options.rate,
                self._options.seed,
                self._known,
                self._faults,
            )
            sampler = _Sampler(self._samples, self._server, self._cloud, self._seconds, readers)
            with readers, sampler:
                self._load(readers)
            # The last one meets no fault, and makes good what the others left.
            self._one_run(None)
            self._findings += readers.findings
            if readers.wrong > len(readers.findings):
                self._findings.append(f"{readers.wrong:,} wrong answers in all")
            if not self._server.is_running():
                self._findings.append("the server has ended")
            self._findings += sampler.findings
            sums = Sums(self._cloud, self._server, self._feed, self._runs, self._faults.counts)
            self._findings += sums.check()
            return Result(
                self._options.hours,
                len(self._runs),
                self._faults.begun,
                readers.answers,
                self._samples.judged(),
                sums.checked,
                self._findings,
            )

    def _environment(self):
        never = "0 0 0 1 1 ? 2099"
        return self._cloud.environment | {
            "DATASET": "world",
            "STORE_TABLE": self._cloud.table_of_places,
            "FEED_JHU_URL": self._feed_server.url,
            "FEED_RETRIES": "2",
            "FEED_STALLED_AFTER": "90000d",
            "SCHEDULE_CRON": never,
            "HTTP_TOKEN": self._token,
        }

    # --- The load

    def _fill(self):
        for number in range(self._options.fill):
            started = time.monotonic()
            if number:
                self._feed.revise()
            self._one_run(None)
            if self._known.versions:
                self._server.get(f"/CovidData.csv?asOf={self._known.versions[-1]}")
            # The ids of two versions of one second have no order.
            time.sleep(max(0.0, started + 1.1 - time.monotonic()))

    def _load(self, readers):
        runs = max(1, int(self._seconds / self._options.every))
        every_day = max(5, runs // NEW_DAYS)
        number, next_run = 0, self._begun
        while next_run < self._begun + self._seconds:
            self._wait_until(next_run, readers)
            number += 1
            self._one_run(self._change(number, every_day))
            next_run = max(next_run + self._options.every, time.monotonic())
        self._wait_until(self._begun + self._seconds, readers)

    def _wait_until(self, moment, readers):
        while (left := moment - time.monotonic()) > 0:
            time.sleep(min(left, 1))
            self._tell(readers)
        self._tell(readers)

    def _change(self, number, every_day):
        """Changes the feed, and begins a fault, if the run is to meet one."""
        fault = self._faults.choose(number)
        if number % every_day == 0:
            day = self._feed.add_day()
            if number // every_day % 2 and fault is None:
                self._faults.begin("day refused", self._chance.choice(PLACES), day)
                return "day refused"
        elif self._chance.random() >= UNCHANGED:
            self._feed.revise()
        if fault:
            self._faults.begin(fault)
        return fault

    def _one_run(self, fault):
        """One run, from its start to its report."""
        started = time.monotonic()
        allowed = Faults.allowed(fault)
        accepted = Run(self._post(), self._feed.state, fault, allowed)
        self._runs.append(accepted)
        body = self._report(accepted.id, started)
        if fault:
            self._faults.end()
        else:
            self._time_of_run(time.monotonic() - started)
        accepted.sha256 = hashlib.sha256(body).hexdigest()
        accepted.report = json.loads(body)
        accepted.shorten()
        self._known.runs.append(accepted.id)
        version = accepted.version
        if version and version not in self._known.versions[-1:]:
            self._known.versions.append(version)
        if accepted.report["status"] in ("succeeded", "partial"):
            self._known.published = accepted.state

    def _time_of_run(self, seconds):
        if hasattr(self, "_samples"):
            self._samples.add(run=seconds)

    def _post(self):
        connection = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("POST", "/runs", headers={"Authorization": f"Bearer {self._token}"})
            answer = connection.getresponse()
            body = answer.read()
        if answer.status != 202:
            raise SystemExit(f"A run is not accepted: {answer.status} {body[:400]!r}")
        return json.loads(body)["id"]

    def _report(self, run, started):
        """The report of a run that has ended."""
        while time.monotonic() < started + LONGEST_RUN:
            time.sleep(0.05)
            # While calls are disturbed, the report may be out of reach for a moment.
            with contextlib.suppress(OSError):
                body = self._server.get(f"/runs/{run}")
                if json.loads(body)["status"] != "running":
                    return body
        raise SystemExit(f"Run {run} has not ended after {LONGEST_RUN} s")

    def _tell(self, readers):
        """A line a minute."""
        gone = time.monotonic() - self._begun
        if gone < self._next_minute:
            return
        self._next_minute = gone - gone % 60 + 60
        # The list of requests is not for hours.
        self._cloud.ask("forget")
        last = {name: self._samples.last(name) for name in samples.KINDS}
        bad = readers.wrong + len(self._findings)
        print(
            f"{gone / 60:5.0f} of {self._seconds / 60:,.0f} min  {len(self._runs):,} runs"
            f"  {sum(readers.answers.values()):,} answers  wrong: {bad}  {last['rss']:.0f} MB"
            f" ({last['live']:.1f} in use)  {last['threads']:.0f} threads  {last['sockets']:.0f} connections"
            f"  {last['files']:.0f} files  {last['versions']:,.0f} versions",
            flush=True,
        )


class _Sampler:
    """A thread that takes samples."""

    def __init__(self, into, server, cloud, seconds, readers):
        self._into = into
        self._server = server
        self._cloud = cloud
        self._pause = min(10.0, seconds / 60)
        self._count_every = max(1, round(seconds / COUNTS / self._pause))
        self._readers = readers
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self.findings = []

    def __enter__(self):
        # The first question starts a thread and opens a socket in the server for good.
        self._server.live_heap()
        self._thread.start()
        return self

    def __exit__(self, *failure):
        self._stop.set()
        self._thread.join(60)

    def _sample(self):
        number = 0
        while True:
            try:
                self._into.add(
                    rss=self._server.memory(),
                    versions=self._readers.versions(),
                    **samples.of_process(self._server.pid),
                )
                times = sorted(self._readers.take_times())
                if times:
                    self._into.add(slow=times[int(len(times) * 0.99)])
                if number % self._count_every == 0:
                    self._into.add(
                        live=self._server.live_heap(), objects=self._cloud.ask("count")
                    )
            except Exception as fault:  # noqa: BLE001 - without samples there is no verdict
                self.findings.append(f"no samples any more: {fault!r}")
                return
            number += 1
            if self._stop.wait(self._pause):
                return
