"""Whole runs, and what they ask of AWS."""

import collections

from driver import feeds, measure, pulls, services, sides
from driver.measure import Goal, Result

LAST_DAY = "2022-04-16"
NAMES = {
    "ours": "ours",
    "original": "the Python original",
    "loop": "boto3, put after put",
    "threads": "boto3, 32 threads",
}
PLACES, DAYS = 40, 400
# As far as another region is, in ms
AWAY = 20
WRITES = ("PutItem", "UpdateItem", "BatchWriteItem", "BatchExecuteStatement", "TransactWriteItems")


def process(command, environment):
    """Runs a process; what it cost."""
    return measure.run(command, environment, sides.WORK / "empty")[0]


def requests(bench):
    aws, environment = bench.services, bench.environment()
    aws.ask("reset")
    process(sides.program("run"), environment)
    rows, counts = [], []
    for what, removed in (("no new day", []), ("1 new day", [f"remove-day {LAST_DAY}"])):
        for line in removed:
            aws.ask(line)
        aws.ask("forget")
        process(sides.program("run"), environment)
        counts.append(_by_service(aws))
        rows.append((f"ours, {what}", *_row(counts[-1])))
    aws.ask("forget")
    process(sides.baseline("etl.py"), environment)
    rows.append(("the Python original, any day", *_row(_by_service(aws))))
    return Result(
        "What a run asks of AWS",
        "Requests that arrived at the embedded AWS, counted there.",
        [
            Goal("requests to DynamoDB", max(count["DynamoDB"] for count in counts), 3),
            Goal("requests to AWS in all", max(sum(count.values()) for count in counts), 10),
        ],
        [measure.table(("requests of a run", "DynamoDB", "S3", "SNS", "in all"), rows)],
    )


def _by_service(aws):
    return collections.Counter(request.split()[0] for request in aws.ask("requests"))


def _row(count):
    return (*(count[service] for service in ("DynamoDB", "S3", "SNS")), sum(count.values()))


def store(bench):
    sides_of_it = _store_sides(bench, bench.environment(), "loop")
    # DynamoDB Local is a JVM too, and slow at first.
    measure.interleaved(1, **sides_of_it)
    samples = pulls.same_days(measure.interleaved(bench.repeats, **sides_of_it))
    sides_of_it["ours"]()
    writes = _writes(bench.services)
    ours, theirs = measure.median(samples["ours"]), measure.median(samples["loop"])
    return Result(
        "The store stage of a first run",
        "816 days into an empty table of DynamoDB Local, which is the same for both; in the process,"
        " from the first request to the last answer. Ours as `bin/event-driven-camel run` starts it.",
        [
            Goal("wall time / boto3", ours.wall / theirs.wall, 0.65),
            Goal("write requests", writes, 35),
        ],
        [measure.costs_table(NAMES, samples)],
    )


def store_away(bench):
    with services.Distance(bench.environment(), AWAY) as away:
        sides_of_it = _store_sides(bench, away.environment, "loop", "threads")
        # Put after put takes as long each time: waiting.
        samples = measure.interleaved(min(bench.repeats, 3), **sides_of_it)
    samples = pulls.same_days(samples)
    ours, loop, threads = (measure.median(costs) for costs in samples.values())
    return Result(
        f"The store stage of a first run, {AWAY} ms away",
        f"The same with each answer {AWAY} ms later, by a process between that holds up none for"
        " another one.",
        [
            Goal("wall time / boto3, put after put", ours.wall / loop.wall, 0.03),
            Goal("wall time / boto3, 32 threads", ours.wall / threads.wall, 0.4),
        ],
        [measure.costs_table(NAMES, samples)],
    )


def _store_sides(bench, environment, *theirs):
    jvm = [*sides.OPTIONS, sides.archive()]
    commands = {
        "ours": sides.stages("collect-days", "store-days", jvm=jvm),
        "loop": sides.baseline("stages.py", "collect-days-whole", "store-days"),
        "threads": sides.baseline("stages.py", "collect-days-whole", "store-days-threads"),
    }

    def side(command):
        def measured():
            bench.services.ask("reset")
            return pulls.stage(command, environment, "store-days")

        return measured

    return {name: side(commands[name]) for name in ("ours", *theirs)}


