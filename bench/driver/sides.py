"""How each side is started. Nothing else knows it."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "target"
WORK = TARGET / "bench"
JAR = TARGET / "event-driven-camel.jar"

# What starts our program, as a user has it; the words of the command line follow.
PROGRAM = Path("bin") / "event-driven-camel"
# The ones that belong to PROGRAM's java
JAVA, JCMD = (
    os.path.join(os.environ["JAVA_HOME"], "bin", tool) if os.environ.get("JAVA_HOME") else tool
    for tool in ("java", "jcmd")
)
# What PROGRAM says to java
OPTIONS = [f"@{ROOT / 'bin' / 'java.options'}"]
# For feeds as long as none is: with these the second compiler is worth its while, though only for
# what is hot for long. The thresholds are five times the usual ones.
LONG_FEED = [
    *OPTIONS,
    "-XX:TieredStopAtLevel=4",
    "-XX:Tier4InvocationThreshold=25000",
    "-XX:Tier4MinInvocationThreshold=3000",
    "-XX:Tier4CompileThreshold=75000",
    "-XX:Tier4BackEdgeThreshold=200000",
]
PYTHON = "/usr/bin/python3"
BASELINE = ROOT / "bench" / "baseline"


def program(*words, root=ROOT):
    """Our program as it is packaged, here or in another folder."""
    return [str(root / PROGRAM), *words]


def java_version():
    """Such as 25.0.1"""
    said = subprocess.run([JAVA, "-version"], capture_output=True, text=True, check=True).stderr
    return re.search(r'version "([^"]+)"', said).group(1)


def archive():
    """The option with which PROGRAM names the archive of classes that the build has left."""
    cache = TARGET / "event-driven-camel.aot"
    if cache.exists():
        return f"-XX:AOTCache={cache}"
    return f"-XX:SharedArchiveFile={TARGET / 'event-driven-camel.jsa'}"


def stages(*ids, jvm):
    """Single stages of our program, timed from within. The tests bring a configuration of the log
    that says nothing; here it is to say what it always says."""
    log = "-Dlog4j2.configurationFile=log4j2.properties"
    classpath = f"{JAR}:{TARGET / 'event-driven-camel-stages.jar'}"
    return [JAVA, *jvm, log, "-cp", classpath, "app.StageTimes", *ids]


def test_program(main, *words, jvm=()):
    """A program from the test sources."""
    classpath = f"{TARGET / 'test-classes'}:{TARGET / 'classes'}:{(WORK / 'classpath').read_text()}"
    return [JAVA, *jvm, "-cp", classpath, main, *words]


def duckdb(jar, *words):
    """DuckDB, by a program from the test sources that needs no more than its driver."""
    classpath = f"{TARGET / 'test-classes'}:{jar}"
    options = [*OPTIONS, "--enable-native-access=ALL-UNNAMED"]
    return [JAVA, *options, "-cp", classpath, "bench.DuckDb", *words]


def baseline(script, *words):
    """A program of the Python side."""
    return [PYTHON, str(BASELINE / script), *words]


def environment(*more):
    """What processes find in their environment: little of what happens to be set here."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "JAVA_HOME") if name in os.environ}
    # The Python side would otherwise write its compiled modules on the first run only.
    kept |= {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    for settings in more:
        kept |= settings
    return kept
