"""The program on this machine alone, from its source to its page."""

import random
import shutil
import socket
import statistics

from driver import measure, older, services, sides
from driver.measure import Goal, Result

REPEATS = 3
PATIENCE_SECONDS = 180
PORTS = ("http", "management", "local.feeds", "local.dynamodb", "local.s3", "local.sns")
# Below those that systems give to connections: a port has to stay free while Maven compiles.
LASTING = range(20_000, 30_000)


def local(bench):
    def ours():
        return _to_the_page(older.our_source)

    def theirs():
        return _to_the_page(bench.older.source)

    # Once before: what Maven has not fetched yet it fetches now.
    measure.interleaved(1, ours=ours, older=theirs)
    samples = measure.interleaved(min(bench.repeats, REPEATS), ours=ours, older=theirs)
    rows = [
        (name, *(f"{figure(samples[side]):.1f}" for figure in (statistics.median, min, max)))
        for side, name in (("ours", "ours"), ("older", f"build of `{bench.older.revision}`"))
    ]
    ratio = statistics.median(samples["ours"]) / statistics.median(samples["older"])
    return Result(
        "`./mvnw -Plocal`, to the page",
        "In a fresh copy of the source, with what Maven fetches fetched: from exec to the first good"
        f" `GET /`, in turns with an older build ({bench.older.revision}).",
        [Goal("wall time / older build", ratio, 0.5)],
        [measure.table((f"s, {len(samples['ours'])} times", "median", "least", "most"), rows)],
    )


def _to_the_page(put_source):
    folder = sides.WORK / "local"
    put_source(folder)
    ports = dict(zip(PORTS, _free_ports()))
    command = ["./mvnw", "-ntp", "-Plocal"] + [f"-D{name}.port={port}" for name, port in ports.items()]
    log = sides.WORK / "empty" / "local.log"
    with services.Server(command, sides.environment(), ports["http"], log, folder) as server:
        seconds = server.wait(lambda: server.get("/"), PATIENCE_SECONDS)
    shutil.rmtree(folder)
    return seconds


def _free_ports():
    for port in random.sample(LASTING, len(LASTING)):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) != 0:
                yield port
