"""Single stages of the job; says how long each took once everything was imported.

    stages.py collect-days-whole | collect-days-chunked [store-days]
"""

import hashlib
import sys
import time

import etl


def timed(stage, work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{stage} {wall:.3f} {cpu:.3f}")
    return result


def main(collect, *more):
    days = timed("collect-days", lambda: etl.pull(chunked=collect == "collect-days-chunked"))
    if more:
        import boto3  # noqa: F401  (imported before the clock starts)

        dynamodb = etl.client("dynamodb")
        timed("store-days", lambda: etl.store(days, dynamodb))
    text = "".join(",".join(map(str, day)) + "\n" for day in days.itertuples(index=False))
    print("days", len(days), hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
