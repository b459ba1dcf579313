"""The past of the figures: answers as of one of many versions, and the difference of two."""

import gzip
import hashlib
import http.client
import json
import random
import statistics
import time
import urllib.parse
from datetime import date, datetime, timedelta

from driver import measure, runs, services, sides
from driver.measure import Goal, Result

US_VERSIONS, WORLD_VERSIONS = 1_000, 400
PLACES, DAYS = 240, 1_143
FIRST_DAY = date(2020, 1, 22)
FIRST_VERSION = datetime(2020, 2, 1, 21)
REQUESTS, DIFFS = 3_000, 20
MB_MORE = 150


class Bucket:
    """The embedded S3, which takes any signature."""

    def __init__(self, environment, prefix=""):
        address = urllib.parse.urlsplit(environment["AWS_ENDPOINT_URL_S3"])
        self._connection = http.client.HTTPConnection(address.hostname, address.port)
        self._folder = f"/{environment['ARCHIVE_BUCKET']}/{prefix}"

    def put(self, key, body, metadata=None):
        headers = {f"x-amz-meta-{name}": text for name, text in (metadata or {}).items()}
        self._ask("PUT", key, body, headers)

    def get(self, key):
        return self._ask("GET", key)

    def _ask(self, method, key, body=None, headers=None):
        self._connection.request(method, self._folder + key, body, headers or {})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {key}: {answer.status} {content[:400]}")
        return content


class Versions:
    """Versions of one set, each of which revises one day of one place."""

    def __init__(self, bucket, header, places, series_key):
        self._bucket = bucket
        self._header = header
        self._rows = places
        self._series = {}
        self._series_key = series_key
        self._entries = []
        self.ids = []

    def publish(self, count):
        random.seed(7)
        for place in self._rows:
            self._put_series(place)
        for number in range(count):
            place = random.choice(list(self._rows))
            day = random.randrange(len(self._rows[place]))
            row = self._rows[place][day].split(",")
            row[self._series_key] = str(int(row[self._series_key]) + 1)
            self._rows[place][day] = ",".join(row)
            self._put_series(place)
            self._put_manifest(number, place)
        self._point()

    def _put_series(self, place):
        text = (self._header + "".join(self._rows[place])).encode()
        digest = hashlib.sha256(text).hexdigest()
        self._series[place] = digest
        self._bucket.put(f"series/{digest}.csv.gz", gzip.compress(text, 6))

    def _put_manifest(self, number, changed):
        at = FIRST_VERSION + timedelta(days=number)
        name = f"{at:%Y-%m-%dT%H-%M-%SZ}-{number:08x}"
        rows = sum(len(each) for each in self._rows.values())
        newest = str(FIRST_DAY + timedelta(days=len(next(iter(self._rows.values()))) - 1))
        changes = {"added": 0, "revised": 1, "removed": 0}
        entry = {
            "id": name,
            "origin": "run",
            "run": f"{at:%Y-%m-%dT%H-%M-%SZ}-{number % 65536:04x}",
            "rows": rows,
            "newestDay": newest,
            "changes": changes,
        }
        manifest = entry | {
            "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "sha256": f"{number:064x}",
            "synthetic": False,
            "feeds": [],
            "settings": {},
            "series": [
                {
                    "place": place,
                    "sha256": digest,
                    "rows": len(self._rows[place]),
                    "newestDay": newest,
                    "changes": changes if place == changed else dict.fromkeys(changes, 0),
                }
                for place, digest in self._series.items()
            ],
        }
        if self.ids:
            manifest["parent"] = self.ids[-1]
        self._bucket.put(f"versions/{name}.json", json.dumps(manifest).encode())
        self.ids.append(name)
        self._entries.append(entry)

    def _point(self):
        self._bucket.put("versions/index.json", json.dumps({"versions": self._entries[:-1]}).encode())
        last = self._entries[-1]
        word = "/".join(
            str(part)
            for part in (last["id"], last["run"], last["rows"], last["newestDay"], 0, 1, 0)
        )
        rows = "".join("".join(each) for each in self._rows.values())
        self._bucket.put(
            "CovidData.csv",
            (self._header + rows).encode(),
            {
                "synthetic": "false",
                "version": last["id"],
                "pulled-at": "2026-01-01T00:00:00Z",
                "versions": word,
            },
        )


