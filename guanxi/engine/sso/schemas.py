"""The shapes of single sign-on in the API."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from guanxi.engine.identity.schemas import Input

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Config = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=40)], Annotated[str, StringConstraints(max_length=20_000)]
    ],
    Field(max_length=20),
]
Domains = Annotated[list[Annotated[str, StringConstraints(max_length=260)]], Field(max_length=200)]
JoinRole = Literal["", "member", "manager", "read_only", "limited"]
Secret = Annotated[str, StringConstraints(max_length=2000)]


class SsoChoice(Schema):
    """One of the values to choose from."""

    value: str
    label: str


class SsoAsk(Schema):
    """One thing that a kind of provider must be told."""

    key: str
    label: str
    hint: str
    is_required: bool
    most: int
    choices: list[SsoChoice]


class SsoKind(Schema):
    """A kind of provider; `by_address`: its people are known by the domains of their addresses."""

    kind: str
    label: str
    secret_label: str
    by_address: bool
    has_metadata: bool
    asks: list[SsoAsk]


class SsoCertificate(Schema):
    """A certificate that the provider signs with."""

    subject: str
    since: datetime
    until: datetime
    fingerprint: str


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
    certificates: list[SsoCertificate]
    created_at: datetime


class SsoMetadata(Input):
    """The metadata of a SAML provider, as they stand or by their https address."""

    xml: Annotated[str, StringConstraints(max_length=2_000_000)] = ""
    url: Annotated[str, StringConstraints(max_length=2000)] = ""


class SsoFound(Schema):
    """What the metadata say, for `config`."""

    config: dict[str, str]


class SsoDomain(Schema):
    """A mail domain that ways in name, and how it is proven: by the TXT record `text` at `record`."""

    domain: str
    how: Literal["", "dns", "operator"]
    text: str
    record: str


class SsoDomainCheck(Input):
    """The domain to look at."""

    domain: Annotated[str, StringConstraints(max_length=260)]


class SsoConnections(Schema):
    """The ways in of the workspace, the kinds there are, the domains they name, and the page to sign in at."""

    data: list[SsoConnection]
    kinds: list[SsoKind]
    domains: list[SsoDomain]
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
