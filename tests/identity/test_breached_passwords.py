"""Passwords known from breaches, by a list on the machine and by a service that learns nothing."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.identity import breached

LEAKED = "kvwx-leaked-horse-77"


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper()


def _write(file: Path, passwords: list[str], end: str = "\r\n", count: str = ":42") -> Path:
    file.write_text("".join(f"{one}{count}{end}" for one in sorted(map(_hash, passwords))), newline="")
    return file


@pytest.mark.asvs("6.2.12")
def test_a_password_on_the_list_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.GUANXI_BREACHED_PASSWORDS = str(_write(tmp_path / "list.txt", [LEAKED, *map(str, range(1000))]))
    with pytest.raises(ValidationError) as refused:
        validate_password(LEAKED)
    assert [error.code for error in refused.value.error_list] == ["password_breached"]
    validate_password(LEAKED + "!")
    settings.GUANXI_BREACHED_PASSWORDS = ""
    validate_password(LEAKED)


@given(st.lists(st.text(max_size=5), max_size=40), st.text(max_size=5), st.sampled_from(["\r\n", "\n"]), st.sampled_from(["", ":1"]))  # fmt: skip
def test_what_stands_in_the_file_is_found_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, leaked: list[str], asked: str, end: str, count: str
) -> None:
    file = _write(tmp_path_factory.mktemp("lists") / "list.txt", leaked, end, count)
    assert breached.stands_in(file, _hash(asked)) is (asked in leaked)
    assert all(breached.stands_in(file, _hash(one)) for one in leaked)


class _Ranges(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []  # noqa: RUF012
    status = 200

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("Add-Padding", "")))
        prefix = self.path.rpartition("/")[2]
        lines = [f"{_hash(text)[5:]}:{count}" for text, count in ((LEAKED, 3), ("padding-only-xyz", 0)) if _hash(text).startswith(prefix)]  # fmt: skip
        body = "\r\n".join(["0" * 35 + ":1", *lines]).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def ranges(settings: Any) -> Iterator[str]:
    """A service of ranges on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ranges)
    place = f"127.0.0.1:{server.server_address[1]}"
    settings.GUANXI_OUTGOING_ALLOW = (place,)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Ranges.asked.clear()
    _Ranges.status = 200
    yield f"http://{place}/range"
    server.shutdown()
    server.server_close()


@pytest.mark.asvs("6.2.12")
def test_a_service_learns_five_letters_of_a_hash(ranges: str) -> None:
    assert breached._ask(ranges, _hash(LEAKED))
    assert not breached._ask(ranges, _hash("padding-only-xyz"))
    assert not breached._ask(ranges, _hash("never seen 2026"))
    assert [path for path, _ in _Ranges.asked] == [f"/range/{_hash(one)[:5]}" for one in (LEAKED, "padding-only-xyz", "never seen 2026")]  # fmt: skip
    assert {padded for _, padded in _Ranges.asked} == {"true"}


def test_a_list_that_cannot_be_asked_keeps_nobody_from_changing_a_password(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for place in (str(tmp_path / "missing"), "https://127.0.0.1:1/range"):
        settings.GUANXI_BREACHED_PASSWORDS = place
        assert breached.is_breached(LEAKED) is False
    assert "cannot be asked" in caplog.text
    assert LEAKED not in caplog.text
