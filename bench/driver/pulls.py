"""Pull, parse, filter and join of a long feed."""

import re
import shutil

from driver import feeds, measure, sides
from driver.measure import Cost, Goal, Result

NAMES = {
    "ours": "ours",
    "whole": "pandas, `read_csv` of the whole",
    "chunked": "pandas, in chunks of 100,000 rows",
}
WORLD_NAMES = {
    "ours": "ours",
    "pandas": "pandas, `read_csv`, `groupby`, `to_csv`",
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


def _pull(folder, repeats, jvm=()):
    with feeds.Server(folder) as server:
        environment = sides.environment(NO_CLOUD, server.environment())

        def side(command):
            return lambda: stage(command, environment, "collect-days")

        return same_days(
            measure.interleaved(
                repeats,
                ours=side(sides.stages("collect-days", jvm=[*sides.LONG_FEED, *jvm])),
                whole=side(sides.baseline("stages.py", "collect-days-whole")),
                chunked=side(sides.baseline("stages.py", "collect-days-chunked")),
            )
        )


def _beyond_start(bench, folder, jvm=()):
    """What a long feed costs beyond one that has the country's rows alone, in a process as fresh: with
    those the JVM loads its classes, as Python has done with its imports; and the samples of both."""
    short = sides.WORK / "feeds-short"
    feeds.shorten(bench.feeds, short)
    long_one, short_one = _pull(folder, bench.repeats, jvm), _pull(short, bench.repeats, jvm)
    return _beyond(long_one, short_one), long_one, short_one


def _beyond(long_one, short_one):
    """What the long feed costs more than the short one."""
    beyond = {}
    for name, costs in long_one.items():
        whole, start = measure.median(costs), measure.median(short_one[name])
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
    bench.kept["x10"] = ours.wall, size
    return Result(
        "A feed of 2.3 million rows",
        f"The Johns Hopkins feed ten times as long ({size / 1e6:.0f} MB): each place but the country"
        " ten times, under other names, so that the joined days stay the same; both sides must come"
        " to the same days. From the request to the joined days, in a process of its own, once Camel"
        " and its routes are up here and the imports are done there; less what the same takes for the"
        " country's rows alone, for with these the JVM loads its classes. Peak memory is that of the"
        " process.",
        [
            Goal("wall time / faster pandas", ours.wall / theirs.wall, 0.4),
            Goal("CPU time / faster pandas", ours.cpu / theirs.cpu, 0.6),
        ],
        _tables(long_one, short_one),
    )


def x100(bench):
    folder, size = _scaled(bench, 100)
    beyond, long_one, short_one = _beyond_start(bench, folder, jvm=["-Xmx64m"])
    shutil.rmtree(folder)
    ours, theirs = beyond["ours"], beyond[measure.fastest(_theirs(beyond))]
    goals = [
        Goal("wall time / faster pandas", ours.wall / theirs.wall, 0.3),
        Goal("peak memory", ours.rss, 120, " MB"),
        Goal("peak memory / pandas in chunks", ours.rss / beyond["chunked"].rss, 1),
    ]
    if "x10" in bench.kept:
        wall, shorter = bench.kept["x10"]
        goals.append(
            Goal("growth of wall time / growth of the feed", ours.wall / wall / (size / shorter), 1)
        )
    return Result(
        "A feed of 23 million rows in a heap of 64 MB",
        f"The same with each place a hundred times ({size / 1e9:.2f} GB) and `-Xmx64m`.",
        goals,
        _tables(long_one, short_one),
    )


def world(bench):
    whole, two = sides.WORK / "feeds-world", sides.WORK / "feeds-two-places"
    feeds.shuffle(bench.feeds, whole)
    feeds.shorten(bench.feeds, two, WORLD_START)
    small = ["-Xmx64m"]
    long_one, short_one = _world(bench, whole), _world(bench, two)
    in_small_heap = {"small": _world(bench, whole, small)["ours"]}
    beyond = _beyond(long_one, short_one)
    ours, theirs = beyond["ours"], beyond["pandas"]
    return Result(
        "All countries: 232,560 rows to the set",
        "The dataset `world`: the Johns Hopkins feed in its real size, its rows in any order, to the"
        " figures of each country by day, the gate and the set in the bucket; there `read_csv`,"
        " `groupby` and `to_csv` to a file, of the same bytes. The version of the set, for which the"
        " series of each country is put as an object of its own, is not in it, and has a row of its"
        " own. Ours as `bin/event-driven-camel run` starts it. From the first request on, once the"
        " application is up here and the imports are"
        " done there; less what the same takes for two countries, for with these the JVM loads its"
        " classes. With `-Xmx64m` the same bytes have to come of it.",
        [Goal("wall time / pandas", ours.wall / theirs.wall, 0.5)],
        [
            "All countries:\n\n" + measure.costs_table(WORLD_NAMES, long_one | in_small_heap),
            "Two countries:\n\n" + measure.costs_table(WORLD_NAMES, short_one),
        ],
    )


def _world(bench, folder, jvm=()):
    """The samples of both sides, each of which begins without a set."""
    ours = sides.stages(*WORLD_STAGES, jvm=[*sides.OPTIONS, sides.archive(), *jvm])
    with feeds.Server(folder) as server:
        environment = sides.environment(
            bench.services.environment, server.environment(), {"DATASET": "world"}
        )

        with_version = []

        def first_set():
            bench.services.ask("reset")
            process, out = measure.run(ours, environment, sides.WORK / "empty")
            whole, version = (
                _cost(out, names, process.rss) for names in (WORLD_STAGES, [VERSION])
            )
            with_version.append(whole)
            return Cost(whole.wall - version.wall, whole.cpu - version.cpu, whole.rss), _days(out)

        def pandas():
            return stage(sides.baseline("world.py", str(folder / "set.csv")), environment, "world")

        samples = measure.interleaved(bench.repeats, ours=first_set, pandas=pandas)
        return same_days(samples) | {"version": with_version}


def _theirs(medians):
    return {name: cost for name, cost in medians.items() if name != "ours"}
