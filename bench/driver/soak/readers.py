"""Readers at many connections, who look at each answer."""

import collections
import hashlib
import http.client
import json
import random
import threading
import time
import urllib.parse

from driver.soak.feed import PLACES

# How often what is asked for, of 100 requests
MIX = {
    "totals": 18,
    "days": 12,
    "days as of": 12,
    "places": 7,
    "places as of": 2,
    "csv": 4,
    "csv as of": 3,
    "versions": 6,
    "versions of a place": 2,
    "a version": 5,
    "diff": 5,
    "history": 2,
    "chart.png": 1,
    "chart.svg": 3,
    "runs": 4,
    "a run": 4,
    "page": 3,
    "contract": 1,
    "metrics": 4,
    "ready": 2,
}
RECENT = 20
MOST_REMEMBERED = 5_000
MOST_FINDINGS = 20
# Too many wait for the bucket: a busy machine is no fault, but one in so many answers is too often. The same
# holds of answers that do not come in time.
BUSY = b"urn:problem-type:busy"
MOST_BUSY = 1_000


class Known:
    """What readers may ask about, and must find. Thread-safe by being replaced, not changed."""

    def __init__(self, feed):
        self.feed = feed
        self.runs = []
        self.versions = []
        # The state of the feed that was published last.
        self.published = -1


class Readers:
    """Threads with a connection each, which ask at a common rate until they are stopped."""

    def __init__(self, server, management_port, connections, rate, seed, known, faults):
        self._server = server
        self._management_port = management_port
        self._known = known
        self._faults = faults
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._bodies = collections.OrderedDict()
        self.answers = collections.Counter()
        self.findings = []
        self.wrong = 0
        self._times = []
        pause = connections / rate
        self._threads = [
            threading.Thread(
                target=self._read,
                args=(random.Random(f"{seed} {number}"), pause, number * pause / connections),
                daemon=True,
            )
            for number in range(connections)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure):
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def take_times(self):
        """The milliseconds of the answers since this was last asked."""
        with self._lock:
            taken, self._times = self._times, []
        return taken

    def versions(self):
        """How many versions readers may ask for."""
        return len(self._known.versions)

    def _read(self, chance, pause, first):
        connections = {}
        next_time = time.monotonic() + first
        tags = {}
        while not self._stop.wait(max(0.0, next_time - time.monotonic())):
            # One that is late does not catch up: the rate is the most.
            next_time = max(next_time + pause, time.monotonic())
            try:
                self._ask(chance, connections, tags)
            except Exception as fault:  # noqa: BLE001 - whatever it is, a reader goes on
                self._find(f"a reader stumbles: {fault!r}")

    def _ask(self, chance, connections, tags):
        what = chance.choices(list(MIX), MIX.values())[0]
        path, lasting = self._path(what, chance)
        port = self._management_port if what in ("metrics", "ready") else self._server.port
        headers = {}
        if path in tags and chance.random() < 0.5:
            headers["If-None-Match"] = tags[path]
        oldest, begun = self._known.published, time.monotonic()
        try:
            status, answered, body = _exchange(connections, port, path, headers)
        except TimeoutError:
            with self._lock:
                self.answers["late"] += 1
            return
        except (OSError, http.client.HTTPException) as fault:
            self._find(f"{path}: {fault!r}")
            return
        taken = (time.monotonic() - begun) * 1000
        with self._lock:
            self._times.append(taken)
            self.answers[status] += 1
        if status == 304 and headers:
            return
        if status == 503 and answered.get("Retry-After"):
            if self._faults.excuse(begun) or BUSY in body:
                with self._lock:
                    self.answers["busy" if BUSY in body else "excused"] += 1
                return
        if status != 200:
            self._find(f"{path}: {status} {body[:300]!r}")
            return
        if len(tags) > 100:
            tags.clear()
        if answered.get("ETag"):
            tags[path] = answered["ETag"]
        self._look_at(path, what, lasting, body, answered, oldest, begun)

    def _look_at(self, path, what, lasting, body, answered, oldest, begun):
        if answered.get("Content-Type", "").startswith("application/json"):
            json.loads(body)
        digest = hashlib.sha256(body).hexdigest()
        if lasting and not self._is_as_before(path, digest):
            self._find(f"{path} is not what it was")
        if what == "csv":
            states = self._known.feed.sets
            found = [state for state in range(max(0, oldest), len(states)) if states[state] == digest]
            if not found and not (self._faults.excuse(begun) and digest in states):
                self._find(f"{path} is no published set since state {oldest} of the feed")

    def _is_as_before(self, path, digest):
        with self._lock:
            before = self._bodies.setdefault(path, digest)
            if len(self._bodies) > MOST_REMEMBERED:
                self._bodies.popitem(last=False)
        return before == digest

    def _find(self, finding):
        with self._lock:
            self.wrong += 1
            if len(self.findings) < MOST_FINDINGS:
                self.findings.append(finding)

    def _path(self, what, chance):
        """The path, and whether its answer stays the same for good."""
        place = urllib.parse.quote(chance.choice(PLACES))
        versions, runs = self._known.versions, self._known.runs
        one, other = (_some(versions, chance) for _ in range(2))
        earlier, later = sorted((one, other))
        month = f"from=2021-{chance.randint(1, 9):02}-01&to=2021-12-31"
        return {
            "totals": (f"/totals?place={place}", False),
            "days": (f"/days?place={place}&{month}", False),
            "days as of": (f"/days?place={place}&{month}&asOf={one}", True),
            "places": (f"/places?sort=-{chance.choice(('cases', 'deaths'))}", False),
            "places as of": (f"/places?asOf={one}", True),
            "csv": ("/CovidData.csv", False),
            "csv as of": (f"/CovidData.csv?asOf={versions[-1]}", True),
            "versions": (f"/versions?limit={chance.choice((1, 50, 500))}", False),
            "versions of a place": (f"/versions?place={place}", False),
            "a version": (f"/versions/{one}", True),
            "diff": (f"/diff?from={earlier}&to={later}&place={place}", True),
            "history": (f"/days/2021-{chance.randint(1, 12):02}-01/history?place={place}", False),
            "chart.png": (f"/chart.png?place={place}", False),
            "chart.svg": (f"/chart.svg?place={place}", False),
            "runs": ("/runs", False),
            "a run": (f"/runs/{_some(runs, chance)}", True),
            "page": ("/", False),
            "contract": ("/openapi.json", False),
            "metrics": ("/observe/metrics", False),
            "ready": ("/observe/health/ready", False),
        }[what]


def _some(names, chance):
    """Most readers want what is new."""
    return chance.choice(names[-RECENT:] if chance.random() < 0.8 else names)


def _exchange(connections, port, path, headers):
    connection = connections.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=60))
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    except BaseException:
        connections.pop(port).close()
        raise
