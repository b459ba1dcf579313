"""Workers: processes that store chunks from a queue, and the coordinator that plans them."""

import collections
import contextlib
import itertools
import statistics
import time

from driver import feeds, measure, pulls, runs, services, sides
from driver.measure import Cost, Goal, Result

CHUNKS, DAYS = 256, 400
# The places of the sample of both sides; the other side takes a quarter of a minute for them.
PLACES = 40
WARM_UP = 128
COUNTS = (1, 2, 4)
# 50 ms an answer
SLOW = 50
WORKERS = 3
NOTHING_NEW = 285, 100
LARGE = 3_200, 1_100
_numbers = itertools.count()


def workers(bench):
    environment = bench.environment() | {"DATASET": "world"}
    null = {"AWS_ENDPOINT_URL_DYNAMODB": bench.services.null_table}
    table = {"STORE_TABLE": bench.services.table_of_places}
    one = _one_beside_boto3(bench, environment | table)
    several = _several(bench, environment | table | null)
    whole = _whole_runs(bench, environment | table | null)
    asked = _nothing_new(bench, environment | table)
    local, fast = one
    slow = {count: statistics.median(rates) for count, rates in several.items()}
    return Result(
        "Workers",
        f"Chunks of {DAYS} days, each of an invented place, from the queue; the workers are warm, and"
        " everything is on the same cores: queue, bucket and table too. The table is DynamoDB Local, or"
        " the null server of the section before, which answers after 5 ms or 50 ms. Compared with"
        f" conditional puts of 32 threads of boto3, {PLACES} places of {DAYS} days. A whole run is of the"
        f" Johns Hopkins feed in its real size into the null server after 5 ms: `run`, with {WORKERS}"
        " workers and without. All days must arrive once.",
        [
            Goal("null server: records a second / boto3", fast.rate / fast.theirs, 20, at_least=True),
            *(
                Goal(
                    f"{count} workers at {SLOW} ms an answer / {count} times one",
                    slow[count] / slow[1] / count,
                    0.9,
                    at_least=True,
                )
                for count in COUNTS[1:]
            ),
            Goal("null server: CPU time of a record, worker", fast.cpu, 60, " µs"),
            Goal(f"a whole run of `world`, {WORKERS} workers / one process", _ratio(whole), 1.25),
            Goal("nothing new: requests to DynamoDB a place", asked, 2),
        ],
        [
            measure.table(
                ("a worker", "records a second", "CPU, µs a record", "boto3, records a second"),
                [
                    (name, f"{side.rate:,.0f}", f"{side.cpu:.0f}", f"{side.theirs:,.0f}")
                    for name, side in (("null server", fast), ("DynamoDB Local", local))
                ],
            ),
            measure.table(
                (f"workers at {SLOW} ms an answer", "records a second"),
                [(count, f"{rate:,.0f}") for count, rate in slow.items()],
            ),
            "A whole run:\n\n"
            + measure.costs_table(
                {"queue": f"the coordinator, {WORKERS} workers", "alone": "one process"}, whole
            ),
        ],
    )


Rates = collections.namedtuple("Rates", "rate cpu theirs")


def _one_beside_boto3(bench, environment):
    """Records a second of one worker, its CPU time of a record, and the rate of boto3; for DynamoDB
    Local and for the null server."""
    folder = sides.WORK / "feeds-places"
    feeds.select(bench.feeds, folder, PLACES, DAYS)
    null = {"AWS_ENDPOINT_URL_DYNAMODB": bench.services.null_table}
    repeats = min(bench.repeats, 3)
    found = []
    for table, chunks in (({}, PLACES), (null, CHUNKS)):
        bench.services.ask("reset")
        with feeds.Server(folder) as server, _workers(bench, environment | table, 1) as ours:
            theirs = environment | server.environment() | table
            _stored(bench, ours, WARM_UP if table else PLACES)

            def boto3():
                bench.services.ask("reset")
                cost, _ = pulls.stage(sides.baseline("places.py"), theirs, "store-days")
                return PLACES * DAYS / cost.wall

            samples = measure.interleaved(
                repeats, ours=lambda: _stored(bench, ours, chunks), theirs=boto3
            )
        rates, cpu = zip(*samples["ours"])
        found.append(
            Rates(*(statistics.median(some) for some in (rates, cpu, samples["theirs"])))
        )
    return found


def _several(bench, environment):
    """Records a second by the number of workers, at a slow table."""
    rates = {}
    for count in COUNTS:
        with _workers(bench, environment, count) as processes:
            bench.services.ask("reset")
            _stored(bench, processes, WARM_UP * count)
            bench.services.ask(f"delay {SLOW}")
            rates[count] = [
                _stored(bench, processes, CHUNKS)[0] for _ in range(min(bench.repeats, 3))
            ]
    bench.services.ask("reset")
    return rates


