"""The files of a lake: parts of a fact, in the order of their ids, and the list of those that count.

*How it works*: a fact's rows lie in Parquet files of some hundred thousand each; a part holds the ids from its own `low`
up to the next one's. `lake.json` lists the parts; it takes the place of the old one in one step, so that a reader
finds all of the old state or all of the new one. Files that it does not name are cleared away.

*Rules*: folders are 0700, files 0600. Nothing here knows the database.
"""

import os
import shutil
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings

from guanxi.kit.ids import new_id
from guanxi.kit.jsons import dumps, loads

LIST = "lake.json"
FORM = 1
"""The form of the files: a lake in another one is made again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: the first id that belongs into it, and how many rows it has."""

    file: str
    low: str
    rows: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact as the lake has it: what its columns were made of, up to when, and where it is."""

    columns: dict[str, str] = field(default_factory=dict)
    until: str = ""
    parts: list[Part] = field(default_factory=list)
    database_rows: int = 0

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(part.rows for part in self.parts)


def folder_of(workspace_id: uuid.UUID) -> Path:
    """Where a workspace's lake is (or would be)."""
    return Path(settings.GUANXI_HOME) / "lake" / str(workspace_id)


def read_list(workspace_id: uuid.UUID) -> dict[str, Kept]:
    """The facts that are there; none where there is no lake, or one in another form."""
    try:
        said = loads((folder_of(workspace_id) / LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    if said.get("form") != FORM:
        return {}
    return {
        key: Kept(**{**kept, "parts": [Part(**part) for part in kept["parts"]]})
        for key, kept in said["facts"].items()
    }


def write_list(workspace_id: uuid.UUID, facts: dict[str, Kept]) -> None:
    """Make this the state of the lake, and clear away what is no part of it."""
    home = folder_of(workspace_id)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = home / f"{LIST}.new"
    with _opened(fresh) as file:
        file.write(dumps({"form": FORM, "facts": {key: asdict(kept) for key, kept in facts.items()}}))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(home / LIST)
    named = {part.file for kept in facts.values() for part in kept.parts}
    for path in home.glob("*.parquet"):
        if path.name not in named:
            path.unlink(missing_ok=True)


def new_file(workspace_id: uuid.UUID, fact: str) -> Path:
    """The path of a new part, made and empty, readable by nobody else."""
    home = folder_of(workspace_id)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / f"{fact}-{new_id().hex}.parquet"
    _opened(path).close()
    return path


def paths_of(workspace_id: uuid.UUID, kept: Kept) -> list[str]:
    """The files of a fact."""
    home = folder_of(workspace_id)
    return [str(home / part.file) for part in kept.parts]


def drop(workspace_id: uuid.UUID) -> bool:
    """Remove the lake of a workspace; True when there was one."""
    home = folder_of(workspace_id)
    if not home.exists():
        return False
    (home / LIST).unlink(missing_ok=True)
    shutil.rmtree(home)
    return True


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
