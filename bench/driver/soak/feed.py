"""A feed of the world that changes, and a server for it that fails when it is told to."""

import bisect
import datetime
import hashlib
import http.server
import random
import threading
import time

# As many as 12 places and 1,000 days: each run publishes 12 new series, and the caches of past
# series (50 MB) are full after 110 versions.
PLACES = (
    "Austria Belgium Brazil Canada Denmark France Germany India Italy Japan Norway Spain".split()
)
FIRST_DAY = datetime.date(2020, 1, 22)
DAYS = 1_000


class Feed:
    """All figures that were ever given, by state: each state is a feed as one run may pull it."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._days = [str(FIRST_DAY + datetime.timedelta(days=day)) for day in range(DAYS)]
        self._figures = {
            place: [self._invented(number, day) for day in range(DAYS)]
            for number, place in enumerate(PLACES)
        }
        # For each day that was ever revised: the states since which it has other figures, and these.
        self._past = {}
        self.bodies = []
        self.sets = []
        self._begin_state()

    def _invented(self, number, day):
        deaths = (number + 7) * (day + 20)
        return 50 * deaths, deaths, 10 * deaths

    @property
    def state(self):
        return len(self.sets) - 1

    def days(self):
        """All days that were ever given: none is taken back."""
        return {(place, day) for place in PLACES for day in self._days}

    def revise(self):
        """One day of each place has other figures from now on."""
        for place in PLACES:
            self._change(place, self._random.randrange(len(self._days)))
        self._begin_state()

    def add_day(self):
        """Each place has one more day; returns it."""
        day = str(FIRST_DAY + datetime.timedelta(days=len(self._days)))
        self._days.append(day)
        for number, place in enumerate(PLACES):
            self._figures[place].append(self._invented(number, len(self._days) - 1))
        self._begin_state()
        return day

    def _change(self, place, index):
        more = self._random.randint(1, 9)
        past = self._past.setdefault((place, self._days[index]), ([0], [self._figures[place][index]]))
        self._figures[place][index] = tuple(figure + more for figure in self._figures[place][index])
        past[0].append(self.state + 1)
        past[1].append(self._figures[place][index])

    def figures(self, state, place, day):
        """The figures of a day as a state of the feed has them."""
        if (place, day) in self._past:
            states, figures = self._past[place, day]
            return figures[bisect.bisect_right(states, state) - 1]
        return self._figures[place][self._days.index(day)]

    def _begin_state(self):
        body = ["Date,Country/Region,Province/State,Confirmed,Deaths,Recovered\n"]
        published = ["Place,Date,Cases,Deaths,Recovered\n"]
        for place in PLACES:
            for day, (cases, deaths, recovered) in zip(self._days, self._figures[place]):
                body.append(f"{day},{place},,{cases},{deaths},{recovered}\n")
                published.append(f"{place},{day},{cases},{deaths},{recovered}\n")
        self.body = "".join(body).encode()
        self.bodies.append(hashlib.sha256(self.body).hexdigest())
        # What a run that pulls this state has to publish.
        self.sets.append(hashlib.sha256("".join(published).encode()).hexdigest())


class Server:
    """Serves the state that the feed is in, on 127.0.0.1."""

    def __init__(self, feed):
        self.fault = None
        handler = type("Handler", (_Handler,), {"server_of": self, "feed": feed})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/world.csv"

    def fail(self, fault):
        """A fault for the next pull (`once`, `cut`, `slow`), or for all (`away`); None: none."""
        self.fault = fault

    def take_fault(self):
        fault = self.fault
        if fault != "away":
            self.fault = None
        return fault

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._server.shutdown()
        self._server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    server_of = None
    feed = None

    def do_GET(self):
        fault = self.server_of.take_fault()
        body, etag = self.feed.body, f'"{self.feed.bodies[-1][:16]}"'
        if fault in ("once", "away"):
            self._answer(503)
        elif self.headers.get("If-None-Match") == etag:
            self._answer(304, etag)
        else:
            self._answer(200, etag, len(body))
            self._send(body, fault)

    def _send(self, body, fault):
        half = len(body) // 2
        self.wfile.write(body[:half])
        if fault == "cut":
            self.close_connection = True
            return
        if fault == "slow":
            time.sleep(2)
        self.wfile.write(body[half:])

    def _answer(self, status, etag=None, length=0):
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        if status == 200:
            self.send_header("Content-Type", "text/csv")
        if status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *words):
        pass
