"""Draws the chart of a set: chart.py SET.csv CHART.png"""

import sys

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as pyplot  # noqa: E402
import pandas  # noqa: E402


def main(source, target):
    days = pandas.read_csv(source, parse_dates=["Date"])
    figure, axes = pyplot.subplots(figsize=(12, 6.75))
    axes.stackplot(
        days["Date"],
        days["Deaths"],
        days["Recovered"],
        days["Cases"],
        labels=["Deaths", "Recovered", "Cases"],
    )
    axes.set_title("COVID-19 in the US")
    axes.legend(loc="upper left")
    axes.grid(True)
    figure.savefig(target, dpi=100)


if __name__ == "__main__":
    main(*sys.argv[1:])
