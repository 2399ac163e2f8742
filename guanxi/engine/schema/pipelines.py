"""Pipelines and their stages as an administrator edits them: always whole, in order.

*Rules*: a pipeline has at least one open, one won and one lost stage; a stage that records stand in is
not removed (the caller passes `in_use`, and moves them first where it was told where to); keys stay with their
stages. What a stage asks and tells is read by `guides`, which knows records and rights. Every change is one of
the object's schema (changes.py): of two people who edit a pipeline, the second is told.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Prefetch

from guanxi.engine.schema.changes import begin, check_version, finish
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.models import Pipeline, Stage
from guanxi.engine.schema.rules import key_from
from guanxi.engine.schema.usage import refuse_named
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, Invalid, NotFound, invalid
from guanxi.kit.text import Text

KINDS = ("open", "won", "lost")
MAX_STAGES = 50
MAX_PIPELINES = 50
MADE, CHANGED, GONE = "pipeline_created", "pipeline_changed", "pipeline_deleted"
BAD_STAGES = Text(
    "阶段应是一个列表，每项有名称，最多 {max} 个。", "Stages are a list, each with a name, at most {max}."
)
NEEDS_KINDS = Text(
    "流程至少要有一个进行中、一个赢单和一个输单阶段。",
    "A pipeline needs at least one open, one won and one lost stage.",
)
BAD_KIND = Text("阶段类型只能是进行中、赢单或输单。", "A stage is open, won or lost.")
BAD_PROBABILITY = Text("赢率应在 0 到 100 之间。", "The probability must be between 0 and 100.")
BAD_DAYS = Text("预计天数应是 1 到 3650 的整数。", "Expected days are a whole number from 1 to 3,650.")
NO_STAGES = Text(
    "这个对象没有阶段字段，不能有流程。", "This object has no field of stages, and so no pipelines."
)
NO_NAME = Text("请写名称。", "Give it a name.")
STAGE_IN_USE = Text(
    "还有记录在要删除的阶段里：{stages}。请选择移到哪个阶段。",
    "Records still stand in stages that are to go: {stages}. Say which stage they go to.",
)
HOW_MANY = Text("{stage}（{count} 条）", "{stage} ({count})")
LAST_PIPELINE = Text("至少要保留一个流程。", "At least one pipeline must stay.")
InUse = Callable[[Sequence[str]], Mapping[str, int]]
"""How many records stand in each of some stages; stages without any are left out."""
GuideReader = Callable[[Any], dict[str, Any]]
"""Reads what is said of a stage (`guide`) into its stored form; raises Invalid."""


def list_pipelines(ctx: Ctx, object_key: str) -> list[dict[str, Any]]:
    """The pipelines of an object with their stages, as the API shows them."""
    rows = Pipeline.objects.filter(object_key=object_key).order_by("position", "id")
    rows = rows.prefetch_related(Prefetch("stages", Stage.objects.order_by("position", "id")))
    return [as_json(ctx, row) for row in rows]


def as_json(ctx: Ctx, row: Pipeline) -> dict[str, Any]:
    """One pipeline; `version` is the object's, to say what a change is based on."""
    obj = get_schema(ctx).find(row.object_key)
    return {"id": str(row.id), "object": row.object_key, "key": row.key, "version": obj.version if obj else 1,
            **_said(row)}  # fmt: skip


def _said(row: Pipeline) -> dict[str, Any]:
    """What can be changed of a pipeline."""
    stages = [
        {"key": s.key, "name": s.name, "probability": float(s.probability), "kind": s.kind,
         "expected_days": s.expected_days, "color": s.color, "guide": s.guide}
        for s in sorted(row.stages.all(), key=lambda stage: (stage.position, stage.id))
    ]  # fmt: skip
    return {"name": row.name, "is_default": row.is_default, "stages": stages}


def create_pipeline(
    ctx: Ctx, object_key: str, name: Any, stages: Any, *, guides: GuideReader, is_default: bool = False
) -> Pipeline:
    """A new pipeline with its stages; raises Invalid, Forbidden."""
    ctx = begin(ctx)
    obj = get_schema(ctx).find(object_key)
    if obj is None or not any(f.type.type == "stage" for f in obj.fields.values()):
        raise invalid("object", "not_possible", NO_STAGES)
    label = _name(name, "name")
    existing = Pipeline.objects.filter(object_key=object_key)
    if existing.count() >= MAX_PIPELINES:
        raise invalid("name", "too_many", BAD_STAGES, max=MAX_PIPELINES)
    key = key_from(label["en"], existing.values_list("key", flat=True), prefix="pipeline")
    first = not existing.exists()
    row = Pipeline.objects.create(
        workspace_id=ctx.workspace.id, object_key=object_key, key=key, name=label, position=existing.count(),
        is_default=first or is_default,
    )  # fmt: skip
    _one_default(row)
    _write_stages(ctx, row, stages, in_use=lambda _: {}, guides=guides)
    finish(ctx, object_key, MADE, after=_said(_get(row.id)))
    return row


def update_pipeline(
    ctx: Ctx,
    pipeline_id: uuid.UUID,
    given: Mapping[str, Any],
    *,
    in_use: InUse,
    guides: GuideReader,
) -> Pipeline:
    """Change name, default and stages; raises NotFound, Invalid, Conflict."""
    ctx = begin(ctx)
    row = _get(pipeline_id)
    before = _said(row)
    if "name" in given:
        row.name = _name(given["name"], "name")
    if given.get("is_default"):
        row.is_default = True
    row.save()
    _one_default(row)
    if "stages" in given:
        _write_stages(ctx, row, given["stages"], in_use=in_use, guides=guides)
    finish(ctx, row.object_key, CHANGED, before=before, after=_said(_get(row.id)))
    return row


