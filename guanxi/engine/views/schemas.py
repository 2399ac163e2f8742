"""What goes in and out of `/views`, as it stands in the OpenAPI document."""

import uuid
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

Kind = Literal["table", "board", "calendar"]
Scope = Literal["personal", "team", "everyone"]
Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*$")
]
Position = Annotated[int, Field(ge=0, le=2**30)]


def _both(value: dict[str, str]) -> dict[str, str]:
    if not value or set(value) - {"zh-CN", "en"}:
        raise ValueError("a name has the languages zh-CN and en")
    return value


Name = Word | Annotated[dict[str, Word], AfterValidator(_both)]


class Column(Schema):
    """A column of a list; `width` in pixels."""

    field: str
    width: int | None = None


class ViewDefinition(Schema):
    """What a view shows: a filter tree, sort keys, columns, and what a board or a calendar is laid out by."""

    filter: Any = None
    sort: str | None = None
    columns: list[Column] = Field(default_factory=list)
    group_by: str | None = None
    density: Literal["compact", "default", "comfortable"] | None = None


class View(Schema):
    """A way to look at the records of an object.

    `mine` tells that the caller may change it; `broken` that its filter no longer fits the object (it
    shows nothing until somebody repairs it). Exactly one view of an object is the caller's default.
    """

    id: str
    object: str
    name: str | dict[str, str]
    kind: Kind
    scope: Scope
    team: uuid.UUID | None
    pinned: bool
    is_default: bool
    position: int
    mine: bool
    builtin: bool
    broken: bool
    version: int
    definition: ViewDefinition


class ViewList(Schema):
    """The views of an object."""

    data: list[View]


class ViewCreate(Schema):
    """A new view. `definition` holds filter, sort, columns, group_by and density."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[str, StringConstraints(max_length=60)]
    name: Name
    kind: Kind = "table"
    scope: Scope = "personal"
    team: uuid.UUID | None = None
    pinned: bool = False
    is_default: bool = False
    position: Position | None = None
    definition: dict[str, Any] = Field(default_factory=dict)


class ViewUpdate(Schema):
    """What to change; the definition is given whole. `version` may stand here instead of in If-Match."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    kind: Kind | None = None
    scope: Scope | None = None
    team: uuid.UUID | None = None
    pinned: bool | None = None
    is_default: bool | None = None
    position: Position | None = None
    definition: dict[str, Any] | None = None
    version: int | None = None
