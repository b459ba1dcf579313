"""Stores the days of many places, as one would with boto3: conditional puts, 32 at a time.

    places.py     says how long the puts took once everything was imported and read
"""

import concurrent.futures
import hashlib
import os
import time

import boto3
import botocore.config

import world

THREADS = 32


def client():
    return boto3.client(
        "dynamodb",
        region_name=os.environ["AWS_REGION"],
        endpoint_url=os.environ["AWS_ENDPOINT_URL_DYNAMODB"],
        config=botocore.config.Config(max_pool_connections=THREADS),
    )


def store(days, dynamodb):
    """Puts each day, unless the table has it; how many it had not."""

    def put(day):
        try:
            dynamodb.put_item(
                TableName=os.environ["STORE_TABLE"],
                Item={
                    "Place": {"S": day.Place},
                    "Date": {"S": day.Date},
                    "Cases": {"N": str(day.Cases)},
                    "Deaths": {"N": str(day.Deaths)},
                    "Recovered": {"N": str(day.Recovered)},
                },
                ConditionExpression="attribute_not_exists(#date)",
                ExpressionAttributeNames={"#date": "Date"},
            )
            return 1
        except dynamodb.exceptions.ConditionalCheckFailedException:
            return 0

    with concurrent.futures.ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(put, days))


def main():
    days = list(world.days().itertuples(index=False))
    dynamodb = client()
    wall, cpu = time.perf_counter(), time.process_time()
    store(days, dynamodb)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"store-days {wall:.3f} {cpu:.3f}")
    text = "".join(f"{d.Date},{d.Cases},{d.Deaths},{d.Place},{d.Recovered}\n" for d in days)
    print("days", len(days), hashlib.sha256(text.encode()).hexdigest())


if __name__ == "__main__":
    main()
