"""Single stages of the job; says how long each took once everything was imported.

    stages.py collect-days-whole | collect-days-chunked [store-days | store-days-threads]

store-days puts day after day, store-days-threads 32 at a time.
"""

import concurrent.futures
import hashlib
import sys
import time

import etl

THREADS = 32


def timed(stage, work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{stage} {wall:.3f} {cpu:.3f}")
    return result


def store_in_threads(days, dynamodb):
    with concurrent.futures.ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(lambda day: etl.put(day, dynamodb), days.itertuples(index=False)))


def main(collect, store=None):
    days = timed("collect-days", lambda: etl.pull(chunked=collect == "collect-days-chunked"))
    if store:
        # Before the clock starts
        import botocore.config

        config = botocore.config.Config(max_pool_connections=THREADS)
        dynamodb = etl.client("dynamodb", config=config)
        work = store_in_threads if store == "store-days-threads" else etl.store
        timed("store-days", lambda: work(days, dynamodb))
    text = "".join(",".join(map(str, day)) + "\n" for day in days.itertuples(index=False))
    print("days", len(days), hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
