"""What an administrator saves, another process works with: at its next request, with nobody telling it."""

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.firms import Firm
from tests.web.event_screens import WebServer, serving

pytestmark = pytest.mark.django_db(transaction=True)


def ask(server: WebServer, token: str, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(
        f"{server.url}/api/v1{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def test_a_new_field_takes_values_in_another_process_within_two_seconds(firm: Firm, tmp_path: Path) -> None:
    token = firm.token()
    with serving(tmp_path / "one.log") as one, serving(tmp_path / "other.log") as other:
        for server in (one, other):
            fields = {f["key"] for f in ask(server, token, "/meta/objects/customer")["fields"]}
            assert "machine_no" not in fields
        ask(
            one,
            token,
            "/meta/objects/customer/fields",
            {"key": "machine_no", "type": "text", "label": "机号"},
        )
        saved = time.monotonic()
        made = ask(other, token, "/customer", {"name": "甲", "machine_no": "M-1"})
        took = time.monotonic() - saved
        assert made["machine_no"] == "M-1"
        assert took < 2, took
        print(f"a new field took a value in another process {took * 1000:.0f} ms after it was saved")
