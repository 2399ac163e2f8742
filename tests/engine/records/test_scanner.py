"""Uploads are kept only once the virus scanner has looked at them, whatever it says and whether it answers."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy.context import session
from tests.firms import Firm, code_of

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 300_000


class Clamd(threading.Thread):
    """A scanner that speaks clamd's INSTREAM and knows one virus."""

    def __init__(self, server: socket.socket) -> None:
        super().__init__(daemon=True)
        self.server, self.seen, self.answer = server, [], b""

    def run(self) -> None:
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                assert told.read(10) == b"zINSTREAM\0"
                content = b""
                while length := int.from_bytes(told.read(4), "big"):
                    content += told.read(length)
                    if len(content) > MOST:
                        break
                self.seen.append(content)
                found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
                said = b"INSTREAM size limit exceeded. ERROR" if len(content) > MOST else b"stream: " + found
                line.sendall((self.answer or said) + b"\0")
                line.shutdown(socket.SHUT_WR)


@pytest.fixture(params=["tcp", "unix"])
def clamd(request: Any, settings: Any, tmp_path: Path) -> Iterator[Clamd]:
    """The scanner, set in the settings."""
    if request.param == "tcp":
        server = socket.create_server(("127.0.0.1", 0))
        settings.GUANXI_VIRUS_SCANNER = f"127.0.0.1:{server.getsockname()[1]}"
    else:
        path = tmp_path / "clamd"
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(path))
        server.listen()
        settings.GUANXI_VIRUS_SCANNER = str(path)
    with server:
        scanner = Clamd(server)
        scanner.start()
        yield scanner


def send(firm: Firm, content: bytes, path: str = "/api/v1/files", **form: str) -> Any:
    door = firm.door()
    body = {"file": SimpleUploadedFile("a.csv", content), **form}
    answer: Any = door.client.post(path, body, headers=door.headers)
    answer.data = answer.json()
    return answer


def kept(firm: Firm) -> int:
    with session(firm.workspace.id):
        return StoredFile.objects.count()


@pytest.mark.asvs("5.4.3")
def test_what_the_scanner_finds_is_refused_at_every_door(firm: Firm, clamd: Clamd) -> None:
    sound = send(firm, b"name\n" + b"x" * 200_000)
    assert sound.status_code == 201
    assert clamd.seen == [b"name\n" + b"x" * 200_000]
    for path, form in (("/api/v1/files", {}), ("/api/v1/imports", {"object": "customer"})):
        refused = send(firm, b"name\n" + b"y" * 70_000 + EICAR + b"z" * 70_000, path, **form)
        assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, "malicious"), refused.data
        assert "Eicar-Test-Signature" in refused.data["errors"][0]["message"]
    assert kept(firm) == 1
    told = firm.door().get("/audit?kind=file.refused").data["data"]
    assert len(told) == 2


@pytest.mark.parametrize("trouble", ["away", "too_much", "nonsense", "mute"])
def test_nothing_is_kept_unseen(firm: Firm, clamd: Clamd, settings: Any, trouble: str) -> None:
    content = b"name\nx"
    if trouble == "away":
        clamd.server.close()
        settings.GUANXI_VIRUS_SCANNER = "127.0.0.1:1"
    elif trouble == "too_much":
        content = b"x" * (4 * MOST)
    else:
        clamd.answer = b"stream:  FOUND" if trouble == "nonsense" else b"\0"
    refused = send(firm, content)
    assert (refused.status_code, code_of(refused)) == (503, "not_scanned"), refused.data
    assert kept(firm) == 0
