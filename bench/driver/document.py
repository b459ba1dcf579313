"""Writes the results down."""

import datetime
import importlib.metadata
import os
import platform
import re
import subprocess

from driver import measure, sides

DOCUMENT = sides.ROOT / "docs" / "performance.md"
FINDINGS = sides.ROOT / "bench" / "findings.md"

HEAD = """# Performance

Written by `bench/run`, which repeats all measurements in some minutes; findings are kept in
[bench/findings.md](../bench/findings.md). Each figure is a median; both sides take turns, on the same
machine without other load. Ratios are ours / theirs.
"""


def write(results):
    DOCUMENT.write_text(
        "\n".join([HEAD, _machine(), _summary(results)])
        + "".join("\n" + _section(name, result) for name, result in results.items())
    )


def text(name, result):
    """One result, for the terminal."""
    return _section(name, result)


def _summary(results):
    rows = [
        (result.title if first else "", goal.what, *_figures(goal))
        for result in results.values()
        for first, goal in zip([True] + [False] * len(result.goals), result.goals)
    ]
    return measure.table(("", "", "measured", "to reach", ""), rows) + "\n"


def _figures(goal):
    limit = f"{'≥' if goal.at_least else '≤'} {goal.limit:g}{goal.unit}"
    return f"{goal.value:.3g}{goal.unit}", limit, "reached" if goal.reached else "**missed**"


def _section(name, result):
    parts = [f"## {result.title}", result.how]
    if result.goals:
        rows = [(goal.what, *_figures(goal)) for goal in result.goals]
        parts.append(measure.table(("", "measured", "to reach", ""), rows))
    parts += result.tables
    findings = _findings(name)
    if findings:
        parts.append(findings)
    return "\n\n".join(parts) + "\n"


def _findings(name):
    """The section of that name."""
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", FINDINGS.read_text(), re.M | re.S)
    return found.group(1).strip() if found else ""


def machine():
    """Processor, cores and memory."""
    with open("/proc/cpuinfo") as cpus:
        lines = [line.split(":")[1].strip() for line in cpus if line.startswith("model name")]
        cpu = (lines or [platform.machine()])[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB"


def _machine():
    java = subprocess.run([sides.JAVA, "-version"], capture_output=True, text=True).stderr
    packages = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("pandas", "boto3", "matplotlib"))
    rows = [
        ("machine", machine()),
        ("system", platform.freedesktop_os_release()["PRETTY_NAME"]),
        ("Java", java.splitlines()[1].replace("OpenJDK Runtime Environment", "").strip(" ()")),
        ("Python", f"{platform.python_version()}, {packages}"),
        ("day", datetime.date.today().isoformat()),
    ]
    return measure.table(("", ""), rows) + "\n"
