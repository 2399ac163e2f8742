"""Filling a workspace with the sample firm, and taking it away again."""

from dataclasses import dataclass, field, replace

from guanxi.domains.demo.aims import aims_as_given
from guanxi.domains.demo.cadences import plans_as_given
from guanxi.domains.demo.composing import make_plan, words_for
from guanxi.domains.demo.filling import Filler
from guanxi.domains.demo.ponds import fallen, pool_as_given
from guanxi.domains.demo.words import Words
from guanxi.domains.insight.customers import facade as insight
from guanxi.domains.sales.follow_up import facade as follow_up
from guanxi.domains.sales.pool import facade as pools
from guanxi.domains.sales.targets import facade as targets
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.store import samples
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record
from guanxi.kit.currencies import places
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

HAS_SAMPLE = Text("工作区里已经有示例数据。", "The workspace has sample data already.")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written, and who can sign in."""

    counts: dict[str, int]
    people: list[identity.SampleAccount]


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken away, and what stays because the firm's own data needs it."""

    counts: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    people_removed: int = 0
    people_kept: int = 0


def firm_name(locale: str) -> str:
    """What the sample firm is called."""
    return words_for(locale).firm


def fill(ctx: Ctx, *, password: str) -> Filled:
    """Fill the context's workspace; its sample people sign in with `password`.

    Written as of the start of today: a day gives the same firm at whatever hour it is filled.
    Runs in the caller's transaction, as the system. Raises Conflict when there is sample data already.
    """
    workspace = Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    if workspace.is_sample:
        raise Conflict(HAS_SAMPLE, code="has_sample")
    words = words_for(ctx.workspace.locale)
    decimals = places(ctx.workspace.currency)
    plan = make_plan(words, ctx.today.date(), ctx.workspace.zone, decimals=decimals)
    people = [identity.SamplePerson(p.key, p.name, p.role, p.team) for p in words.people]
    accounts = identity.add_sample_people(
        ctx, _teams(words), people, password=password, domain=words.mail_domain
    )
    night = replace(ctx, now=ctx.midnight)
    filler = Filler(night, plan, {key: account.user_id for key, account in accounts.items()})
    counts = filler.write()
    pools.add_sample(night, pool_as_given(), fallen(night, plan, filler.ids["customer"]))
    targets.add_sample(night, aims_as_given())
    follow_up.add_sample(night, plans_as_given())
    insight.compute_soon(ctx)
    workspace.is_sample = True
    workspace.save(update_fields=["is_sample"])
    return Filled(counts, list(accounts.values()))


def remove(ctx: Ctx) -> Removed:
    """Take the sample data away; runs in the caller's transaction, as the system.

    Kept are sample records that the firm's own records link to, and sample people who own records.
    """
    workspace = Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    kept = samples.find_kept(ctx)
    counts = samples.purge(ctx, kept)
    ctx = pools.remove_sample(ctx)
    targets.remove_sample(ctx)
    follow_up.remove_sample(ctx)
    insight.forget_runs(ctx)
    busy = samples.owners_among(ctx, identity.list_sample_people(ctx))
    removed, stayed = identity.remove_sample_people(ctx, _teams(words_for(ctx.workspace.locale)), keep=busy)
    workspace.is_sample = bool(kept)
    workspace.save(update_fields=["is_sample"])
    record(ctx, "samples.removed", count=sum(counts.values()), counts=counts)
    return Removed(counts, {key: len(ids) for key, ids in kept.items()}, removed, stayed)


def _teams(words: Words) -> list[identity.SampleTeam]:
    managers = {person.team: person.key for person in words.people if person.manages}
    return [identity.SampleTeam(t.key, t.name, t.parent, managers.get(t.key)) for t in words.teams]
