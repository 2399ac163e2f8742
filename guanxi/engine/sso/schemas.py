"""The shapes of single sign-on in the API."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from guanxi.engine.identity.schemas import Input

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Config = Annotated[
    dict[Annotated[str, StringConstraints(max_length=40)], Annotated[str, StringConstraints(max_length=500)]],
    Field(max_length=20),
]
Domains = Annotated[list[Annotated[str, StringConstraints(max_length=260)]], Field(max_length=200)]
JoinRole = Literal["", "member", "manager", "read_only", "limited"]
Secret = Annotated[str, StringConstraints(max_length=2000)]


class SsoAsk(Schema):
    """One thing that a kind of provider must be told."""

    key: str
    label: str
    hint: str


class SsoKind(Schema):
    """A kind of provider; `by_address`: its people are known by the domains of their addresses."""

    kind: str
    label: str
    secret_label: str
    by_address: bool
    asks: list[SsoAsk]


class SsoConnection(Schema):
    """A way in, without its secret. `back` is the address to register with the provider."""

    id: uuid.UUID
    kind: str
    label: str
    is_on: bool
    config: dict[str, str]
    has_secret: bool
    domains: list[str]
    join_role: JoinRole
    trusts_addresses: bool
    trusts_factor: bool
    back: str
    people: int
    created_at: datetime


class SsoConnections(Schema):
    """The ways in of the workspace, the kinds there are, and the page to sign in at."""

    data: list[SsoConnection]
    kinds: list[SsoKind]
    sign_in_page: str


class SsoConnectionCreate(Input):
    """A new way in; it starts switched off."""

    kind: Annotated[str, StringConstraints(max_length=20)]
    label: Short
    config: Config = Field(default_factory=dict)
    secret: Secret | None = None
    domains: Domains = Field(default_factory=list)
    join_role: JoinRole = ""
    trusts_addresses: bool = False
    trusts_factor: bool = False


class SsoConnectionUpdate(Input):
    """What to change; the rest stays, the secret too. An empty secret removes it."""

    label: Short | None = None
    is_on: bool | None = None
    config: Config | None = None
    secret: Secret | None = None
    domains: Domains | None = None
    join_role: JoinRole | None = None
    trusts_addresses: bool | None = None
    trusts_factor: bool | None = None


class SignInWay(Schema):
    """A button on the sign-in page."""

    kind: str
    label: str
    url: str


class SignInWays(Schema):
    """How the people of a workspace come in."""

    workspace: str
    sso_only: bool
    ways: list[SignInWay]
