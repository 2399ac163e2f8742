"""What goes in and out of `/pools`, as it stands in the OpenAPI document."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from guanxi.domains.sales.pool.rules import MAX_DAYS
from guanxi.engine.access.schemas import Input, Key, Names, Words

Count = Annotated[int, Field(ge=0, le=1_000_000)]
Days = Annotated[int, Field(ge=0, le=MAX_DAYS)]
MemberKind = Literal["everyone", "user", "team"]


class MemberIn(Input):
    """Everyone, a person, or a team with those below it."""

    kind: MemberKind
    id: uuid.UUID | None = None
    manages: bool = False


class LimitsIn(Input):
    """What a pool allows; null: any number."""

    daily: Count | None = None
    held: Count | None = None
    team_daily: Count | None = None
    team_held: Count | None = None
    cooldown_days: Days = 0
    protection_days: Days = 0


class RuleIn(Input):
    """Records fall into the pool so many days after the event that `kind` names."""

    id: uuid.UUID | None = None
    kind: Key
    days: int
    workdays: bool = False
    filter: Any = None
    warn_days: int = 0
    enabled: bool = False


class PoolCreate(Input):
    """A pool of an object's records."""

    object: Key
    name: Names
    position: int = Field(default=0, ge=0, le=10_000)
    filter: Any = None
    exempt: Any = None
    spare_open_deals: bool = True
    members: list[MemberIn] = Field(default_factory=list)
    limits: LimitsIn = LimitsIn()
    hidden_fields: list[Key] = Field(default_factory=list)
    claimable: bool = True
    rules: list[RuleIn] = Field(default_factory=list)


class PoolOrder(Input):
    """The keys of all pools, the one that takes first in front."""

    keys: list[Key] = Field(max_length=200)


class PoolUpdate(Input):
    """Changes to a pool, based on its `version`; members, limits and rules are replaced as a whole."""

    version: int | None = None
    name: Names | None = None
    position: int | None = Field(default=None, ge=0, le=10_000)
    filter: Any = None
    exempt: Any = None
    spare_open_deals: bool | None = None
    members: list[MemberIn] | None = None
    limits: LimitsIn | None = None
    hidden_fields: list[Key] | None = None
    claimable: bool | None = None
    rules: list[RuleIn] | None = None


class MemberOut(Schema):
    """Who is in a pool."""

    kind: MemberKind
    id: uuid.UUID | None
    manages: bool


class LimitsOut(Schema):
    """What a pool allows."""

    daily: int | None
    held: int | None
    team_daily: int | None
    team_held: int | None
    cooldown_days: int
    protection_days: int


class RuleOut(Schema):
    """A recycle rule."""

    id: uuid.UUID
    kind: str
    days: int
    workdays: bool
    filter: Any
    warn_days: int
    enabled: bool


class PoolSetup(Schema):
    """A pool as who sets it up has it."""

    object: str
    key: str
    name: Words
    filter: Any
    exempt: Any
    spare_open_deals: bool
    members: list[MemberOut]
    limits: LimitsOut
    hidden_fields: list[str]
    claimable: bool
    rules: list[RuleOut]
    version: int
    broken: bool


class PoolBrief(Schema):
    """A pool as its members know it."""

    key: str
    name: Words
    object: str
    manages: bool
    claimable: bool
    sets_up: bool


class PoolList(Schema):
    """The pools that are open to the caller."""

    data: list[PoolBrief]


class LimitUsed(Schema):
    """A limit and how much of it the caller (or their team) has used."""

    key: Literal["daily", "held", "team_daily", "team_held"]
    limit: int
    used: int


class Counted(Schema):
    """A number, exact or at least that."""

    value: int
    exact: bool


class PoolShape(PoolBrief):
    """A pool, how many records it holds, and how many more the caller may claim (null: any number)."""

    limits: list[LimitUsed]
    cooldown_days: int
    protection_days: int
    left: int | None
    left_by: str
    count: Counted


class PoolField(Schema):
    """A column of a pool's list."""

    key: str
    label: Words
    masked: bool


class PageShape(Schema):
    """Where the next page begins, and how many there are."""

    next: str | None
    count: Counted | None


class PooledList(Schema):
    """Records of a pool; each has its `id`, its `title` and the `fields`."""

    fields: list[PoolField]
    data: list[dict[str, Any]]
    page: PageShape


class Claim(Input):
    """Records to be claimed."""

    ids: list[uuid.UUID] = Field(max_length=100)


class Person(Schema):
    """A person."""

    id: uuid.UUID
    name: str


class RefusedClaim(Schema):
    """Why a record was not claimed; `owner`: who was quicker."""

    id: uuid.UUID
    code: str
    message: str
    owner: Person | None = None


class Claimed(Schema):
    """What was claimed, and what was not."""

    claimed: list[uuid.UUID]
    refused: list[RefusedClaim]


class HandOut(Input):
    """Records to be dealt out to people, one by one."""

    ids: list[uuid.UUID] = Field(max_length=5000)
    people: list[uuid.UUID] = Field(max_length=200)


class HandedOut(Schema):
    """How many each got; `gone` were in the pool no longer."""

    given: dict[str, int]
    gone: int


class OwnerChange(Schema):
    """A record went from one owner (or a pool) to another."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    at: datetime
    action: str
    actor: Person | None
    from_: Person | None = Field(alias="from")
    to: Person | None
    from_pool: str | None
    to_pool: str | None
    reason: str | None
    note: str | None


class OwnerList(Schema):
    """The last owners of a record, newest first."""

    data: list[OwnerChange]


class OwnerCount(Schema):
    """How many of somebody's records."""

    person: Person
    count: int


class SimulatedRecord(Schema):
    """A record that the rule would take, and since when its days count."""

    id: uuid.UUID
    title: str
    owner: Person
    since: date


class Simulated(Schema):
    """What a rule would do tonight, of the records that the caller sees (`whole`: of all).

    Nothing is counted (null) where it goes by what the caller does not read.
    """

    due: int | None
    warned: int | None
    whole: bool
    owners: list[OwnerCount]
    sample: list[SimulatedRecord]
