"""Whether anything is lost: the sums at the end of a soak."""

import collections
import hashlib
import http.client
import json
from dataclasses import dataclass, field

PREFIX = "world/"
MOST_FINDINGS = 30
# So many of the versions are read whole.
MOST_SETS = 200


@dataclass
class Run:
    """A run that was accepted, and how it ended."""

    id: str
    state: int
    fault: str | None
    allowed: tuple
    report: dict = field(default_factory=dict)
    sha256: str = ""

    @property
    def version(self):
        return (self.report.get("archive") or {}).get("version")

    def shorten(self):
        """Keeps of the report what the sums need."""
        keep = ("status", "reason", "added", "days", "feeds", "deadLetters", "replay", "archive", "warnings")
        self.report = {name: self.report.get(name) for name in keep}


class Sums:
    """Compares what the driver gave and was told with what the cloud and the server have."""

    def __init__(self, cloud, server, feed, runs, counts):
        self._cloud = cloud
        self._server = server
        self._feed = feed
        self._runs = {run.id: run for run in runs}
        self._counts = counts
        self.findings = []
        self.checked = collections.Counter()

    def check(self):
        """What is wrong; the last run met no fault, and nothing is in progress."""
        self._check_reports()
        self._check_table()
        self._check_dead_letters()
        self._check_versions()
        self._check_pointer()
        self._check_messages()
        return self.findings

    def _expect(self, right, finding):
        if not right and len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)

    # --- Each run that was accepted has one report, the one it had when it ended

    def _check_reports(self):
        keys = self._cloud.ask(f"keys {PREFIX}runs/")
        ids = [key.removeprefix(f"{PREFIX}runs/").removesuffix(".json") for key in keys]
        self._expect(
            sorted(ids) == sorted(self._runs),
            f"reports without an accepted run: {sorted(set(ids) - set(self._runs))[:5]},"
            f" accepted runs without a report: {sorted(set(self._runs) - set(ids))[:5]}",
        )
        for run in self._runs.values():
            body = self._get(f"/runs/{run.id}")
            self._expect(
                hashlib.sha256(body).hexdigest() == run.sha256, f"the report of {run.id} has changed"
            )
            status = run.report["status"]
            self._expect(
                status in run.allowed,
                f"{run.id} (fault: {run.fault}) is {status}: {run.report['reason']}",
            )
            if status != "failed":
                self._check_report(run)
        self.checked["reports"] = len(ids)

    def _check_report(self, run):
        days = run.report["days"]
        outcomes = days["added"] + days["present"] + days["deadLettered"]
        self._expect(days["joined"] == outcomes, f"the days of {run.id} do not add up: {days}")
        pulled = run.report["feeds"][0]["sha256"]
        self._expect(
            pulled == self._feed.bodies[run.state], f"{run.id} pulled another body than it was given"
        )

    # --- Each day is in the table, as the run that inserted it had it

    def _check_table(self):
        items = {(item["Place"], item["Date"]): item for item in self._cloud.ask("items")}
        days = self._feed.days()
        self._expect(not days - items.keys(), f"lost days: {sorted(days - items.keys())[:5]}")
        self._expect(not items.keys() - days, f"invented days: {sorted(items.keys() - days)[:5]}")
        inserted = collections.Counter(item["Run"] for item in items.values())
        self._expect(
            inserted.keys() <= self._runs.keys(),
            f"days of runs that were not accepted: {sorted(inserted.keys() - self._runs.keys())[:5]}",
        )
        waited = self._waited()
        for day, item in items.items():
            run = self._runs.get(item["Run"])
            found = tuple(int(item[metric]) for metric in ("Cases", "Deaths", "Recovered"))
            allowed = waited.get(day, set())
            if run and day in days:
                allowed = allowed | {self._feed.figures(run.state, *day)}
            self._expect(found in allowed, f"{day} is {found} by {item['Run']}, not one of {allowed}")
        for run in self._runs.values():
            added = run.report["added"]
            # An answer that was lost for good leaves a day in doubt.
            right = added == inserted[run.id] if run.fault != "calls" else added <= inserted[run.id]
            self._expect(right, f"{run.id} says {added} added, and {inserted[run.id]} are of it")
        others = self._counts.get("other write", 0)
        self._expect(not others, f"{others} writes might have changed an item of the table")
        self.checked["days"] = len(items)

    def _waited(self):
        """The figures that days had in the dead letter."""
        waited = collections.defaultdict(set)
        for run in self._runs.values():
            for letter in run.report["deadLetters"] or []:
                day = letter["day"]
                figures = tuple(day[metric] for metric in ("cases", "deaths", "recovered"))
                waited[day["place"], day["date"]].add(figures)
        return waited

    def _check_dead_letters(self):
        for prefix in ("dead-letter", "open-runs/"):
            rest = self._cloud.ask(f"keys {PREFIX}{prefix}")
            self._expect(not rest, f"the bucket still has {rest[:5]}")

    # --- Every version lists, and is what its run pulled

    def _check_versions(self):
        published = {run.version: run for run in self._runs.values() if run.version}
        listed = []
        path = "/versions?limit=500"
        while path:
            page = json.loads(self._get(path))
            listed += [version["id"] for version in page["versions"]]
            path = "/" + page["next"] if page.get("next") else None
        self._expect(
            sorted(listed) == sorted(published),
            f"not listed: {sorted(set(published) - set(listed))[:5]},"
            f" unknown: {sorted(set(listed) - set(published))[:5]}, {len(listed)} listed",
        )
        self._expect(listed == sorted(listed, reverse=True), "the versions are not in order")
        step = max(1, len(listed) // MOST_SETS)
        for number, version in enumerate(listed):
            wanted = self._feed.sets[published[version].state] if version in published else ""
            manifest = json.loads(self._get(f"/versions/{version}"))
            self._expect(manifest["sha256"] == wanted, f"version {version} is not what its run pulled")
            if number % step == 0:
                text = self._get(f"/CovidData.csv?asOf={version}")
                self._expect(
                    hashlib.sha256(text).hexdigest() == wanted, f"the set as of {version} is another one"
                )
        self.checked["versions"] = len(listed)

    def _check_pointer(self):
        # Ids end with random digits: the order of runs is that in which they were accepted.
        last = [run for run in self._runs.values() if run.version][-1]
        key = f"{PREFIX}CovidData.csv"
        text = self._cloud.ask(f"object {key}").encode()
        version = self._cloud.ask(f"pointer {key}").get("version")
        self._expect(version == last.version, f"the pointer is at {version}, not at {last.version}")
        wanted = self._feed.sets[last.state]
        self._expect(hashlib.sha256(text).hexdigest() == wanted, "the published set is not the last one")
        self._expect(
            hashlib.sha256(self._get("/CovidData.csv")).hexdigest() == wanted,
            "readers do not get the last set",
        )

    # --- Each run is announced, once but for lost answers

    def _check_messages(self):
        messages = self._cloud.ask("messages")
        runs = {run for run, _ in messages}
        self._expect(
            runs == set(self._runs),
            f"runs without a message: {sorted(set(self._runs) - runs)[:5]},"
            f" messages of others: {sorted(runs - set(self._runs))[:5]}",
        )
        texts = {tuple(message) for message in messages}
        self._expect(len(texts) == len(runs), "a run has several messages with different texts")
        lost = self._counts.get("SNS DropAfter", 0)
        self._expect(
            len(messages) - len(runs) <= lost,
            f"{len(messages)} messages of {len(runs)} runs, although only {lost} answers were lost",
        )
        self.checked["messages"] = len(messages)

    def _get(self, path):
        try:
            return self._server.get(path)
        except (OSError, http.client.HTTPException) as fault:
            self._expect(False, f"{path}: {fault!r}")
            return b'{"versions": [], "sha256": ""}'
