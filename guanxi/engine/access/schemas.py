"""What goes in and out of `/roles` and `/access`, as it stands in the OpenAPI document."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

ScopeName = Literal["none", "own", "team", "team_below", "all"]
RightName = Literal["hidden", "masked", "read", "edit"]
Words = dict[str, str]
Label = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Names = Annotated[dict[Literal["zh-CN", "en"], Label], Field(max_length=2)]
Key = Annotated[str, StringConstraints(max_length=40)]


class Input(Schema):
    """A body that takes nothing but what it names."""

    model_config = ConfigDict(extra="forbid")


class ObjectLine(Schema):
    """What a role may do with the records of one object; what is left out is as in the line `*`."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    see: ScopeName | None = None
    create: bool | None = None
    edit: ScopeName | None = None
    delete: ScopeName | None = None
    export: ScopeName | None = None
    import_: bool | None = Field(default=None, alias="import")
    assign: ScopeName | None = None
    bulk: ScopeName | None = None
    merge: ScopeName | None = None


class RightsShape(Schema):
    """What a role gives: by object, by field, by action, and areas of the settings."""

    objects: dict[str, ObjectLine]
    fields: dict[str, dict[str, RightName]]
    actions: dict[str, bool]
    areas: list[str]


class RoleShape(Schema):
    """A role; `adjusted` built-in ones go back to what they were when they are deleted."""

    key: str
    name: Words
    note: Words
    template: str
    builtin: bool
    fixed: bool
    adjusted: bool
    position: int
    version: int
    people: int
    rights: RightsShape


class RoleList(Schema):
    """Every role."""

    data: list[RoleShape]


class RoleCreate(Input):
    """A new role: from `rights`, from a `template`, or a copy of another."""

    key: Key | None = None
    name: Names
    note: Names | None = None
    template: Key | None = None
    copy_of: Key | None = None
    rights: dict[str, Any] | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None


class RoleUpdate(Input):
    """Changes to a role, based on its `version` (0 for a built-in one that nobody has adjusted)."""

    version: int | None = None
    name: Names | None = None
    note: Names | None = None
    rights: dict[str, Any] | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None


class TemplateShape(Schema):
    """A role to start from."""

    key: str
    name: Words
    note: Words
    rights: RightsShape


class TemplateList(Schema):
    """Every template."""

    data: list[TemplateShape]


class _From(Schema):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: list[str] = Field(alias="from")


class Cell(_From):
    """How far a verb reaches, and the roles that say so."""

    scope: ScopeName


class FieldCell(_From):
    """What may be done with a field, and the roles that say so; `fixed` ones no role can hide."""

    key: str
    label: Words
    type: str
    sensitive: bool
    confidential: bool
    right: RightName
    fixed: bool


class ActionCell(_From):
    """Whether an action is allowed, and by which roles."""

    key: str
    label: Words
    verb: str
    allowed: bool


class AreaCell(_From):
    """Whether a part of the settings is open, and by which roles."""

    key: str
    label: Words
    help: Words
    open: bool


class ObjectRights(Schema):
    """One object's block of the matrix."""

    key: str
    label: Words
    shared: bool
    line_of: str | None
    verbs: dict[str, Cell]
    fields: list[FieldCell]
    actions: list[ActionCell]


class Matrix(Schema):
    """Everything that a person, or a role, may do."""

    roles: list[str]
    objects: list[ObjectRights]
    areas: list[AreaCell]


class TeamRef(Schema):
    """A team."""

    id: uuid.UUID
    name: str


class FieldRightOf(_From):
    """What somebody may do with the field that was asked about."""

    right: RightName


class WhoEntry(_From):
    """Somebody who may, how far, and by which roles."""

    id: uuid.UUID
    name: str
    role: str
    extra_roles: list[str]
    team: TeamRef | None
    scope: ScopeName
    field: FieldRightOf | None


class WhoList(Schema):
    """Who may."""

    data: list[WhoEntry]
    count: int


class DutiesAsked(Schema):
    """Somebody asks to put separated duties together again, and waits for somebody of another duty."""

    by: TeamRef
    until: datetime
    mine_to_confirm: bool


class AccessSettings(Schema):
    """Switches about rights; `separate_duties`: 等保三员, `asked`: what waits to be confirmed."""

    separate_duties: bool
    asked: DutiesAsked | None


class AccessSettingsUpdate(Input):
    """Changes to the switches."""

    separate_duties: bool
