"""Making a backup: everything under one snapshot, streamed into one sealed file.

*How it works*: head, definitions, rows of every table (the largest first), files, manifest. Nothing is
kept in memory but a few frames; the file appears under its name only when it is whole (places.py).

*See*: sealed.py for the file, snapshot.py for what is read.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from guanxi import __version__
from guanxi.config.backup import files, snapshot
from guanxi.config.backup.keys import BackupKey
from guanxi.config.backup.manifest import Counted, Head, Manifest, Table
from guanxi.config.backup.rows import Packer, Sum, batches
from guanxi.config.backup.sealed import FRAME_BYTES, SealedWriter
from guanxi.config.backup.snapshot import Snapshot
from guanxi.config.database import Login

# What a frame holds.
HEAD, DEFINITIONS, ROWS, FILE, MANIFEST = range(1, 6)


def write(
    stream: IO[bytes], key: BackupKey, login: Login, app_role: str, home: Path, reason: str
) -> tuple[Head, Manifest]:
    """Write a backup of this database and this home's files to `stream`. Raises Stop."""
    began = time.monotonic()
    with SealedWriter(stream, key) as sealed:
        with snapshot.taken(login, app_role) as seen:
            head = _head(seen, reason)
            sealed.put(HEAD, head.dump())
            _put_pieces(sealed, DEFINITIONS, seen.definitions())
            tables = {
                table.name: _put_table(sealed, seen, number, table)
                for number, table in enumerate(seen.tables)
            }
            sequences = seen.sequences()
            named = _named_files(seen)
        summed = files.FileSum()
        for said, piece in files.read_frames(home, summed):
            sealed.put(FILE, said, piece)
        missing = len(named - {path.rpartition("/")[2] for path in files.list_files(home)}) if named else 0
        manifest = Manifest(tables, summed.counted(), sequences, missing, round(time.monotonic() - began, 2))
        sealed.close(MANIFEST, manifest.dump())
    return head, manifest


def _head(seen: Snapshot, reason: str) -> Head:
    return Head(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        product=__version__,
        server=seen.server,
        reason=reason,
        migrations=seen.migrations(),
        tables=seen.tables,
    )


def _put_pieces(sealed: SealedWriter, kind: int, content: bytes) -> None:
    for at in range(0, len(content), FRAME_BYTES):
        sealed.put(kind, content[at : at + FRAME_BYTES])


def _put_table(sealed: SealedWriter, seen: Snapshot, number: int, table: Table) -> Counted:
    summed, packer = Sum(), Packer(number)
    for batch in batches(seen.rows(table)):
        summed.add(batch)
        if frame := packer.add(batch):
            sealed.put(ROWS, *frame)
    if frame := packer.rest():
        sealed.put(ROWS, *frame)
    return Counted(summed.rows, summed.size, summed.checksum)


def _named_files(seen: Snapshot) -> set[str]:
    if "stored_file" not in {table.name for table in seen.tables}:
        return set()
    return {found.hex for (found,) in seen.connection.execute("SELECT id FROM stored_file").fetchall()}
