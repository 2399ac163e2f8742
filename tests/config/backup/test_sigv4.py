"""Signatures as Amazon's own examples have them.

Source: "Signature Calculations for the Authorization Header", Amazon S3 API Reference; keys and signatures are
the published ones.
"""

import hashlib
from datetime import UTC, datetime

import pytest

from guanxi.config.backup.sigv4 import EMPTY, Credentials, query_of, quoted, sign

CREDENTIALS = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
AT = datetime(2013, 5, 24, tzinfo=UTC)
HOST = "https://examplebucket.s3.amazonaws.com"
HELLO = hashlib.sha256(b"Welcome to Amazon S3.").hexdigest()


@pytest.mark.parametrize(
    "method, path, headers, payload, signature",
    [
        ("GET", "/test.txt", {"Range": "bytes=0-9"}, EMPTY,
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ("PUT", f"/{quoted('test$file.text')}",
         {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}, HELLO,
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        ("GET", f"/?{query_of({'lifecycle': ''})}", {}, EMPTY,
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("GET", f"/?{query_of({'prefix': 'J', 'max-keys': '2'})}", {}, EMPTY,
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ],
)  # fmt: skip
def test_the_published_examples(
    method: str, path: str, headers: dict[str, str], payload: str, signature: str
) -> None:
    signed = sign(CREDENTIALS, method, HOST + path, headers, payload, AT)
    assert signed["authorization"].endswith(f"Signature={signature}")


def test_a_secret_is_in_no_header_and_in_no_text_of_it() -> None:
    signed = sign(CREDENTIALS, "GET", f"{HOST}/", {}, EMPTY, AT)
    assert CREDENTIALS.secret_key not in f"{signed} {CREDENTIALS!r}"
