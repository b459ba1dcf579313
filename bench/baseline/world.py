"""Every country by day, as one would compute it with pandas: the set of the dataset `world`.

    world.py FILE     writes the CSV to FILE
"""

import hashlib
import os
import sys
import time
import urllib.request

import pandas

COLUMNS = ["Date", "Country/Region", "Confirmed", "Deaths", "Recovered"]


def days():
    """The days of every country."""
    with urllib.request.urlopen(os.environ["FEED_JHU_URL"]) as body:
        rows = pandas.read_csv(body, usecols=COLUMNS)
    sums = rows.groupby(["Country/Region", "Date"], sort=True).sum(min_count=1).astype("Int64")
    sums = sums.reset_index()[["Country/Region", "Date", "Confirmed", "Deaths", "Recovered"]]
    sums.columns = ["Place", "Date", "Cases", "Deaths", "Recovered"]
    return sums


def main(target):
    wall, cpu = time.perf_counter(), time.process_time()
    sums = days()
    sums.to_csv(target, index=False)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"world {wall:.3f} {cpu:.3f}")
    with open(target, "rb") as csv:
        print("set", len(sums), hashlib.sha256(csv.read()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
