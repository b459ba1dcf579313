"""What the server needs, over time: samples, slopes and a verdict."""

import os
import statistics
import time
from dataclasses import dataclass

from driver import measure

# The first quarter of the time is for warming up.
QUARTERS = 4


@dataclass
class Kind:
    """What is sampled. It is to be flat if a share is given by which it may grow, and at least so much."""

    name: str
    form: str = ",.0f"
    share: float | None = None
    least: float = 0


KINDS = {
    "rss": Kind("resident memory, MB", ",.1f", 0.05),
    "live": Kind("objects in use, MB", ",.1f", 0.05),
    "threads": Kind("threads", share=0.05, least=2),
    "sockets": Kind("connections", share=0.05, least=4),
    "files": Kind("other open files", share=0.05, least=4),
    "run": Kind("time of a run without fault, s", ",.2f"),
    "slow": Kind("99 % of answers within, ms", ",.0f"),
    "objects": Kind("objects in the bucket"),
    "versions": Kind("versions"),
}


def of_process(pid):
    """Threads, sockets and other open files of a process."""
    sockets = files = 0
    for number in os.listdir(f"/proc/{pid}/fd"):
        try:
            is_socket = os.readlink(f"/proc/{pid}/fd/{number}").startswith("socket:")
        except FileNotFoundError:
            continue
        sockets += is_socket
        files += not is_socket
    return {"threads": len(os.listdir(f"/proc/{pid}/task")), "sockets": sockets, "files": files}


@dataclass
class Judged:
    """What became of one kind: the slope after warming up, medians of quarters, and the most it may be."""

    kind: Kind
    slope: float
    quarters: list
    most: float | None

    @property
    def is_flat(self):
        return self.most is None or self.quarters[-1] <= self.most


class Samples:
    """The samples of a soak."""

    def __init__(self, seconds):
        self._begun = time.monotonic()
        self._seconds = seconds
        self._points = {name: [] for name in KINDS}

    def add(self, **values):
        now = time.monotonic() - self._begun
        for name, value in values.items():
            self._points[name].append((now, value))

    def last(self, name):
        return self._points[name][-1][1] if self._points[name] else float("nan")

    def judged(self):
        """Each kind of which there is a sample in the second and in the last quarter."""
        all_of_them = []
        for name, kind in KINDS.items():
            quarters = self._quarters(self._points[name])
            if quarters[1] and quarters[-1]:
                all_of_them.append(_judge(kind, quarters))
        return all_of_them

    def _quarters(self, points):
        quarters = [[] for _ in range(QUARTERS)]
        for when, value in points:
            quarters[min(QUARTERS - 1, int(when * QUARTERS / self._seconds))].append((when, value))
        return quarters


def _judge(kind, quarters):
    values = [[value for _, value in quarter] for quarter in quarters]
    medians = [statistics.median(some) if some else float("nan") for some in values]
    most = None
    if kind.share is not None:
        second = sorted(values[1])
        spread = second[int(len(second) * 0.9)] - second[int(len(second) * 0.1)]
        most = medians[1] + spread + max(kind.least, kind.share * medians[1])
    return Judged(kind, _slope(sum(quarters[1:], [])), medians, most)


def _slope(points):
    """Least squares, by the hour."""
    if len({when for when, _ in points}) < 2:
        return float("nan")
    return statistics.linear_regression(*zip(*points)).slope * 3600


def table(judged):
    rows = []
    for one in judged:
        form = one.kind.form
        verdict = "" if one.most is None else "flat" if one.is_flat else "**grows**"
        most = "" if one.most is None else f"{one.most:{form}}"
        quarters = [f"{median:{form}}" for median in one.quarters]
        rows.append((one.kind.name, f"{one.slope:+,.2f}", *quarters, most, verdict))
    head = ("", "slope, an hour", "1st quarter", "2nd", "3rd", "4th", "at the most", "")
    return measure.table(head, rows)
