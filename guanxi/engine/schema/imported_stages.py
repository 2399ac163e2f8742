"""Stages that an import brings: where they go, and which of the first ones make room.

*Rules*: open stages go before the first closed one, in the order they are given. A pipeline that no record has
ever stood in is still the one the workspace began with: there the open stages that a package seeded
(`seeded_stages`), that nobody has changed and that the file does not mention are removed. Elsewhere nothing is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.schema.models import Pipeline, Stage
from guanxi.engine.schema.pipelines import InUse
from guanxi.engine.schema.rules import key_from
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry

_WON = frozenset({"won", "closed won", "赢单", "成交", "已成交", "赢"})
_LOST = frozenset({"lost", "closed lost", "输单", "丢单", "失败", "输"})


@dataclass(frozen=True, slots=True)
class SeededStages:
    """The stages, as columns of their rows, that a package gives an object's first pipeline."""

    object_key: str
    stages: Sequence[Mapping[str, Any]]


seeded_stages: Registry[SeededStages] = Registry("seeded stages", lambda seeded: seeded.object_key)


def add_stages(
    ctx: Ctx, object_key: str, labels: Sequence[str], *, mentioned: Collection[str] = (), in_use: InUse
) -> dict[str, str]:
    """Add stages to the default pipeline, their kind read from the name; gives `{label: key}`.

    `mentioned` are stages that the file needs. The caller bumps the schema afterwards.
    """
    chosen = Pipeline.objects.filter(object_key=object_key).order_by("-is_default", "position", "id").first()
    if chosen is None:
        chosen = Pipeline.objects.create(
            workspace_id=ctx.workspace.id, object_key=object_key, key="default", is_default=True,
            name={"zh-CN": "默认流程", "en": "Default"},
        )  # fmt: skip
    taken = set(Stage.objects.filter(object_key=object_key).values_list("key", flat=True))
    stages = list(Stage.objects.filter(pipeline=chosen).order_by("position", "id"))
    fresh = [_new(ctx, chosen, label, taken) for label in labels]
    if any(stage.kind == "open" for stage in fresh) and not in_use([stage.key for stage in stages]):
        leaving = [stage for stage in stages if stage.key not in mentioned and _is_as_seeded(stage)]
        Stage.objects.filter(id__in=[stage.id for stage in leaving]).delete()
        stages = [stage for stage in stages if stage not in leaving]
    first_closed = next((i for i, stage in enumerate(stages) if stage.kind != "open"), len(stages))
    stages[first_closed:first_closed] = [stage for stage in fresh if stage.kind == "open"]
    stages += [stage for stage in fresh if stage.kind != "open"]
    for position, stage in enumerate(stages):
        stage.position = position
        stage.save()
    return {label: stage.key for label, stage in zip(labels, fresh, strict=True)}


def _new(ctx: Ctx, pipeline: Pipeline, label: str, taken: set[str]) -> Stage:
    name = label.strip().casefold()
    kind = "won" if name in _WON else "lost" if name in _LOST else "open"
    key = key_from(label, taken)
    taken.add(key)
    return Stage(
        workspace_id=ctx.workspace.id, pipeline=pipeline, object_key=pipeline.object_key, key=key, kind=kind,
        name={"zh-CN": label[:100], "en": label[:100]}, probability={"won": 100, "lost": 0}.get(kind, 10),
    )  # fmt: skip


def _is_as_seeded(stage: Stage) -> bool:
    """True for an open stage that is still exactly as its package made it."""
    seeded = seeded_stages.find(stage.object_key)
    if seeded is None or stage.kind != "open":
        return False
    return any(
        all(getattr(stage, column) == value for column, value in columns.items()) for columns in seeded.stages
    )