def _stored(bench, processes, chunks):
    """Has workers store invented places: records a second, and microseconds of CPU time a record."""
    run = f"2026-01-01T00-00-00Z-{next(_numbers):04x}"
    before = bench.services.ask("stored")
    bench.services.ask(f"put-chunks {run} {chunks} {DAYS}")
    cpu = sum(process.cpu() for process in processes)
    seconds = bench.services.ask("store-chunks")
    cpu = sum(process.cpu() for process in processes) - cpu
    stored = max(after - b for after, b in zip(bench.services.ask("stored"), before))
    if stored != chunks * DAYS:
        raise SystemExit(f"{stored} days arrived of {chunks * DAYS}")
    return stored / seconds, cpu / stored * 1e6


@contextlib.contextmanager
def _workers(bench, environment, count):
    environment = environment | {"CHUNKS_FROM": bench.services.queue}
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(services.our_worker(environment, f"worker-{number}"))
            for number in range(count)
        ]
        for process in processes:
            process.wait_for_port()
        yield processes


def _whole_runs(bench, environment):
    """Runs of all countries into an empty table, with workers that are warm, and alone."""
    queue = {"CHUNKS_TO": bench.services.queue}
    with _workers(bench, environment, WORKERS) as processes:
        bench.services.ask("reset")
        _stored(bench, processes, WARM_UP * WORKERS)

        def side(settings):
            def measured():
                bench.services.ask("reset")
                return runs.process(sides.program("run"), environment | settings)

            return measured

        return measure.interleaved(min(bench.repeats, 3), queue=side(queue), alone=side({}))


def _ratio(samples):
    queue, alone = (measure.median(costs) for costs in samples.values())
    return queue.wall / alone.wall


def _nothing_new(bench, environment):
    """Requests to DynamoDB a place, of a run with workers that finds every day in the table."""
    places, days = NOTHING_NEW
    folder = sides.WORK / "feeds-nothing-new"
    feeds.invent(folder, places, days)
    with feeds.Server(folder) as server, _workers(bench, environment, WORKERS):
        environment = environment | server.environment() | {"CHUNKS_TO": bench.services.queue}
        bench.services.ask("reset")
        runs.process(sides.program("run"), environment)
        bench.services.ask("forget")
        runs.process(sides.program("run"), environment)
        asked = sum(request.startswith("DynamoDB ") for request in bench.services.ask("requests"))
    bench.services.ask("reset")
    return asked / places


def large(bench):
    places, days = LARGE
    folder = sides.WORK / "feeds-large"
    feeds.invent(folder, places, days)
    with feeds.Server(folder) as server:
        environment = (
            bench.environment()
            | server.environment()
            | {"DATASET": "world", "CHUNKS_TO": bench.services.queue}
        )
        samples = [_coordinated(bench, environment) for _ in range(min(bench.repeats, 3))]
    size = (folder / feeds.JHU).stat().st_size
    (folder / feeds.JHU).unlink()
    bench.services.ask("reset")
    plan, first, later = zip(*samples)
    return Result(
        "A coordinator with 3.5 million records",
        f"An invented feed of {places:,} places and {days:,} days ({size / 1e6:.0f} MB), day after day, so"
        " that the rows of a place are all over it: `run` with a queue, from the start of the process until"
        " the plan is in the bucket, which lists the chunks of all places, and to its end. No worker runs:"
        " the results of the chunks are put for it once the plan is there. Then another run, which compares"
        " all of it with the published set. Bucket and feed are on the same cores.",
        [
            Goal("peak memory to the plan", measure.median(plan).rss, 256, " MB"),
            Goal("peak memory of a run", measure.median(first).rss, 256, " MB"),
            Goal("peak memory of the next run", measure.median(later).rss, 256, " MB"),
            Goal("wall time to the plan", measure.median(plan).wall, 90, " s"),
        ],
        [
            measure.costs_table(
                {"plan": "to the plan", "first": "a run", "later": "the next run"},
                {"plan": plan, "first": first, "later": later},
            )
        ],
    )


def _coordinated(bench, environment):
    """The cost to the plan, of the run, and of the next one."""
    bench.services.ask("reset")
    plan, first = _coordinate(bench, environment)
    _, later = _coordinate(bench, environment)
    return plan, first, later


def _coordinate(bench, environment):
    log = sides.WORK / "empty" / "coordinator.log"
    bench.services.ask("forget")
    with services.Server(sides.program("run"), environment, 0, log) as coordinator:

        def look():
            if not bench.services.ask("planned"):
                raise OSError("There is no plan yet")

        def cost(seconds):
            return Cost(seconds, coordinator.cpu(), coordinator.peak_memory())

        plan = cost(coordinator.wait(look, 600))
        bench.services.ask("settle-chunks")
        run = plan
        while coordinator.is_running():
            # It may end meanwhile.
            with contextlib.suppress(OSError, StopIteration):
                run = cost(time.perf_counter() - coordinator.started)
            time.sleep(0.1)
        return plan, run
