"""Whole runs, and what they ask of AWS."""

import collections

from driver import measure, pulls, sides
from driver.measure import Goal, Result

LAST_DAY = "2022-04-16"
NAMES = {"ours": "ours", "original": "the Python original", "loop": "boto3, put after put"}


def process(command, environment):
    """Runs a process; what it cost."""
    return measure.run(command, environment, sides.WORK / "empty")[0]


def requests(bench):
    services, environment = bench.services, bench.environment()
    services.ask("reset")
    process(sides.program("run"), environment)
    rows, counts = [], []
    for what, removed in (("no new day", []), ("1 new day", [f"remove-day {LAST_DAY}"])):
        for line in removed:
            services.ask(line)
        services.ask("forget")
        process(sides.program("run"), environment)
        counts.append(_by_service(services))
        rows.append((f"ours, {what}", *_row(counts[-1])))
    services.ask("forget")
    process(sides.baseline("etl.py"), environment)
    rows.append(("the Python original, any day", *_row(_by_service(services))))
    return Result(
        "What a run asks of AWS",
        "Requests that arrived at the embedded AWS, counted there.",
        [
            Goal("requests to DynamoDB", max(count["DynamoDB"] for count in counts), 3),
            Goal("requests to AWS in all", max(sum(count.values()) for count in counts), 10),
        ],
        [measure.table(("requests of a run", "DynamoDB", "S3", "SNS", "in all"), rows)],
    )


def _by_service(services):
    return collections.Counter(request.split()[0] for request in services.ask("requests"))


def _row(count):
    return (*(count[service] for service in ("DynamoDB", "S3", "SNS")), sum(count.values()))


def store(bench):
    environment = bench.environment()
    jvm = [*sides.OPTIONS, sides.archive()]

    def side(command):
        def measured():
            bench.services.ask("reset")
            return pulls.stage(command, environment, "store-days")

        return measured

    sides_of_it = {
        "ours": side(sides.stages("collect-days", "store-days", jvm=jvm)),
        "loop": side(sides.baseline("stages.py", "collect-days-whole", "store-days")),
    }
    # DynamoDB Local is a JVM too, and slow at first.
    measure.interleaved(1, **sides_of_it)
    samples = pulls.same_days(measure.interleaved(bench.repeats, **sides_of_it))
    ours, theirs = measure.median(samples["ours"]), measure.median(samples["loop"])
    return Result(
        "The store stage of a first run",
        "816 days into an empty table of DynamoDB Local, which is the same for both; in the process,"
        " from the first request to the last answer. Ours as `bin/event-driven-camel run` starts it.",
        [Goal("wall time / boto3", ours.wall / theirs.wall, 0.7)],
        [measure.costs_table(NAMES, samples)],
    )


def run(bench):
    environment = bench.environment()
    bench.services.ask("reset")
    process(sides.program("run"), environment)
    samples = measure.interleaved(
        bench.repeats,
        ours=lambda: process(sides.program("run"), environment),
        original=lambda: process(sides.baseline("etl.py"), environment),
    )
    ours, theirs = measure.median(samples["ours"]), measure.median(samples["original"])
    return Result(
        "A whole run, the second of a day",
        "The process from start to end, cold; the feeds in their real size over HTTP; the table has"
        " all days already. The original tries to put each of them, and puts the set.",
        [
            Goal("wall time / the original", ours.wall / theirs.wall, 1),
            Goal("CPU time / the original", ours.cpu / theirs.cpu, 1),
        ],
        [measure.costs_table(NAMES, samples)],
    )
