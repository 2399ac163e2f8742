"""The review queue: clusters with the records one may see, and what people say about them.

*How it works*: pages go by score and id. Of each cluster the viewer's visible, living records are read
through the query door; with fewer than two of them the cluster is passed over, and the page goes on.
"Different" is remembered for every pair with a fingerprint of what was compared.

*Rules*: pairs with a record one may not see are left out, and reasons of fields one may not read.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from guanxi.engine.access import rights
from guanxi.engine.finder.comparing import mark_of, values_of
from guanxi.engine.finder.models import DuplicateCluster, DuplicateDecision, DuplicateRun
from guanxi.engine.finder.running import latest
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.matching.rules import RULES
from guanxi.kit.text import Text

PAGE = 10
MAX_PAGE = 50
MAX_LOOKED = 10  # pages of clusters looked through for one page shown
MAX_TOGETHER = 30
STATES = ("open", "later")
DECISIONS = ("different", "later", "open")
BAD_STATE = Text("状态只能是 open 或 later。", "The state is open or later.")
BAD_CURSOR = Text("翻页标记不对，请从头再来。", "The cursor is not valid; start again.")
BAD_DECISION = Text("只能是 different、later 或 open。", "It is different, later or open.")
BAD_RECORDS = Text("这里需要这一组里的记录。", "Records of this cluster are needed here.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of the queue."""

    data: list[dict[str, Any]]
    next: str | None


def page(
    ctx: Ctx, object_key: str, *, state: str = "open", cursor: str | None = None, limit: int = PAGE
) -> Shown:
    """Clusters, the surest first, each with its records and why; raises Invalid."""
    obj = rights.get_object(ctx, object_key)
    if state not in STATES:
        raise invalid("state", "not_an_option", BAD_STATE)
    run = latest(ctx, obj.key)
    limit = max(1, min(limit, MAX_PAGE))
    rows = DuplicateCluster.objects.filter(
        workspace_id=ctx.workspace.id, object_key=obj.key, state=state
    ).order_by("-score", "id")
    position = _read_cursor(cursor)
    shown: list[dict[str, Any]] = []
    for _ in range(MAX_LOOKED):
        here = rows
        if position:
            here = rows.filter(Q(score__lt=position[0]) | Q(score=position[0], id__gt=position[1]))
        block = list(here[: limit + 1])
        seen = _records(ctx, obj, block[:limit])
        for cluster in block[:limit]:
            position = (cluster.score, cluster.id)
            found = _shown(ctx, obj, run, cluster, seen)
            if found:
                shown.append(found)
            if len(shown) == limit:
                break
        if len(shown) == limit or len(block) <= limit:
            more = len(block) > limit or (bool(block) and position != (block[-1].score, block[-1].id))
            return Shown(shown, f"{position[0]!r}:{position[1]}" if more and position else None)
    return Shown(shown, f"{position[0]!r}:{position[1]}" if position else None)


def _read_cursor(cursor: str | None) -> tuple[float, uuid.UUID] | None:
    if not cursor:
        return None
    score, _, text = cursor.partition(":")
    found = parse_id(text)
    try:
        number = float(score)
    except ValueError:
        number = -1.0
    if found is None or not 0 <= number <= 1:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return number, found


def _records(ctx: Ctx, obj: ObjectDef, clusters: Sequence[DuplicateCluster]) -> dict[str, dict[str, Any]]:
    ids = [uuid.UUID(i) for cluster in clusters for i in cluster.ids[:MAX_TOGETHER]]
    return {record["id"]: record for record in get_records(ctx, obj.key, ids)} if ids else {}


