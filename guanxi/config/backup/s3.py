"""Requests to a bucket: signed, tried again, and made by the guarded client.

*How it works*: every request is one call of `engine/outgoing`, with a body or an answer of one part's size, so
that nothing large is held in memory or asked for twice. The operator's own endpoint is allowed to be an
internal one; where else the network leads is guarded as always. What the bucket refuses becomes a `Stop`
with its own code; keys and signatures are never in it.

*See*: sigv4.py, bucket.py.
"""

import hashlib
import ipaddress
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from guanxi.config.backup import sigv4
from guanxi.config.console import Stop
from guanxi.config.env import Env
from guanxi.engine.outgoing.client import Answer, OutgoingProblem, fetch
from guanxi.kit.text import Text

PART_BYTES = 32 * 1024**2
TRIES = 4
PAUSE_SECONDS = 0.5
SECONDS = 300.0
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")


class Client:
    """A bucket, as the settings describe it."""

    def __init__(self, env: Env, bucket: str) -> None:
        if not _BUCKET.match(bucket):
            raise Stop(_NO_BUCKET, bucket=bucket or "-")
        if not (env.s3_access_key and env.s3_secret_key):
            raise Stop(_NO_KEYS)
        self.bucket = bucket
        self._credentials = sigv4.Credentials(env.s3_access_key, env.s3_secret_key, env.s3_region)
        endpoint = urlsplit(env.s3_endpoint or f"https://s3.{env.s3_region}.amazonaws.com")
        self.address = f"{endpoint.scheme}://{endpoint.netloc}"
        self._path = ""
        if _wants_path(env.s3_addressing, endpoint.hostname or ""):
            self._path = f"/{bucket}"
        else:
            self.address = f"{endpoint.scheme}://{bucket}.{endpoint.netloc}"
        host = urlsplit(self.address).hostname or ""
        port = endpoint.port or (443 if endpoint.scheme == "https" else 80)
        self._own = (f"{host}:{port}",)

    def ask(
        self,
        method: str,
        key: str = "",
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        most: int = 2_000_000,
        missing: bool = False,
    ) -> Answer | None:
        """The good answer of the bucket; None where `missing` is allowed and there is nothing. Raises Stop."""
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._once(method, key, query or {}, headers or {}, content, most)
            except OutgoingProblem as problem:
                if problem.status != 502 or attempt == TRIES:
                    raise Stop(_NO_ANSWER, place=self.address, reason=str(problem.text.zh), reason_en=problem.text.en) from problem  # fmt: skip
                answer = None
            if answer is not None and answer.status not in _PASSING:
                break
            if attempt < TRIES:
                time.sleep(PAUSE_SECONDS * 2**attempt)
        assert answer is not None
        if answer.status == 404 and missing:
            return None
        if answer.status >= 300 or _is_failed(answer):
            raise Stop(_REFUSED, bucket=self.bucket, status=answer.status, code=_code(answer))
        return answer

    def _once(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        content: bytes,
        most: int,
    ) -> Answer:
        path = f"{self._path}/{sigv4.quoted(key, safe='/')}"
        url = f"{self.address}{path}" + (f"?{sigv4.query_of(query)}" if query else "")
        payload = hashlib.sha256(content).hexdigest() if content else sigv4.EMPTY
        signed = sigv4.sign(self._credentials, method, url, headers, payload, datetime.now(UTC))
        return fetch(
            method, url, headers=signed, content=content, redirects=0, max_bytes=most, timeout=SECONDS,
            also_allowed=self._own,
        )  # fmt: skip


def _wants_path(addressing: str, host: str) -> bool:
    """Whether the bucket's name belongs into the path: an address of digits has no names below it."""
    if addressing != "auto":
        return addressing == "path"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return True


def texts(content: bytes, element: str, *names: str) -> list[tuple[str, ...]]:
    """The texts of `names` in every `element` of an answer; raises Stop for what is no answer of S3."""
    try:
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise ET.ParseError
        root = ET.fromstring(content)  # noqa: S314 - without declarations there are no entities to expand
    except ET.ParseError:
        raise Stop(_STRANGE) from None
    found = root.iter() if element else iter([root])
    return [
        tuple(next((inner.text or "" for inner in each if _local(inner) == name), "") for name in names)
        for each in found
        if not element or _local(each) == element
    ]


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_failed(answer: Answer) -> bool:
    """Completing an upload may answer 200 and say in the body that it failed."""
    return answer.status == 200 and b"<Error>" in answer.content[:1000]


def _code(answer: Answer) -> str:
    found = re.search(rb"<Code>([A-Za-z0-9.]{1,60})</Code>", answer.content[:4000])
    return found[1].decode() if found else "-"


_NO_BUCKET = Text(
    "“{bucket}”不是桶的名字；地址应形如 s3://桶名/目录。",
    "“{bucket}” is not the name of a bucket; the address looks like s3://bucket/folder.",
)
_NO_KEYS = Text(
    "请设置 GUANXI_S3_ACCESS_KEY 和 GUANXI_S3_SECRET_KEY，才能访问 s3:// 开头的地址。",
    "Set GUANXI_S3_ACCESS_KEY and GUANXI_S3_SECRET_KEY to reach addresses that begin with s3://.",
)
_NO_ANSWER = Text(
    "连不上 {place}：{reason}请检查 GUANXI_S3_ENDPOINT 和网络。",
    "{place} cannot be reached: {reason_en} Check GUANXI_S3_ENDPOINT and the network.",
)
_REFUSED = Text(
    "存储桶 {bucket} 拒绝了请求（{status} {code}）。请检查桶名、密钥、区域（GUANXI_S3_REGION）和权限。",
    "The bucket {bucket} refused the request ({status} {code}). "
    "Check its name, the keys, the region (GUANXI_S3_REGION) and what the keys may do.",
)
_STRANGE = Text(
    "存储服务的回答不是 S3 的格式。请检查 GUANXI_S3_ENDPOINT。",
    "The answer of the storage is not one of S3. Check GUANXI_S3_ENDPOINT.",
)
