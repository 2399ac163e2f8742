"""A server that speaks S3 on this machine and checks every signature (moto, in a process of its own)."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from tests.product import free_port

BUCKET = "copies"
REGION = "eu-central-1"


@dataclass
class BucketServer:
    """The server, a bucket on it, and the keys that may use it."""

    url: str
    access_key: str
    secret_key: str

    @property
    def settings(self) -> dict[str, str]:
        """The settings of Guanxi for it."""
        return {
            "GUANXI_S3_ENDPOINT": self.url,
            "GUANXI_S3_REGION": REGION,
            "GUANXI_S3_ACCESS_KEY": self.access_key,
            "GUANXI_S3_SECRET_KEY": self.secret_key,
        }

    def client(self, service: str = "s3") -> Any:
        """Amazon's own client, for looking behind ours."""
        return _client(self.url, service, self.access_key, self.secret_key)

    def names(self) -> list[str]:
        """The names of everything in the bucket."""
        return [each["Key"] for each in self.client().list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def _client(url: str, service: str, access_key: str = "first", secret_key: str = "first") -> Any:
    return boto3.client(
        service, endpoint_url=url, region_name=REGION, aws_access_key_id=access_key, aws_secret_access_key=secret_key
    )  # fmt: skip


@contextmanager
def bucket_server(log: Path) -> Iterator[BucketServer]:
    """The server with an empty bucket; whoever comes with a wrong signature is refused."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", "import sys; from moto.server import main; main(sys.argv[1:])"]
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "-H", "127.0.0.1", "-p", str(port)], stdout=out, stderr=out)
    try:
        _wait(url, process, log)
        iam = _client(url, "iam")
        iam.create_user(UserName="guanxi")
        everything = {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"},
        }
        iam.put_user_policy(UserName="guanxi", PolicyName="all", PolicyDocument=json.dumps(everything))
        key = iam.create_access_key(UserName="guanxi")["AccessKey"]
        _client(url, "s3").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        strict = urllib.request.Request(f"{url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})
        urllib.request.urlopen(strict, timeout=10)
        yield BucketServer(url, key["AccessKeyId"], key["SecretAccessKey"])
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/moto-api/", timeout=2)
            return
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
