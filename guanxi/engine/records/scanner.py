"""Having uploads looked at by a virus scanner, where the operator has one.

*How it works*: while an upload is written to the store it is told to `clamd` as well (command INSTREAM: pieces with
their length before them, an empty one at the end), and its verdict is awaited before the file is kept. A file in
which something was found is refused by name of the finding, and its bytes are gone with the refusal.

*Rules*: where a scanner is set (GUANXI_VIRUS_SCANNER) nothing is kept unseen: when it does not answer, or gives up,
the upload is refused. The operator names the address, nobody else; it lies beside this machine, so no rule of
outgoing requests applies.

*See*: docs/guide/en/security.md; the protocol is that of clamd(8).
"""

import logging
import socket
from collections.abc import Iterable, Iterator
from contextlib import closing

from django.conf import settings

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_refusal
from guanxi.kit.errors import Unavailable, invalid
from guanxi.kit.text import Text

SECONDS = 60
PIECE = 64 * 1024
_LONGEST = 4096
FOUND = Text(
    "文件中发现恶意内容（{found}），已拒绝。",
    "Malicious content was found in the file ({found}); it was refused.",
)
NOT_SCANNED = Text(
    "文件暂时无法查毒，请稍后再试，或联系管理员。",
    "The file cannot be scanned for viruses just now. Try again shortly, or ask your administrator.",
)
log = logging.getLogger("guanxi.records")


def scanned(ctx: Ctx, chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The chunks, looked at on their way; the last step raises Invalid (something found) or Unavailable."""
    return _scanned(ctx, settings.GUANXI_VIRUS_SCANNER, chunks) if settings.GUANXI_VIRUS_SCANNER else chunks


def _scanned(ctx: Ctx, address: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        scanner = closing(_connected(address))
    except OSError as error:
        log.error("The virus scanner cannot be reached: %s", error)
        raise Unavailable(NOT_SCANNED, code="not_scanned", extra={"retry_after": 30}) from error
    with scanner as line:
        told = _tell(line, b"zINSTREAM\0")
        for chunk in chunks:
            for start in range(0, len(chunk), PIECE):
                piece = chunk[start : start + PIECE]
                # A scanner that has had enough closes its ear; what it says is read below.
                told = told and _tell(line, len(piece).to_bytes(4, "big") + piece)
            yield chunk
        _tell(line, bytes(4))
        _judge(ctx, _heard(line))


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _tell(line: socket.socket, data: bytes) -> bool:
    try:
        line.sendall(data)
    except OSError:
        return False
    return True


def _heard(line: socket.socket) -> str:
    said = b""
    try:
        while not said.endswith(b"\0") and len(said) < _LONGEST and (more := line.recv(_LONGEST)):
            said += more
    except OSError as error:
        log.error("The virus scanner did not answer: %s", error)
    return said.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")


def _judge(ctx: Ctx, said: str) -> None:
    if said == "OK":
        return
    found = said.removesuffix(" FOUND")
    if found == said or not found:
        log.error("The virus scanner gave no verdict: %s", said[:200] or "-")
        raise Unavailable(NOT_SCANNED, code="not_scanned", extra={"retry_after": 30})
    record_refusal(ctx, "file.refused", found=found[:200])
    raise invalid("file", "malicious", FOUND, found=found[:100])
