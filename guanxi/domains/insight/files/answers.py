"""What a method answers about a file, and the roles its columns can have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guanxi.domains.insight.files.reading import Sheet
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

NO_ROLE = Text("没有「{role}」这个角色；有：{roles}", "There is no role “{role}”; there are: {roles}")
NEEDED = Text(
    "要说明哪一列是「{role}」：--map 列名={role}", "Say which column is “{role}”: --map COLUMN={role}"
)
TAKEN = Text("「{role}」给了两列。", "Two columns are given as “{role}”.")


@dataclass(frozen=True, slots=True)
class Answer:
    """A table (columns with names, rows in order), the parameters, the figures of how good it is, and what to know."""

    columns: list[tuple[str, Text]]
    rows: list[list[Any]]
    parameters: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def as_json(self, kind: str) -> dict[str, Any]:
        """For a file: rows by the columns' keys."""
        keys = [key for key, _ in self.columns]
        return {
            "kind": kind, "parameters": self.parameters, "metrics": self.metrics, "notes": self.notes,
            "rows": [dict(zip(keys, row, strict=True)) for row in self.rows],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a method: the sheet, the columns by role, the options, the language."""

    sheet: Sheet
    roles: Mapping[str, str]
    split: date | None = None
    months: int = 12
    discount: float = 0.1
    unit: str = "week"
    season: int | None = None
    horizon: int | None = None
    positive: str | None = None
    negative: str | None = None
    against: Sheet | None = None
    locale: str = "zh-CN"

    def needed(self, role: str) -> str:
        """The column of a role; raises Problem where none is given."""
        if role not in self.roles:
            raise Problem(NEEDED, code="role_needed", status=422, role=role)
        return self.roles[role]


@dataclass(frozen=True, slots=True)
class Kind:
    """A method that runs on files: its key, what it is called, its roles with the headers that mean them, how it runs."""

    key: str
    label: Text
    roles: Mapping[str, tuple[str, ...]]
    run: Callable[[Asked], Answer]


def roles_of(kind: Kind, sheet: Sheet, given: Mapping[str, str]) -> dict[str, str]:
    """Columns by role: those given (`{column: role}`), else those whose headers say so. Raises Problem."""
    found: dict[str, str] = {}
    for column, role in given.items():
        if role not in kind.roles:
            raise Problem(NO_ROLE, code="unknown_role", status=422, role=role, roles=", ".join(kind.roles))
        if role in found:
            raise Problem(TAKEN, code="role_taken", status=422, role=role)
        found[role] = sheet.name_of(column)
    if found:
        return found
    by_header = {_plain(name): name for name in sheet.table.columns}
    for role, headers in kind.roles.items():
        meant = [by_header[header] for header in (role, *headers) if header in by_header]
        if meant and meant[0] not in found.values():
            found[role] = meant[0]
    return found


def _plain(header: str) -> str:
    return "".join(sign for sign in header.lower() if sign.isalnum())