def history(bench):
    bench.services.ask("reset")
    environment = bench.environment()
    runs.process(sides.program("run"), environment)
    us = _us(environment)
    of_us = _asked(environment, us, US_VERSIONS, "/days?from=2021-01-01&to=2021-03-31")
    world_environment = environment | {"DATASET": "world"}
    world, path = _world(environment)
    of_world = _asked(world_environment, world, WORLD_VERSIONS, path)
    rows = [
        (name, *(f"{value:.2f}" for value in (now, past)), f"{more:.0f}")
        for name, (now, past, more, _) in (("`us`", of_us), ("`world`", of_world))
    ]
    return Result(
        "The past of the figures",
        f"`GET /days` as of one of {US_VERSIONS:,} versions of `us` and {WORLD_VERSIONS} of `world`, by"
        f" chance, and of the current one, in turns over one connection, {REQUESTS:,} times each; the"
        " first of them read the versions from the bucket. `GET /diff` of two versions of `world` that"
        f" are neighbours by chance, {DIFFS} times.",
        [
            Goal("`us`: 99 % within, as of a version / current", of_us[1] / of_us[0], 3),
            Goal("`world`: 99 % within, as of a version / current", of_world[1] / of_world[0], 3),
            Goal("resident memory more after them, `us`", of_us[2], MB_MORE, " MB"),
            Goal("resident memory more after them, `world`", of_world[2], MB_MORE, " MB"),
            Goal("difference of two versions of `world`, median", of_world[3], 100, " ms"),
        ],
        [
            measure.table(
                ("", "current: 99 % within, ms", "as of a version: 99 % within, ms", "MB more"), rows
            )
        ],
    )


def _us(environment):
    bucket = Bucket(environment)
    header, *rows = bucket.get("CovidData.csv").decode().splitlines(keepends=True)
    versions = Versions(bucket, header, {"US": rows}, 1)
    versions.publish(US_VERSIONS)
    return versions


def _world(environment):
    bucket = Bucket(environment, "world/")
    report = _report(environment)
    bucket.put(f"runs/{report[0]}.json", report[1])
    places = {
        f"Place {place:03}": [
            f"Place {place:03},{FIRST_DAY + timedelta(days=day)},{day * place},{day}\n"
            for day in range(DAYS)
        ]
        for place in range(PLACES)
    }
    versions = Versions(bucket, "Place,Date,Cases,Deaths\n", places, 2)
    versions.publish(WORLD_VERSIONS)
    return versions, "/days?place=Place+120&from=2021-01-01&to=2021-03-31"


def _report(environment):
    """The report of the run of `us`: the server of another dataset then misses none."""
    bucket = Bucket(environment)
    listed = bucket.get("?prefix=runs/").decode()
    key = listed.split("<Key>")[1].split("</Key>")[0]
    return key.removeprefix("runs/").removesuffix(".json"), bucket.get(key)


def _asked(environment, versions, count, path):
    """The 99 % of current answers and of those as of a version, ms; MB more; a difference, ms."""
    with services.our_server(environment) as server:
        server.wait_for(path)
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for _ in range(REQUESTS):
            _milliseconds(connection, path)
        before = server.memory()
        for name in versions.ids:
            _milliseconds(connection, f"{path}&asOf={name}")
        now, past = [], []
        for _ in range(REQUESTS):
            day = FIRST_VERSION.date() + timedelta(days=random.randrange(1, count))
            now.append(_milliseconds(connection, path))
            past.append(_milliseconds(connection, f"{path}&asOf={day}"))
        more = server.memory() - before
        diffs = [
            _milliseconds(connection, f"/diff?from={versions.ids[one]}&to={versions.ids[one + 1]}")
            for one in random.sample(range(count - 1), DIFFS)
        ]
        return _most(now), _most(past), more, statistics.median(diffs)


def _most(values):
    return sorted(values)[int(len(values) * 0.99)]


def _milliseconds(connection, path):
    started = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:400]}")
    return (time.perf_counter() - started) * 1000
