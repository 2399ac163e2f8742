"""What counts as good data of an object: weights of the dimensions, important fields, review rhythm.

*How it works*: what an administrator has not set is the default: the weights of rules.py, 90 days, and as
important fields those that are required or tell who it is (weight 3) or stand in the list (weight 1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from guanxi.engine.access import rights
from guanxi.engine.quality.models import QualitySettings
from guanxi.engine.quality.rules import (
    DEFAULT_REVIEW_DAYS,
    DEFAULT_WEIGHTS,
    DIMENSIONS,
    WEIGHT_LISTED,
    WEIGHT_NEEDED,
)
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import require_admin
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import FieldError, Invalid, StaleVersion
from guanxi.kit.text import Text

MAX_FIELDS = 40
MAX_WEIGHT = 100
MAX_DAYS = 3650
NAMES = ("weights", "fields", "review_days")
UNKNOWN = Text("没有这个设置。", "There is no such setting.")
BAD_WEIGHTS = Text(
    "这里需要各项的权重，0 到 {max} 的整数，不能全是 0。",
    "Weights are whole numbers from 0 to {max}, not all of them 0.",
)
BAD_FIELDS = Text("请选择 1 到 {max} 个字段。", "Choose 1 to {max} fields.")
BAD_FIELD = Text("字段「{field}」不能算作重要字段。", "The field “{field}” cannot be an important one.")
BAD_DAYS = Text("天数应在 1 到 {max} 之间。", "Days must be from 1 to {max}.")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; `version` is what a change is based on."""

    weights: Mapping[str, int]
    fields: Mapping[str, int]
    review_days: int
    version: int = 1

    def as_json(self) -> dict[str, Any]:
        """The settings in the API."""
        return {
            "weights": dict(self.weights),
            "fields": dict(self.fields),
            "review_days": self.review_days,
            "version": self.version,
        }


def can_matter(f: FieldDef) -> bool:
    """True when somebody can see to it that the field is filled, and lists can ask whether it is."""
    return not (f.system or f.readonly or f.hidden or f.computed) and "is_empty" in f.type.operators


def settings_of(ctx: Ctx, obj: ObjectDef) -> Settings:
    """The settings of an object."""
    row = QualitySettings.objects.filter(workspace_id=ctx.workspace.id, object_key=obj.key).first()
    return _in_force(ctx, obj, row)


def save_settings(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any], version: int) -> Settings:
    """Change some of the settings (None: back to the default); raises Forbidden, Invalid, StaleVersion."""
    require_admin(ctx, "quality")
    errors = [FieldError(name[:60], "unknown_setting", UNKNOWN) for name in given if name not in NAMES]
    weights, fields, days = (given.get(name) for name in NAMES)
    if weights is not None and not _are_weights(weights, set(DIMENSIONS)):
        errors.append(FieldError("weights", "bad_weights", BAD_WEIGHTS, {"max": MAX_WEIGHT}))
    if fields is not None:
        errors += _check_fields(ctx, obj, fields)
    if days is not None and (
        isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MAX_DAYS
    ):
        errors.append(FieldError("review_days", "out_of_range", BAD_DAYS, {"max": MAX_DAYS}))
    if errors:
        raise Invalid(errors=errors)
    kept = _kept(ctx, obj, given, version)
    record(ctx, "settings.changed", object_key=obj.key, area="quality", given=dict(given))
    return _in_force(ctx, obj, kept)


def _kept(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any], version: int) -> QualitySettings:
    mine = {"workspace_id": ctx.workspace.id, "object_key": obj.key}
    row = QualitySettings.objects.select_for_update().filter(**mine).first()
    if row is None:
        row = QualitySettings(**mine)
    if row.version != version:
        raise StaleVersion(extra={"current": row.version})
    for name in given:
        setattr(row, name, given[name])
    row.version = version + 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # somebody else has just made the first ones
        raise StaleVersion(extra={"current": version + 1}) from None
    return row


def _in_force(ctx: Ctx, obj: ObjectDef, row: QualitySettings | None) -> Settings:
    readable = rights.readable(ctx, obj)
    chosen = row.fields if row is not None and row.fields else _default_fields(obj)
    fields = {k: w for k, w in chosen.items() if k in readable and can_matter(readable[k])}
    if row is None:
        return Settings(DEFAULT_WEIGHTS, fields, DEFAULT_REVIEW_DAYS)
    weights = DEFAULT_WEIGHTS if row.weights is None else row.weights
    return Settings(weights, fields, row.review_days or DEFAULT_REVIEW_DAYS, row.version)


def _default_fields(obj: ObjectDef) -> dict[str, int]:
    telling = {part.field for rule in obj.identity for part in rule.parts}
    needed = [k for k, f in obj.fields.items() if f.required or k in telling or k == obj.title_field]
    listed = [k for k, f in obj.fields.items() if f.in_list and k not in needed]
    found = dict.fromkeys(needed, WEIGHT_NEEDED) | dict.fromkeys(listed, WEIGHT_LISTED)
    return {k: w for k, w in found.items() if k in obj.fields and can_matter(obj.fields[k])} or {
        obj.title_field: WEIGHT_NEEDED
    }


def _check_fields(ctx: Ctx, obj: ObjectDef, fields: Any) -> list[FieldError]:
    if not isinstance(fields, Mapping) or not 1 <= len(fields) <= MAX_FIELDS:
        return [FieldError("fields", "wrong_type", BAD_FIELDS, {"max": MAX_FIELDS})]
    readable = rights.readable(ctx, obj)
    wrong = [key for key in fields if key not in readable or not can_matter(readable[key])]
    errors = [FieldError(f"fields.{key[:40]}", "bad_field", BAD_FIELD, {"field": key[:40]}) for key in wrong]
    if not errors and not _are_weights(fields, set(fields)):
        errors.append(FieldError("fields", "bad_weights", BAD_WEIGHTS, {"max": MAX_WEIGHT}))
    return errors


def _are_weights(given: Any, keys: set[str]) -> bool:
    return (
        isinstance(given, Mapping)
        and set(given) == keys
        and all(type(w) is int and 0 <= w <= MAX_WEIGHT for w in given.values())
        and any(given.values())
    )
