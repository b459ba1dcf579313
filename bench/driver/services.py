"""The embedded AWS, and our server, as processes beside the driver."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from driver import sides


class Services:
    """The embedded AWS (bench.Services in the test sources), in memory or in a folder."""

    def __init__(self, folder=None):
        self._process = subprocess.Popen(
            sides.test_program("bench.Services", *([str(folder)] if folder else [])),
            env=sides.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._asking = threading.Lock()
        self.environment = self._answer()
        self.table_of_places = self.environment.pop("TABLE_OF_PLACES")
        self.null_table = self.environment.pop("NULL_TABLE")
        self.queue = self.environment.pop("QUEUE")

    def ask(self, line):
        """The answer to a line; any thread may ask."""
        with self._asking:
            print(line, file=self._process.stdin, flush=True)
            return self._answer()

    def _answer(self):
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("The embedded AWS has ended; is its port or a class missing?")
        return json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(30)


class Distance:
    """The services of AWS some milliseconds away, for whoever uses its environment: each answer
    comes so much later, and nothing waits for another one."""

    def __init__(self, environment, milliseconds):
        near = {
            name: urllib.parse.urlsplit(address)
            for name, address in environment.items()
            if name.startswith("AWS_ENDPOINT_URL_")
        }
        self._process = subprocess.Popen(
            [sides.PYTHON, str(sides.ROOT / "bench" / "driver" / "delay.py"), str(milliseconds)]
            + [str(address.port) for address in near.values()],
            env=sides.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ports = json.loads(self._process.stdout.readline())
        self.environment = environment | {
            name: address._replace(netloc=f"127.0.0.1:{port}").geturl()
            for (name, address), port in zip(near.items(), ports)
        }

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._process.stdin.close()
        self._process.wait(30)


class Server:
    """A server in a process of its own, from its start to its end."""

    def __init__(self, command, environment, port, log, folder=None):
        self.port = port
        self._log = open(log, "w+")
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, env=environment, cwd=folder or log.parent, stdout=self._log, stderr=self._log
        )
        self.pid = self._process.pid

    def wait_for_port(self):
        """Waits until it listens; seconds since its start."""
        return self.wait(lambda: socket.create_connection(("127.0.0.1", self.port), 1).close())

    def wait_for(self, path):
        """Waits until a request for it is answered well; seconds since the start."""
        return self.wait(lambda: self.get(path))

    def wait(self, attempt, seconds=60):
        """Waits until something is there; seconds since the start."""
        while time.perf_counter() < self.started + seconds:
            try:
                attempt()
                return time.perf_counter() - self.started
            except (OSError, urllib.error.URLError, http.client.HTTPException):
                if self._process.poll() is not None:
                    break
                time.sleep(0.01)
        raise SystemExit(f"The server does not answer:\n{self.said()[-4000:]}")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read()

    def memory(self):
        """MB of resident memory."""
        return self._memory("VmRSS")

    def peak_memory(self):
        """MB of resident memory at the most."""
        return self._memory("VmHWM")

    def _memory(self, which):
        with open(f"/proc/{self.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(which)) / 1000

    def cpu(self):
        """Seconds of CPU time so far, user and system."""
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def live_heap(self):
        """MB of objects that are still in use."""
        told = subprocess.run(
            [sides.JCMD, str(self.pid), "GC.class_histogram"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return int(told.split("Total")[-1].split()[1]) / 1e6

    def is_running(self):
        return self._process.poll() is None

    def said(self):
        self._log.seek(0)
        return self._log.read()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._process.terminate()
        # It has 40 s to stop by itself.
        self._process.wait(60)
        self._log.close()


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def our_server(environment, name="serve", management=None, folder=None, root=sides.ROOT):
    """Our program, or that of another root, as a server on free ports; what it says goes into a
    folder."""
    port, management = free_port(), management or free_port()
    own = {
        "HTTP_HOST": "127.0.0.1",
        "HTTP_PORT": str(port),
        "MANAGEMENT_HOST": "127.0.0.1",
        "MANAGEMENT_PORT": str(management),
    }
    return Server(
        sides.program("serve", root=root),
        sides.environment(environment, own),
        port,
        (folder or sides.WORK / "empty") / f"{name}.log",
    )


def our_worker(environment, name):
    """Our program as a worker, that takes chunks from the queue of the embedded AWS."""
    port = free_port()
    own = {"MANAGEMENT_HOST": "127.0.0.1", "MANAGEMENT_PORT": str(port)}
    return Server(
        sides.program("work"),
        sides.environment(environment, own),
        port,
        sides.WORK / "empty" / f"{name}.log",
    )
