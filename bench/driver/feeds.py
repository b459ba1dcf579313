"""The feeds that both sides pull: as they are, or many times as long; and a server for them."""

import datetime
import gzip
import http.server
import itertools
import random
import shutil
import threading
import urllib.request
from pathlib import Path

NYT = "us.csv"
JHU = "time-series-19-covid-combined.csv"
COUNTRY = b"US"


def fetch(source, target):
    """Puts both feeds, unpacked, into a folder: from another folder, or from a server."""
    target.mkdir(parents=True, exist_ok=True)
    for name in (NYT, JHU):
        with _open(source, name) as feed, open(target / name, "wb") as copy:
            shutil.copyfileobj(feed, copy)


def _open(source, name):
    if not isinstance(source, Path):
        return urllib.request.urlopen(f"{source}/{name}")
    packed = source / f"{name}.gz"
    return gzip.open(packed) if packed.exists() else open(source / name, "rb")


def scale(source, target, times):
    """Writes the feeds with every place but the country so many times, each time under another
    name: as many rows as so many feeds, and the same days when joined."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / NYT, target / NYT)
    with open(source / JHU, "rb") as feed, open(target / JHU, "wb") as longer:
        longer.write(next(feed))
        for place, rows in itertools.groupby(feed, _place):
            rows = b"".join(rows)
            if place == COUNTRY + b",":
                longer.write(rows)
                # The country's own rows must not be more: others take their place.
                copies, name = range(1, times), b"Utopia,"
            else:
                copies, name = range(times), place
            for number in copies:
                longer.write(rows.replace(b"," + place, b"," + _renamed(name, number)))


def shorten(source, target, countries=(COUNTRY,)):
    """Writes the feeds with the rows of some countries alone: the same days when joined."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / NYT, target / NYT)
    with open(source / JHU, "rb") as feed, open(target / JHU, "wb") as shorter:
        shorter.write(next(feed))
        shorter.writelines(row for row in feed if _place(row).split(b",")[0] in countries)


def shuffle(source, target):
    """Writes the feeds with the rows of all places in an order that is always the same, and none."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / NYT, target / NYT)
    with open(source / JHU, "rb") as feed:
        header, *rows = feed.read().splitlines()
    random.Random(1).shuffle(rows)
    (target / JHU).write_bytes(b"\n".join([header, *rows, b""]))


def select(source, target, places, days):
    """Writes the Johns Hopkins feed with the first days of the first countries without provinces."""
    target.mkdir(parents=True, exist_ok=True)
    with open(source / JHU, "rb") as feed, open(target / JHU, "wb") as selected:
        selected.write(next(feed))
        groups = itertools.groupby(feed, _place)
        whole = (rows for place, rows in groups if place.endswith(b","))
        for rows in itertools.islice(whole, places):
            selected.writelines(itertools.islice(rows, days))


def invent(target, places, days):
    """Writes a feed of invented places in the form of Johns Hopkins', day after day."""
    target.mkdir(parents=True, exist_ok=True)
    with open(target / JHU, "w") as feed:
        feed.write("Date,Country/Region,Province/State,Confirmed,Recovered,Deaths\n")
        for day in range(days):
            date = datetime.date(2020, 1, 22) + datetime.timedelta(days=day)
            feed.writelines(
                f"{date},Place {place:04},,{day * (place + 7)},{day * place},{day * (place // 50)}\n"
                for place in range(places)
            )


def _place(row):
    """The country and the province, each with the comma behind it as far as there is one."""
    return row[11 : row.rindex(b",", 0, row.rindex(b",", 0, row.rindex(b",")))]


def _renamed(place, number):
    region = b"Region %04d" % number
    if place.endswith(b","):
        return place + region
    if place.endswith(b'"'):
        return place[:-1] + b" " + region + b'"'
    return place + b" " + region


class Server:
    """Serves a folder on 127.0.0.1. The kernel copies the files, so that hardly any of the
    machine's time goes here."""

    def __init__(self, folder):
        handler = type("Handler", (_Handler,), {"folder": folder})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def environment(self):
        address = f"http://127.0.0.1:{self._server.server_port}"
        return {"FEED_NYT_URL": f"{address}/{NYT}", "FEED_JHU_URL": f"{address}/{JHU}"}

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self._server.shutdown()
        self._server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    folder = None

    def do_GET(self):
        file = self.folder / self.path.lstrip("/")
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(file.stat().st_size))
        self.end_headers()
        self.wfile.flush()
        with open(file, "rb") as body:
            self.connection.sendfile(body)

    def log_message(self, *words):
        pass