def check_based_on(ctx: Ctx, object_key: str, version: int) -> None:
    """Hold the schema; raise Conflict where somebody has changed a pipeline of the object since `version`."""
    check_version(begin(ctx), object_key, version, actions=(MADE, CHANGED, GONE))


def delete_pipeline(ctx: Ctx, pipeline_id: uuid.UUID, *, in_use: InUse) -> None:
    """Remove a pipeline that no record stands in; raises NotFound, Conflict."""
    ctx = begin(ctx)
    row = _get(pipeline_id)
    before = _said(row)
    others = Pipeline.objects.filter(object_key=row.object_key).exclude(id=row.id).order_by("position")
    following = others.first()
    if following is None:
        raise Conflict(LAST_PIPELINE, code="last_pipeline")
    _refuse_used(ctx, list(row.stages.all()), in_use)
    if row.is_default:
        following.is_default = True
        following.save()
    row.delete()
    finish(ctx, row.object_key, GONE, before=before)


def get_pipeline(pipeline_id: uuid.UUID) -> Pipeline:
    """The pipeline; raises NotFound."""
    return _get(pipeline_id)


def _get(pipeline_id: uuid.UUID) -> Pipeline:
    row = Pipeline.objects.filter(id=pipeline_id).first()
    if row is None:
        raise NotFound
    return row


def _one_default(row: Pipeline) -> None:
    if row.is_default:
        Pipeline.objects.filter(object_key=row.object_key).exclude(id=row.id).update(is_default=False)


def _write_stages(ctx: Ctx, row: Pipeline, given: Any, *, in_use: InUse, guides: GuideReader) -> None:
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_STAGES:
        raise invalid("stages", "wrong_type", BAD_STAGES, max=MAX_STAGES)
    known = {stage.key: stage for stage in row.stages.all()}
    taken = set(Stage.objects.filter(object_key=row.object_key).values_list("key", flat=True))
    kept: list[Stage] = []
    for i, item in enumerate(given):
        stage = _read_stage(ctx, row, item, i, known, taken)
        if "guide" in item:
            stage.guide = _guide(guides, item["guide"], f"stages.{i}.guide")
        stage.position = i
        kept.append(stage)
    if {stage.kind for stage in kept} != set(KINDS):
        raise invalid("stages", "needs_kinds", NEEDS_KINDS)
    staying = {stage.key for stage in kept}
    gone = [stage for key, stage in known.items() if key not in staying]
    _refuse_used(ctx, gone, in_use)
    Stage.objects.filter(id__in=[stage.id for stage in gone]).delete()
    for stage in kept:
        stage.save()


def _read_stage(
    ctx: Ctx, row: Pipeline, item: Any, index: int, known: dict[str, Stage], taken: set[str]
) -> Stage:
    at = f"stages.{index}"
    if not isinstance(item, Mapping):
        raise invalid(at, "wrong_type", BAD_STAGES, max=MAX_STAGES)
    label = _name(item.get("name"), f"{at}.name")
    kind = item.get("kind", "open")
    if kind not in KINDS:
        raise invalid(f"{at}.kind", "unknown_option", BAD_KIND)
    try:
        probability = Decimal(str(item.get("probability", {"won": 100, "lost": 0}.get(kind, 10))))
    except InvalidOperation:
        raise invalid(f"{at}.probability", "wrong_type", BAD_PROBABILITY) from None
    if not probability.is_finite() or not 0 <= probability <= 100:
        raise invalid(f"{at}.probability", "out_of_range", BAD_PROBABILITY)
    days = item.get("expected_days")
    if days is not None and (isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= 3650):
        raise invalid(f"{at}.expected_days", "out_of_range", BAD_DAYS)
    stage = known.get(str(item.get("key")))
    if stage is None:
        key = key_from(label["en"], taken, prefix="stage")
        taken.add(key)
        stage = Stage(workspace_id=ctx.workspace.id, pipeline=row, object_key=row.object_key, key=key)
    stage.name, stage.kind, stage.probability, stage.expected_days = label, kind, probability, days
    stage.color = str(item.get("color") or "")[:20]
    return stage


def _guide(guides: GuideReader, given: Any, at: str) -> dict[str, Any]:
    try:
        return guides(given)
    except Invalid as problem:
        raise Invalid(errors=[error.at(at) for error in problem.errors]) from problem


def _refuse_used(ctx: Ctx, stages: Sequence[Stage], in_use: InUse) -> None:
    """Raise Conflict while conditions ask for one of the stages, or records stand in it."""
    obj = get_schema(ctx).find(stages[0].object_key) if stages else None
    for f in obj.fields.values() if obj else ():
        if f.type.type == "stage":
            refuse_named(ctx, stages[0].object_key, f.key, [stage.key for stage in stages])
    used = in_use([stage.key for stage in stages]) if stages else {}
    if used:
        rows = [
            {"key": stage.key, "name": stage.name, "count": used[stage.key]}
            for stage in stages
            if stage.key in used
        ]
        said = [
            HOW_MANY.in_(ctx.locale, stage=Text.of(row["name"]), count=row["count"])
            for row in rows
        ]  # fmt: skip
        joiner = Text("、", ", ").in_(ctx.locale)
        raise Conflict(
            STAGE_IN_USE, code="stage_in_use", extra={"stages": rows}, stages=joiner.join(said)
        )  # fmt: skip


def _name(value: Any, at: str) -> dict[str, str]:
    text = Text.of(value) if isinstance(value, (str, Mapping)) and value else None
    if (
        text is None
        or not text.zh.strip()
        or any(len(said) > 100 or "\x00" in said for said in (text.zh, text.en))
    ):
        raise invalid(at, "required", NO_NAME)
    return text.as_dict()
