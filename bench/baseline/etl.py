"""The steps of the daily job, as one would write them in Python with pandas and boto3."""

import os
import sys
import urllib.request

import pandas

COUNTRY = "US"
CHUNK_ROWS = 100_000

NYT_COLUMNS = ["date", "cases", "deaths"]
JHU_COLUMNS = ["Date", "Country/Region", "Recovered"]


def pull(chunked):
    """Both feeds joined by day; the large one is read whole or chunk by chunk."""
    with urllib.request.urlopen(os.environ["FEED_NYT_URL"]) as body:
        nyt = pandas.read_csv(body, usecols=NYT_COLUMNS)
    with urllib.request.urlopen(os.environ["FEED_JHU_URL"]) as body:
        if chunked:
            chunks = pandas.read_csv(body, usecols=JHU_COLUMNS, chunksize=CHUNK_ROWS)
            jhu = pandas.concat([of_country(chunk) for chunk in chunks])
        else:
            jhu = of_country(pandas.read_csv(body, usecols=JHU_COLUMNS))
    return join(nyt, jhu)


def of_country(rows):
    return rows[rows["Country/Region"] == COUNTRY]


def join(nyt, jhu):
    days = nyt.merge(jhu, left_on="date", right_on="Date").sort_values("date")
    days["Recovered"] = days["Recovered"].fillna(0).astype(int)
    days = days.rename(columns={"cases": "Cases", "deaths": "Deaths", "Country/Region": "Country"})
    return days[["Date", "Cases", "Deaths", "Country", "Recovered"]]


def client(service, **more):
    """A client of AWS. Before 1.28 boto3 does not read the addresses of endpoints by itself."""
    # Not at the top: one who only pulls should not wait for it.
    import boto3

    return boto3.client(
        service,
        region_name=os.environ["AWS_REGION"],
        endpoint_url=os.environ[f"AWS_ENDPOINT_URL_{service.upper()}"],
        **more,
    )


def store(days, dynamodb):
    """Puts day after day, unless the table has it; how many it had not."""
    return sum(put(day, dynamodb) for day in days.itertuples(index=False))


def put(day, dynamodb):
    """Puts a day, unless the table has it; whether it had not."""
    try:
        dynamodb.put_item(
            TableName=os.environ["STORE_TABLE"],
            Item={
                "Date": {"S": day.Date},
                "Cases": {"N": str(day.Cases)},
                "Deaths": {"N": str(day.Deaths)},
                "Country": {"S": day.Country},
                "Recovered": {"N": str(day.Recovered)},
            },
            ConditionExpression="attribute_not_exists(#date)",
            ExpressionAttributeNames={"#date": "Date"},
        )
        return True
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False


def archive(days, s3):
    """Puts the whole set as CSV."""
    s3.put_object(
        Bucket=os.environ["ARCHIVE_BUCKET"],
        Key="CovidData.csv",
        Body=days.to_csv(index=False).encode(),
        ContentType="text/csv",
    )


def announce(added, sns):
    """Tells the topic how many days came."""
    sns.publish(TopicArn=os.environ["ANNOUNCE_TOPIC"], Message=f"{added} row(s) have been added")


def main():
    days = pull(chunked=False)
    added = store(days, client("dynamodb"))
    archive(days, client("s3"))
    announce(added, client("sns"))
    print(f"{added} row(s) have been added")


if __name__ == "__main__":
    sys.exit(main())
