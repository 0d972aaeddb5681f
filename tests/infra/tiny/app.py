"""A service of a few lines with all that infra.local must serve: pages, jobs, schedules."""

import json
import os
import time
from typing import Any

import boto3
from chalice.app import Chalice, CloudWatchEvent, Cron, Rate

app = Chalice(app_name="tiny")

TABLE = f"{os.environ['MARGINAL_TABLE_PREFIX']}-outbox"
dynamodb: Any = boto3.client("dynamodb")
sqs = boto3.client("sqs")


@app.route("/echo/{word}")
def echo(word: str) -> dict[str, Any]:
    """Answer what the request said, after others have had time to come between."""
    time.sleep(0.01)
    request = app.current_request
    assert request is not None
    return {"word": word, "query": dict(request.query_params or {}).get("word")}


@app.route("/owe/{name}", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
def owe(name: str) -> dict[str, Any]:
    row = {"id": {"S": name}, "owed": {"S": "mail"}, "owed_at": {"S": "now"}}
    dynamodb.put_item(TableName=TABLE, Item=row)
    return {}


@app.route("/rows")
def rows() -> list[str]:
    return [row["id"]["S"] for row in dynamodb.scan(TableName=TABLE)["Items"]]


@app.lambda_function(name="relay")
def relay(event: Any, _context: Any) -> None:
    """Hand on what is owed; overlook what is called "lost", so that the sweep must find it."""
    for record in event["Records"]:
        name = record["dynamodb"]["Keys"]["id"]["S"]
        if name != "lost" and "owed" in record["dynamodb"].get("NewImage", {}):
            sqs.send_message(QueueUrl=os.environ["MARGINAL_MAIL_QUEUE_URL"], MessageBody=name)


@app.lambda_function(name="mail")
def mail(event: Any, _context: Any) -> dict[str, Any]:
    failed = []
    for record in event["Records"]:
        first = record["attributes"]["ApproximateReceiveCount"] == "1"
        if record["body"] == "flaky" and first:
            failed.append({"itemIdentifier": record["messageId"]})
            continue
        boto3.client("sesv2").send_email(
            ConfigurationSetName=os.environ["MARGINAL_MAIL_CONFIGURATION_SET"],
            Destination={"ToAddresses": ["ann@example.org"]},
            Content={"Raw": {"Data": f"Subject: {record['body']}\n\nHello".encode()}},
        )
        row = {"id": {"S": record["body"]}, "sent": {"S": "yes"}}
        dynamodb.put_item(TableName=TABLE, Item=row)
    return {"batchItemFailures": failed}


@app.lambda_function(name="mail_events")
def mail_events(event: Any, _context: Any) -> None:
    for record in event["Records"]:
        row = {"id": {"S": f"news {json.loads(record['Sns']['Message'])['eventType']}"}}
        dynamodb.put_item(TableName=TABLE, Item=row)


@app.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(_event: CloudWatchEvent) -> None:
    for row in dynamodb.scan(TableName=TABLE)["Items"]:
        if row["id"]["S"] == "lost" and "sent" not in row:
            sqs.send_message(QueueUrl=os.environ["MARGINAL_MAIL_QUEUE_URL"], MessageBody="lost")


@app.schedule(Cron(0, 20, "*", "*", "?", "*"), name="nightly")
def nightly(_event: CloudWatchEvent) -> None:
    url = os.environ["MARGINAL_MATCH_QUEUE_URL"]
    sqs.send_message(
        QueueUrl=url, MessageBody="28", MessageGroupId="28", MessageDeduplicationId="28"
    )
