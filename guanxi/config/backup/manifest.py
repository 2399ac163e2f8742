"""What a backup says of itself: at its head what it is, at its end what is in it.

*Rules*: fields are added, never renamed: old backups are read for years.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and which of its columns are in the backup."""

    name: str
    columns: list[str]


@dataclass(frozen=True, slots=True)
class Head:
    """The first frame: what must be known before anything is read."""

    made_at: str
    product: str
    server: str
    reason: str
    migrations: list[str]
    tables: list[Table]
    format: int = FORMAT

    @property
    def at(self) -> datetime:
        """When the snapshot was taken."""
        return datetime.fromisoformat(self.made_at)

    def dump(self) -> bytes:
        """The frame's content."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, content: bytes) -> "Head":
        """The head in this content."""
        found: dict[str, Any] = json.loads(content)
        found["tables"] = [Table(**table) for table in found["tables"]]
        return cls(**found)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows (or files), how many bytes, and their checksum."""

    rows: int
    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The last frame: counts, checksums, and where the sequences stood."""

    tables: dict[str, Counted]
    files: Counted
    sequences: dict[str, int | None]
    missing_files: int = 0
    seconds: float = 0.0
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    def dump(self) -> bytes:
        """The frame's content."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, content: bytes) -> "Manifest":
        """The manifest in this content."""
        found: dict[str, Any] = json.loads(content)
        found["tables"] = {name: Counted(**table) for name, table in found["tables"].items()}
        found["files"] = Counted(**found["files"])
        return cls(**found)