def _writes(aws):
    """How many requests since the last reset were to change a table."""
    return sum(
        request.startswith("DynamoDB ") and request.split()[1] in WRITES
        for request in aws.ask("requests")
    )


def places(bench):
    folder = sides.WORK / "feeds-places"
    feeds.select(bench.feeds, folder, PLACES, DAYS)
    with feeds.Server(folder) as server:
        local = _stored(bench, server, {})
        null = _stored(bench, server, {"AWS_ENDPOINT_URL_DYNAMODB": bench.services.null_table})
    names = {"ours": "ours", "threads": "boto3, 32 threads"}
    return Result(
        "The store stage of many places",
        f"{DAYS} days of each of {PLACES} places into an empty table, in the process, from the first"
        " request to the last answer; compared with conditional puts of 32 threads. DynamoDB Local"
        " shares the cores with both; the null server answers each request after 5 ms, as a table"
        " across a network would, and stores nothing. All days must arrive once. Ours as"
        " `bin/event-driven-camel run` starts it.",
        [
            Goal("DynamoDB Local: wall time / boto3", _ratio(local), 0.65),
            Goal("null server: wall time / boto3", _ratio(null), 0.06),
        ],
        [
            "DynamoDB Local:\n\n" + measure.costs_table(names, local),
            "The null server:\n\n" + measure.costs_table(names, null),
        ],
    )


def _stored(bench, feed_server, table):
    settings = {"DATASET": "world", "STORE_TABLE": bench.services.table_of_places}
    environment = bench.environment() | feed_server.environment() | settings | table
    jvm = [*sides.OPTIONS, sides.archive()]

    def side(command):
        def measured():
            bench.services.ask("reset")
            cost, days = pulls.stage(command, environment, "store-days")
            stored = max(bench.services.ask("stored"))
            if stored != PLACES * DAYS:
                raise SystemExit(f"{stored} days arrived of {PLACES * DAYS}: {command}")
            return cost, days

        return measured

    sides_of_it = {
        "ours": side(sides.stages("collect-days", "store-days", jvm=jvm)),
        "threads": side(sides.baseline("places.py")),
    }
    # The servers are JVMs too, and slow at first.
    measure.interleaved(1, **sides_of_it)
    # Their side takes a quarter of a minute each time.
    return pulls.same_days(measure.interleaved(min(bench.repeats, 3), **sides_of_it))


def _ratio(samples):
    ours, theirs = (measure.median(costs) for costs in samples.values())
    return ours.wall / theirs.wall


def run(bench):
    samples = _second_runs(bench, bench.environment(), bench.repeats)
    ours, theirs = measure.median(samples["ours"]), measure.median(samples["original"])
    return Result(
        "A whole run, the second of a day",
        "The process from start to end, cold; the feeds in their real size over HTTP; the table has"
        " all days already. The original tries to put each of them, and puts the set.",
        [
            Goal("wall time / the original", ours.wall / theirs.wall, 0.8),
            Goal("CPU time / the original", ours.cpu / theirs.cpu, 1.25),
        ],
        [measure.costs_table(NAMES, samples)],
    )


def run_away(bench):
    with services.Distance(bench.environment(), AWAY) as away:
        samples = _second_runs(bench, away.environment, min(bench.repeats, 3))
    ours, theirs = measure.median(samples["ours"]), measure.median(samples["original"])
    return Result(
        f"A whole run, the second of a day, {AWAY} ms away",
        f"The same with each answer of DynamoDB, S3 and SNS {AWAY} ms later.",
        [Goal("wall time / the original", ours.wall / theirs.wall, 0.06)],
        [measure.costs_table(NAMES, samples)],
    )


def _second_runs(bench, environment, repeats):
    """Runs of both sides once the table has all days."""
    bench.services.ask("reset")
    process(sides.program("run"), environment)
    return measure.interleaved(
        repeats,
        ours=lambda: process(sides.program("run"), environment),
        original=lambda: process(sides.baseline("etl.py"), environment),
    )
