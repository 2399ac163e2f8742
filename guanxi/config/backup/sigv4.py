"""Signing requests to S3: AWS Signature Version 4, in one piece.

Source: "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)", Amazon S3 API
Reference, whose examples are our tests. OSS, COS, OBS, MinIO and others speak it too.

*Rules*: pure; no clock, no network. The address must be encoded as it goes over the wire (`quoted`).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

EMPTY = hashlib.sha256(b"").hexdigest()
_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs, and for which region."""

    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"


def quoted(text: str, *, safe: str = "") -> str:
    """A part of an address, encoded as the signature wants it: everything but letters, digits and -._~"""
    return quote(text, safe=f"-._~{safe}")


def query_of(parameters: Mapping[str, str]) -> str:
    """The query of an address, sorted and encoded."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in sorted(parameters.items()))


def sign(
    credentials: Credentials,
    method: str,
    url: str,
    headers: Mapping[str, str],
    payload_hash: str,
    at: datetime,
) -> dict[str, str]:
    """The headers to send: those given, the time, the hash of the body, and the signature over all of them."""
    parts = urlsplit(url)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    sent = {name.lower(): value.strip() for name, value in headers.items()}
    sent |= {"host": parts.netloc, "x-amz-content-sha256": payload_hash, "x-amz-date": stamp}
    names = ";".join(sorted(sent))
    canonical = "\n".join([
        method,
        parts.path or "/",
        parts.query,
        *(f"{name}:{sent[name]}" for name in sorted(sent)),
        "",
        names,
        payload_hash,
    ])  # fmt: skip
    scope = f"{stamp[:8]}/{credentials.region}/s3/aws4_request"
    to_sign = "\n".join([_ALGORITHM, stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{credentials.secret_key}".encode()
    for part in (stamp[:8], credentials.region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    said = f"{_ALGORITHM} Credential={credentials.access_key}/{scope},SignedHeaders={names},Signature={signature}"
    return sent | {"authorization": said}
