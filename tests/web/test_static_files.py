"""The files of the front end: compressed, kept for as long as they are the same, and nothing beside them."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest

from guanxi.web.static_files import StaticFiles

SCRIPT = b"export const words = 'a customer';\n" * 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    (static / "app" / "assets").mkdir(parents=True)
    (static / "app" / "assets" / "page-abc123.js").write_bytes(SCRIPT)
    (static / "app" / "boot.js").write_bytes(b"start()")
    (tmp_path / "secret.txt").write_text("not for anybody")
    (static / "app" / "out").symlink_to(tmp_path / "secret.txt")
    return static


def _ask(
    files: StaticFiles, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(files({"type": "http", "method": method, "path": path, "headers": given}, receive, send))
    told = {name.decode(): value.decode() for name, value in said[0].get("headers", [])}
    return said[0]["status"], told, said[1]["body"]


async def _elsewhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"elsewhere"})


@pytest.fixture
def files(folder: Path) -> StaticFiles:
    return StaticFiles(_elsewhere, folder)


@pytest.mark.asvs("3.4.4")
def test_a_script_travels_compressed_and_is_kept_for_good(files: StaticFiles) -> None:
    path = "/static/app/assets/page-abc123.js"
    status, headers, body = _ask(files, path, accept_encoding="br, gzip, deflate")
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "accept-encoding")
    assert gzip.decompress(body) == SCRIPT and int(headers["content-length"]) == len(body) < len(SCRIPT) / 10
    assert "immutable" in headers["cache-control"] and headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    for refusing in ("", "identity", "gzip;q=0"):
        assert _ask(files, path, accept_encoding=refusing)[2] == SCRIPT
    assert _ask(files, path, "HEAD")[2] == b""
    assert _ask(files, path, if_none_match=headers["etag"])[0] == 304


def test_a_file_whose_name_stays_the_same_is_asked_for_anew(files: StaticFiles, folder: Path) -> None:
    _, before, body = _ask(files, "/static/app/boot.js")
    assert (before["cache-control"], body) == ("no-cache", b"start()")
    (folder / "app" / "boot.js").write_bytes(b"start_better()")
    status, after, body = _ask(files, "/static/app/boot.js", if_none_match=before["etag"])
    assert (status, body) == (200, b"start_better()") and after["etag"] != before["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/app/../../secret.txt",
        "/static/app/out",
        "/static//etc/passwd",
        "/static/app/assets",
        "/static/app/boot.js/",
        "/static/app\\boot.js",
        "/static/app/boot.js\x00.txt",
        "/static/app/nothing.js",
        "/other/app/boot.js",
    ],
)
@pytest.mark.asvs("13.4.1", "13.4.3")
def test_nothing_else_is_served(files: StaticFiles, path: str) -> None:
    assert _ask(files, path)[2] == b"elsewhere"


def test_files_are_not_written_to(files: StaticFiles) -> None:
    assert _ask(files, "/static/app/boot.js", "POST")[0] == 404
