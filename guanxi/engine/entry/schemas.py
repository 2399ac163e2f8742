"""The shapes of sign-in rules and history in the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field


class SignInPolicy(Schema):
    """What the workspace demands of those who sign in."""

    password_policy: Literal["asvs", "mlps"]
    second_factor_roles: list[str]
    session_hours: int
    idle_minutes: int
    networks: list[str]
    sso_only: bool
    break_glass: list[UUID]


class RoleName(Schema):
    """A role that somebody can have."""

    key: str
    name: dict[str, str]


class SignInPolicyView(SignInPolicy):
    """The policy, the roles that it can speak of, and from where the caller sees it."""

    roles: list[RoleName]
    your_address: str


class SignInPolicyUpdate(Schema):
    """What to change of it; the rest stays."""

    password_policy: Literal["asvs", "mlps"] | None = None
    second_factor_roles: Annotated[list[str], Field(max_length=100)] | None = None
    session_hours: int | None = None
    idle_minutes: int | None = None
    networks: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=1000)] | None = None
    sso_only: bool | None = None
    break_glass: Annotated[list[UUID], Field(max_length=20)] | None = None


class Entry(Schema):
    """What the person still has to do before the workspace lets them in, and its password rules."""

    missing: list[Literal["single_sign_on", "second_factor", "password"]]
    password_policy: Literal["asvs", "mlps"]
    has_second_factor: bool
    single_sign_on: bool


class SignIn(Schema):
    """One sign-in, or attempt."""

    id: UUID
    at: datetime
    outcome: Literal["in", "failed", "locked"]
    ip: str
    agent: str
    is_this_device: bool


class SignIns(Schema):
    """The latest sign-ins, newest first."""

    data: list[SignIn]


class Device(Schema):
    """A browser that somebody is signed in with."""

    id: int
    ip: str
    agent: str
    signed_in_at: datetime


class MemberEntry(Schema):
    """How a member gets in: devices signed in now, the latest sign-ins, a second factor, a lock or none."""

    has_second_factor: bool
    locked_until: datetime | None
    devices: list[Device]
    sign_ins: list[SignIn]
