"""What goes in and out of the doors about people, as they stand in the OpenAPI document."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from guanxi.engine.identity.rules import SCOPES
from guanxi.kit.parsing import unfit
from guanxi.kit.text import Text

NOT_AN_EMAIL = Text("这不是邮箱地址。", "This is not an e-mail address.")


def _address(value: str) -> str:
    """An e-mail address as it is stored: in lower case; a complaint of the parser for any other text."""
    try:
        validate_email(value)
    except ValidationError as error:
        raise unfit("not_an_email", NOT_AN_EMAIL) from error
    return value.lower()


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),
    AfterValidator(_address),
    Field(json_schema_extra={"format": "email"}),
]
RoleName = Literal["admin", "manager", "member", "read_only", "limited"]
RoleKeys = Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=20)]
Status = Literal["active", "invited", "disabled"]
Locale = Literal["zh-CN", "en"]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")
]
WorkspaceName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class Input(Schema):
    """A body: unknown keys are refused, so that a misspelt or forbidden one is never silently dropped."""

    model_config = ConfigDict(extra="forbid")


class Ref(Schema):
    """Something named."""

    id: uuid.UUID
    name: str


class Count(Schema):
    """How many there are; `exact` is false past the limit that counting stops at."""

    value: int
    exact: bool


class Page(Schema):
    """Where the next page is."""

    next: str | None
    count: Count | None


class PersonMe(Schema):
    """The person signed in."""

    id: uuid.UUID
    name: str
    email: str
    locale: str
    theme: str
    preferences: dict[str, Any]


class WorkspaceMe(Schema):
    """The current workspace."""

    id: uuid.UUID
    name: str
    slug: str
    time_zone: str
    currency: str
    locale: str
    schema_version: int
    has_sample: bool


class WorkspaceChoice(Schema):
    """A workspace one may switch to."""

    id: uuid.UUID
    name: str
    slug: str
    role: RoleName


class CanMe(Schema):
    """What the web app offers beyond records."""

    settings: bool
    members: bool
    import_: bool = Field(serialization_alias="import")
    export: bool


class ViewingMe(Schema):
    """As whom a session looks (a person, or roles), until when, and who really looks."""

    name: str
    user: uuid.UUID | None
    roles: list[str]
    until: datetime
    by: Ref


class Me(Schema):
    """Who am I; `areas` are the parts of the settings that are open to me; `viewing` as whom I look."""

    user: PersonMe
    workspace: WorkspaceMe
    role: RoleName
    extra_roles: list[str]
    areas: list[str]
    team: Ref | None
    workspaces: list[WorkspaceChoice]
    can: CanMe
    viewing: ViewingMe | None = None


class MeUpdate(Input):
    """Changes to oneself; `preferences` are merged key by key, null removes one."""

    name: Name | None = None
    locale: Locale | None = None
    theme: Literal["light", "dark", "system"] | None = None
    preferences: dict[str, Any] | None = None


class WorkspaceSwitch(Input):
    """The workspace to work in from now on."""

    workspace: uuid.UUID


class Workspace(Schema):
    """The settings of the workspace."""

    id: uuid.UUID
    name: str
    slug: str
    time_zone: str
    currency: str
    locale: str
    member_scope: Literal["own", "team"]


class WorkspaceUpdate(Input):
    """Changes to the workspace."""

    name: WorkspaceName | None = None
    time_zone: str | None = Field(default=None, max_length=64)
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    locale: Locale | None = None
    member_scope: Literal["own", "team"] | None = None


class Member(Schema):
    """A person in the workspace; `email` is empty for somebody known by name only."""

    id: uuid.UUID
    member_id: uuid.UUID
    name: str
    email: str
    role: RoleName
    extra_roles: list[str]
    team: Ref | None
    manager: Ref | None
    status: Status
    last_seen_at: datetime | None


class MemberPage(Schema):
    """A page of members, by name."""

    data: list[Member]
    page: Page


class MemberInvite(Input):
    """Somebody to invite; without `email` the link is passed on by hand."""

    email: Email | None = None
    name: Name
    role: RoleName = "member"
    team: uuid.UUID | None = None


class MemberInvited(Member):
    """The member and the link, which is shown this once."""

    invite_url: str


class InvitationRenewal(Input):
    """A new link for somebody who has not joined yet, to a new address if one is given."""

    email: Email | None = None


class MemberUpdate(Input):
    """Changes to a member; null takes team or manager away."""

    role: RoleName | None = None
    extra_roles: RoleKeys | None = None
    team: uuid.UUID | None = None
    manager: uuid.UUID | None = None
    status: Literal["active", "disabled"] | None = None
    name: Name | None = None


class Team(Schema):
    """A team; the client builds the tree from `parent`."""

    id: uuid.UUID
    name: str
    parent: uuid.UUID | None
    manager: Ref | None
    member_count: int


class TeamList(Schema):
    """Every team, parents before children where names allow."""

    data: list[Team]


class TeamCreate(Input):
    """A new team."""

    name: Name
    parent: uuid.UUID | None = None
    manager: uuid.UUID | None = None


class TeamUpdate(Input):
    """Changes to a team; null takes parent or manager away."""

    name: Name | None = None
    parent: uuid.UUID | None = None
    manager: uuid.UUID | None = None


class Token(Schema):
    """A key to the API, without its secret."""

    id: uuid.UUID
    name: str
    scopes: list[Literal["read", "write"]]
    prefix: str
    expires_at: datetime | None
    last_used_at: datetime | None


class TokenMade(Token):
    """The new key; `token` is shown this once."""

    token: str


class TokenList(Schema):
    """One's own keys to this workspace."""

    data: list[Token]


class TokenCreate(Input):
    """A new key."""

    name: Name
    scopes: list[Literal["read", "write"]] = Field(
        default_factory=lambda: list(SCOPES), min_length=1, max_length=2
    )
    expires_at: datetime | None = None


class DemoAccount(Schema):
    """How anybody signs in to the sample firm of this installation."""

    email: str
    password: str


class SetupState(Schema):
    """What the first page needs to know."""

    needs_setup: bool
    sign_up_open: bool
    demo: bool
    demo_account: DemoAccount | None = None
    version: str


class SetupRequest(Input):
    """The first workspace and its administrator."""

    token: str = Field(max_length=200)
    workspace_name: WorkspaceName
    name: Name
    email: Email
    password: Password


class InvitationState(Schema):
    """What an invitation link leads to. `has_account` is told to links that came by mail only."""

    workspace: dict[str, str]
    email: str
    invited_by: str | None
    has_account: bool | None


class InvitationAccept(Input):
    """Taking up an invitation: empty as the person signed in, else the new account's name and password."""

    name: Name | None = None
    password: Password | None = None
    email: Email | None = None


class SignedIn(Schema):
    """The workspace joined; `signed_in` is false when the address has to be confirmed first."""

    signed_in: bool
    workspace: Ref
