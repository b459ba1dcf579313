"""Pull, parse, filter and join of a long feed."""

import re
import shutil

from driver import feeds, measure, sides
from driver.measure import Cost, Goal, Result

NAMES = {
    "ours": "ours",
    "whole": "pandas, `read_csv` of the whole",
    "chunked": "pandas, in chunks of 100,000 rows",
    "duckdb": "DuckDB, from a file, without a digest",
}
WORLD_NAMES = {
    "ours": "ours",
    "pandas": "pandas, `read_csv`, `groupby`, `to_csv`",
    "duckdb": "DuckDB, from a file to a file",
    "version": "ours, with the version",
    "small": "ours, `-Xmx64m`",
}
WORLD_STAGES = ("collect-days", "check-days", "archive-days")
# Within the last of them: the series of each country and the manifest, one object each
VERSION = "put-version"
# Two countries, one of which has parts
WORLD_START = (b"US", b"France")
# The clients of AWS are made, and not called.
NO_CLOUD = {
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "ARCHIVE_BUCKET": "none",
}


def stage(command, environment, *names):
    """What stages cost after the start, with the peak memory of their process; what came of them."""
    whole, out = measure.run(command, environment, sides.WORK / "empty")
    return _cost(out, names, whole.rss), _days(out)


def _cost(out, names, rss):
    costs = [re.search(rf"^{name} (\S+) (\S+)$", out, re.M).groups() for name in names]
    wall, cpu = (sum(map(float, figures)) for figures in zip(*costs))
    return Cost(wall, cpu, rss)


def _days(out):
    return re.search(r"^(days|set) .*$", out, re.M).group()


def same_days(samples):
    """Refuses to compare programs that come to different ends."""
    found = {days for side in samples.values() for _, days in side}
    if len(found) != 1:
        raise SystemExit(f"The sides come to different days: {found}")
    return {name: [cost for cost, _ in side] for name, side in samples.items()}


def _pull(folder, repeats, jvm=(), duckdb=None):
    """The samples of all sides; DuckDB's too if its driver is given."""
    options = [*sides.LONG_FEED, *jvm]
    commands = {
        "ours": sides.stages("collect-days", jvm=options),
        "whole": sides.baseline("stages.py", "collect-days-whole"),
        "chunked": sides.baseline("stages.py", "collect-days-chunked"),
    }
    if duckdb:
        files = str(folder / feeds.NYT), str(folder / feeds.JHU)
        commands["duckdb"] = sides.duckdb(duckdb, "join", *files)
    with feeds.Server(folder) as server:
        environment = sides.environment(NO_CLOUD, server.environment())

        def side(command):
            return lambda: stage(command, environment, "collect-days")

        return same_days(
            measure.interleaved(repeats, **{name: side(each) for name, each in commands.items()})
        )


def _beyond_start(bench, folder, jvm=(), duckdb=None):
    """What a long feed costs beyond one that has the country's rows alone, in a process as fresh: with
    those the JVM loads its classes, as Python has done with its imports; and the samples of both."""
    short = sides.WORK / "feeds-short"
    feeds.shorten(bench.feeds, short)
    long_one = _pull(folder, bench.repeats, jvm, duckdb)
    short_one = _pull(short, bench.repeats, jvm)
    return _beyond(long_one, short_one), long_one, short_one


def _beyond(long_one, short_one):
    """What the long feed costs more than the short one."""
    beyond = {}
    for name in short_one:
        whole, start = measure.median(long_one[name]), measure.median(short_one[name])
        beyond[name] = Cost(whole.wall - start.wall, whole.cpu - start.cpu, whole.rss)
    return beyond


def _tables(long_one, short_one):
    return [
        "The long feed, whole:\n\n" + measure.costs_table(NAMES, long_one),
        "The country's rows alone:\n\n" + measure.costs_table(NAMES, short_one),
    ]


def _scaled(bench, times):
    folder = sides.WORK / f"feeds-x{times}"
    feeds.scale(bench.feeds, folder, times)
    return folder, (folder / feeds.JHU).stat().st_size


def x10(bench):
    folder, size = _scaled(bench, 10)
    beyond, long_one, short_one = _beyond_start(bench, folder)
    ours, theirs = beyond["ours"], beyond[measure.fastest(_theirs(beyond))]
    whole = {name: measure.median(costs) for name, costs in long_one.items()}
    pandas = whole[measure.fastest(_theirs(whole))]
    bench.kept["x10"] = ours.wall, size
    return Result(
        "A feed of 2.3 million rows",
        f"The Johns Hopkins feed ten times as long ({size / 1e6:.0f} MB): each place but the country"
        " ten times, under other names, so that the joined days stay the same; both sides must come"
        " to the same days. From the request to the joined days, in a process of its own, once Camel"
        " and its routes are up here and the imports are done there. \"Beyond the start\" is less what"
        " the same takes for the country's rows alone, for with these the JVM loads its classes. Ours"
        " computes the feed's SHA-256, too. Peak memory is that of the process.",
        [
            Goal("beyond the start: wall time / faster pandas", ours.wall / theirs.wall, 0.4),
            Goal("beyond the start: CPU time / faster pandas", ours.cpu / theirs.cpu, 0.6),
            Goal("whole: wall time / faster pandas", whole["ours"].wall / pandas.wall, 0.6),
            Goal("whole: CPU time / faster pandas", whole["ours"].cpu / pandas.cpu, 1),
        ],
        _tables(long_one, short_one),
    )


