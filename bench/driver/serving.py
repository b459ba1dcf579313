"""The server: its start, its chart, and how many answers it gives."""

import contextlib
import http.server
import re
import statistics
import subprocess
import threading
import time

from driver import measure, runs, services, sides
from driver.measure import Goal, Result

CHART = "comparison.png"
IDLE_SECONDS = 5
CONNECTIONS = 64
MANY = 1_000_000


def _archived(bench):
    """The environment of a server that finds a set in the bucket."""
    bench.services.ask("reset")
    runs.process(sides.program("run"), bench.environment())
    return bench.environment()


def serve(bench):
    older = bench.older.built()
    environment = _archived(bench)

    def start(root, settings):
        with services.our_server(environment | settings, root=root) as server:
            started = server.wait_for("/totals")
            time.sleep(IDLE_SECONDS)
            return started, server.memory()

    with _collector() as traces:
        samples = measure.interleaved(
            bench.repeats,
            ours=lambda: start(sides.ROOT, {}),
            traced=lambda: start(sides.ROOT, traces),
            older=lambda: start(older, {}),
        )
    starts, memory = zip(*samples["ours"])
    traced_starts, traced_memory = zip(*samples["traced"])
    older_starts, older_memory = zip(*samples["older"])
    build = f"build of `{bench.older.revision}`"
    rows = [
        ("from exec to the first good `/totals`, s", *_spread(starts, ".2f")),
        (f"resident memory {IDLE_SECONDS} s later, MB", *_spread(memory, ".0f")),
        ("with traces: to the first good `/totals`, s", *_spread(traced_starts, ".2f")),
        ("with traces: resident memory, MB", *_spread(traced_memory, ".0f")),
        (f"{build}: to the first good `/totals`, s", *_spread(older_starts, ".2f")),
        (f"{build}: resident memory, MB", *_spread(older_memory, ".0f")),
    ]
    return Result(
        "The start of the server",
        "`serve` in a fresh process, with a set in the bucket; polled every 10 ms. The first"
        " answer also starts drawing the chart. With traces it exports them to a collector that takes"
        f" all. An older build ({bench.older.revision}) takes turns.",
        [
            Goal("first good answer", statistics.median(starts), 3, " s"),
            Goal("first good answer / older build", _growth(starts, older_starts), 0.6),
            Goal("resident memory, idle", statistics.median(memory), 180, " MB"),
            Goal("resident memory, idle / older build", _growth(memory, older_memory), 0.75),
        ],
        [measure.table((f"{bench.repeats} starts", "median", "least", "most"), rows)],
    )


@contextlib.contextmanager
def _collector():
    """The environment with which traces go to a collector, which takes all that comes."""
    collector = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Collector)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    try:
        yield {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_port}"}
    finally:
        collector.shutdown()
        collector.server_close()


class _Collector(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


def _growth(ours, older):
    return statistics.median(ours) / statistics.median(older)


def _spread(values, form):
    return [f"{value:{form}}" for value in (statistics.median(values), min(values), max(values))]


def chart(bench):
    environment = _archived(bench)
    drawn = sides.WORK / "empty" / "chart.png"
    (drawn.parent / "set.csv").write_bytes(_set(environment))
    laters, drawings = [], []

    def ours():
        bench.services.ask(f"remove {CHART}")
        with services.our_server(environment) as server:
            server.wait_for_port()
            first = _seconds(lambda: server.get("/chart.png"))
            laters.extend(_seconds(lambda: server.get("/chart.png")) for _ in range(20))
            drawings.append(server.said().count("Drew the chart"))
        return first

    def theirs():
        command = sides.baseline("chart.py", "set.csv", str(drawn))
        return measure.run(command, sides.environment(), drawn.parent)[0].wall

    samples = measure.interleaved(bench.repeats, ours=ours, theirs=theirs)
    rows = [
        ("ours, first of a fresh server", *_spread(samples["ours"], ".2f")),
        ("ours, from then on", *_spread(laters, ".3f")),
        ("matplotlib, a process for each", *_spread(samples["theirs"], ".2f")),
    ]
    return Result(
        "The chart",
        "`GET /chart.png` as the first request to a fresh server, with no chart in the bucket; then"
        " twenty more; compared with a Python process that draws the same set.",
        [
            Goal("first chart", statistics.median(samples["ours"]), 1.5, " s"),
            Goal("drawings of a set, at the most", max(drawings), 1),
            Goal("every later chart, at the most", max(laters), 0.1, " s"),
        ],
        [measure.table(("s", "median", "least", "most"), rows)],
    )


def _set(environment):
    with services.our_server(environment) as server:
        server.wait_for("/totals")
        return server.get("/CovidData.csv")


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def totals(bench):
    environment = _archived(bench)
    with services.our_server(environment) as ours:
        ours.wait_for("/totals")
        with _raw_server(ours) as raw:
            raw.wait_for("/totals")
            loads = {"ours": lambda: _load(bench, ours), "raw": lambda: _load(bench, raw)}
            # Until the compilers have come to rest.
            measure.interleaved(2, **loads)
            before = ours.live_heap(), ours.memory()
            samples = measure.interleaved(bench.repeats, **loads)
            count = sum(load["requests"] for load in samples["ours"])
            while count < MANY and not bench.quick:
                count += _load(bench, ours)["requests"]
            after = ours.live_heap(), ours.memory()
    rates = {name: statistics.median(load["rate"] for load in side) for name, side in samples.items()}
    slowest = {name: statistics.median(load["p99"] for load in side) for name, side in samples.items()}
    rows = [
        (name, f"{rates[side]:,.0f}", f"{slowest[side]:.1f}")
        for side, name in (("ours", "ours"), ("raw", "raw Vert.x"))
    ]
    memory = [
        ("objects in use, MB", f"{before[0]:.1f}", f"{after[0]:.1f}"),
        ("resident, MB", f"{before[1]:.0f}", f"{after[1]:.0f}"),
    ]
    return Result(
        "`GET /totals`, again and again",
        f"wrk with one thread and {CONNECTIONS} connections, {bench.seconds} s at a time;"
        " compared with a Vert.x server that sends the same bytes and headers and does nothing else, on a JVM with the"
        " same options. wrk and the servers share the cores.",
        [
            Goal("answers a second / raw Vert.x", rates["ours"] / rates["raw"], 0.65, at_least=True),
            Goal("99 % answered within", slowest["ours"], 5, " ms"),
            Goal(f"growth of objects in use over {count:,} answers", after[0] / before[0], 1.05),
        ],
        [
            measure.table((f"median of {bench.repeats}", "answers a second", "99 % within, ms"), rows),
            measure.table((f"over {count:,} answers", "before", "after"), memory),
        ],
    )


def _raw_server(model):
    port = services.free_port()
    command = sides.test_program(
        "bench.RawServer",
        str(port),
        f"http://127.0.0.1:{model.port}/totals",
        jvm=sides.OPTIONS,
    )
    log = sides.WORK / "empty" / "raw.log"
    return services.Server(command, sides.environment(), port, log)


def _load(bench, server):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{bench.seconds}s", "--latency"]
        + [f"http://127.0.0.1:{server.port}/totals"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"Not every request was answered well:\n{out}")
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
        "requests": int(re.search(r"(\d+) requests in", out).group(1)),
        "p99": float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
    }
