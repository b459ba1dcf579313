"""The inner loops, by JMH."""

import json

from driver import measure, sides
from driver.measure import Result


def loops(bench):
    results = sides.WORK / "jmh.json"
    times = ["-wi", "1", "-i", "1"] if bench.quick else ["-wi", "3", "-i", "5"]
    command = sides.test_program("org.openjdk.jmh.Main", "-f", "1", "-w", "1", "-r", "1")
    command += [*times, "-rf", "json", "-rff", str(results)]
    measure.run(command, sides.environment(), sides.WORK / "empty")
    rows = [
        (
            "`" + ".".join(found["benchmark"].split(".")[-2:]) + "`",
            f"{found['primaryMetric']['score']:.3g}",
            found["primaryMetric"]["scoreUnit"],
        )
        for found in json.loads(results.read_text())
    ]
    return Result(
        "Inner loops",
        "JMH, warm, one fork. `FeedBenchmark` reads an invented feed of 232,560 rows from memory:"
        " `filter` alone, and `read`, which is digest, filter, parser and rows."
        " `FiguresBenchmark` computes with 816 days.",
        [],
        [measure.table(("benchmark", "average", "unit"), rows)],
    )
