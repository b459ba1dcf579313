"""Processes and what they cost; medians; and how that is written down."""

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field


@dataclass
class Cost:
    """Seconds of wall and CPU time (user and system), MB of peak resident memory."""

    wall: float
    cpu: float
    rss: float = 0


@dataclass
class Goal:
    """What was to be reached. The limit is the most that is allowed, or the least."""

    what: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def reached(self):
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass
class Result:
    """What one measurement found, as it goes into the document."""

    title: str
    how: str
    goals: list = field(default_factory=list)
    tables: list = field(default_factory=list)


def run(command, environment, folder):
    """Runs a process to its end; its costs, those of its children included, and what it wrote."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            raise SystemExit(f"{command} ended with {process.returncode}:\n{err.read()[-4000:]}")
        cost = Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
        return cost, out.read()


def interleaved(repeats, **sides):
    """Calls the sides in turns; what each returned, by name."""
    samples = {name: [] for name in sides}
    for _ in range(repeats):
        for name, side in sides.items():
            samples[name].append(side())
    return samples


def median(samples):
    """The median of costs, each figure by itself."""
    return Cost(*(statistics.median(getattr(s, name) for s in samples) for name in _FIGURES))


_FIGURES = ("wall", "cpu", "rss")


def fastest(costs):
    """The name of the one that took the least wall time."""
    return min(costs, key=lambda name: costs[name].wall)


def costs_table(names, samples):
    """Medians of each side, with the range of wall times."""
    rows = []
    for side, costs in samples.items():
        middle = median(costs)
        walls = [cost.wall for cost in costs]
        rows.append(
            (
                names[side],
                f"{middle.wall:.2f} ({min(walls):.2f} to {max(walls):.2f})",
                f"{middle.cpu:.2f}",
                f"{middle.rss:.0f}" if middle.rss else "",
            )
        )
    return table(("median of %d" % len(walls), "wall, s", "CPU, s", "peak memory, MB"), rows)


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