def _shown(
    ctx: Ctx,
    obj: ObjectDef,
    run: DuplicateRun | None,
    cluster: DuplicateCluster,
    seen: dict[str, dict[str, Any]],
) -> dict[str, Any] | None:
    records = [seen[i] for i in cluster.ids[:MAX_TOGETHER] if i in seen]
    if len(records) < 2 or run is None:
        return None
    readable = rights.readable(ctx, obj)
    words = {c.key: c for c in RULES[run.rule].comparisons}
    pairs = []
    for pair in cluster.pairs:
        if pair["a"] not in seen or pair["b"] not in seen:
            continue
        reasons = []
        for reason in pair["reasons"]:
            comparison = words.get(reason["field"])
            if comparison is None:
                continue
            keys = [key for role in comparison.roles for key in run.columns.get(role, ())]
            if not keys or any(key not in readable for key in keys):
                continue
            level = comparison.levels[comparison.index(reason["level"])]
            reasons.append({"fields": keys, "label": comparison.label.as_dict(), "level": level.key, "text": level.text.as_dict(),
                            "bits": reason["bits"]})  # fmt: skip
        pairs.append({"a": pair["a"], "b": pair["b"], "score": pair["score"], "reasons": reasons})
    return {"id": str(cluster.id), "score": cluster.score, "state": cluster.state, "size": len(records), "records": records,
            "pairs": pairs}  # fmt: skip


def decide(ctx: Ctx, object_key: str, cluster_id: uuid.UUID, given: dict[str, Any]) -> dict[str, Any]:
    """`{"decision", "records"}`: what a person says of a cluster, or of some of its records against the rest.

    Raises NotFound for a cluster of which one sees fewer than two records, Forbidden, Invalid.
    """
    obj = rights.get_object(ctx, object_key)
    cluster = (
        DuplicateCluster.objects.select_for_update()
        .filter(workspace_id=ctx.workspace.id, object_key=obj.key, id=cluster_id)
        .first()
    )
    seen = _records(ctx, obj, [cluster]) if cluster else {}
    if cluster is None or len(seen) < 2:
        raise NotFound
    if not rights.can(ctx, obj, "edit"):
        raise Forbidden
    decision = given.get("decision")
    if decision not in DECISIONS:
        raise invalid("decision", "not_an_option", BAD_DECISION)
    if decision != "different":
        cluster.state = decision
        cluster.save(update_fields=["state"])
        return {"id": str(cluster.id), "state": cluster.state}
    chosen = given.get("records")
    if chosen is not None and (
        not isinstance(chosen, list)
        or not chosen
        or any(not isinstance(i, str) or i not in seen for i in chosen)
    ):
        raise invalid("records", "wrong_type", BAD_RECORDS)
    run = latest(ctx, obj.key)
    _remember(ctx, obj, run, list(seen), chosen)
    rest = [i for i in cluster.ids if i not in set(chosen or seen)]
    if len(rest) > 1:
        cluster.ids = rest
        cluster.pairs = [p for p in cluster.pairs if p["a"] in rest and p["b"] in rest]
    else:
        cluster.state = "different"
    cluster.save(update_fields=["state", "ids", "pairs"])
    return {"id": str(cluster.id), "state": cluster.state}


def _remember(
    ctx: Ctx, obj: ObjectDef, run: DuplicateRun | None, ids: list[str], chosen: list[str] | None
) -> None:
    """Two and two are not the same: all of `ids`, or those chosen against all others."""
    if run is None:
        raise NotFound
    # Marks are of everything that is compared, as in a run, whatever this person may read.
    whole = system_ctx(ctx.workspace)
    env = environment(whole)
    records = get_records(whole, obj.key, [uuid.UUID(i) for i in ids])
    marks = {r["id"]: mark_of(values_of(r, obj, run.columns, env)) for r in records}
    pairs = {
        (min(a, b), max(a, b)) for a in (chosen or ids) for b in ids if a != b and a in marks and b in marks
    }
    now = timezone.now()
    DuplicateDecision.objects.bulk_create(
        [
            DuplicateDecision(workspace_id=ctx.workspace.id, object_key=obj.key, a_id=a, b_id=b, a_mark=marks[a], b_mark=marks[b],
                              decided_by=ctx.actor.user_id, decided_at=now)
            for a, b in sorted(pairs)
        ],
        update_conflicts=True, unique_fields=["workspace", "object_key", "a_id", "b_id"],
        update_fields=["a_mark", "b_mark", "decided_by", "decided_at"],
    )  # fmt: skip