def x100(bench):
    folder, size = _scaled(bench, 100)
    beyond, long_one, short_one = _beyond_start(bench, folder, ["-Xmx64m"], bench.duckdb)
    shutil.rmtree(folder)
    ours, theirs = beyond["ours"], beyond[measure.fastest(_theirs(beyond))]
    goals = [
        Goal("beyond the start: wall time / faster pandas", ours.wall / theirs.wall, 0.3),
        Goal("peak memory", ours.rss, 120, " MB"),
        Goal("peak memory / pandas in chunks", ours.rss / beyond["chunked"].rss, 1.3),
    ]
    if bench.duckdb:
        whole, duckdb = measure.median(long_one["ours"]), measure.median(long_one["duckdb"])
        goals += [
            Goal("whole: wall time / DuckDB", whole.wall / duckdb.wall, 0.85),
            Goal("peak memory / DuckDB", whole.rss / duckdb.rss, 0.4),
        ]
    if "x10" in bench.kept:
        wall, shorter = bench.kept["x10"]
        goals.append(
            Goal("growth of wall time / growth of the feed", ours.wall / wall / (size / shorter), 1)
        )
    return Result(
        "A feed of 23 million rows in a heap of 64 MB",
        f"The same with each place a hundred times ({size / 1e9:.2f} GB) and `-Xmx64m`. "
        + _duckdb(bench, "reads the feed from a file, is told its columns, and computes no digest"),
        goals,
        _tables(long_one, short_one),
    )


def world(bench):
    whole, two = sides.WORK / "feeds-world", sides.WORK / "feeds-two-places"
    feeds.shuffle(bench.feeds, whole)
    feeds.shorten(bench.feeds, two, WORLD_START)
    long_one, short_one = _world(bench, whole, others=True), _world(bench, two)
    beyond = _beyond(long_one, short_one)
    ours, theirs = beyond["ours"], beyond["pandas"]
    small, pandas = measure.median(long_one["small"]), measure.median(long_one["pandas"])
    goals = [
        Goal("beyond the start: wall time / pandas", ours.wall / theirs.wall, 0.5),
        Goal("whole, `-Xmx64m`: wall time / pandas", small.wall / pandas.wall, 0.5),
    ]
    if bench.duckdb:
        duckdb = measure.median(long_one["duckdb"])
        goals.append(Goal("whole, `-Xmx64m`: wall time / DuckDB", small.wall / duckdb.wall, 1))
    return Result(
        "All countries: 232,560 rows to the set",
        "The dataset `world`: the Johns Hopkins feed in its real size, its rows in any order, to the"
        " figures of each country by day, the gate and the set in the bucket; there `read_csv`,"
        " `groupby` and `to_csv` to a file, of the same bytes. The version of the set, for which the"
        " series of each country is put as an object of its own, is not in it, and has a row of its"
        " own. Ours as `bin/event-driven-camel run` starts it. From the first request on, once the"
        " application is up here and the imports are done there. \"Beyond the start\" is less what the"
        " same takes for two countries, for with these the JVM loads its classes. With `-Xmx64m` the"
        " same bytes have to come of it. "
        + _duckdb(bench, "reads the feed from a file, is told its columns, and writes the same bytes"),
        goals,
        [
            "All countries:\n\n" + measure.costs_table(WORLD_NAMES, long_one),
            "Two countries:\n\n" + measure.costs_table(WORLD_NAMES, short_one),
        ],
    )


def _world(bench, folder, others=False):
    """The samples of both sides, each of which begins without a set; if wanted those of the others:
    ours in a small heap, and DuckDB."""
    with feeds.Server(folder) as server:
        environment = sides.environment(
            bench.services.environment, server.environment(), {"DATASET": "world"}
        )
        target = str(folder / "set.csv")
        with_version = []

        def first_set(version_too, *jvm):
            bench.services.ask("reset")
            ours = sides.stages(*WORLD_STAGES, jvm=[*sides.OPTIONS, sides.archive(), *jvm])
            process, out = measure.run(ours, environment, sides.WORK / "empty")
            whole, version = (
                _cost(out, names, process.rss) for names in (WORLD_STAGES, [VERSION])
            )
            version_too.append(whole)
            return Cost(whole.wall - version.wall, whole.cpu - version.cpu, whole.rss), _days(out)

        def theirs(command):
            return lambda: stage(command, environment, "world")

        commands = {
            "ours": lambda: first_set(with_version),
            "pandas": theirs(sides.baseline("world.py", target)),
        }
        if others:
            commands["small"] = lambda: first_set([], "-Xmx64m")
        if others and bench.duckdb:
            feed = str(folder / feeds.JHU)
            commands["duckdb"] = theirs(sides.duckdb(bench.duckdb, "world", feed, target))
        samples = measure.interleaved(bench.repeats, **commands)
        return same_days(samples) | {"version": with_version}


def _duckdb(bench, does):
    if bench.duckdb:
        return f"DuckDB (JDBC, two threads) {does}."
    return "DuckDB is not compared: its driver could not be had."


def _theirs(medians):
    return {name: cost for name, cost in medians.items() if name != "ours"}
