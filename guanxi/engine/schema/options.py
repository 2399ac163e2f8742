"""Options of selects: reading what was given, and adding what an import found.

*Rules*: a value once used is never given to another option; labels may change at will.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.schema.definitions import Option
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.schema.rules import KEY, MAX_OPTIONS, key_from
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import TooLarge, invalid
from guanxi.kit.text import Text

BAD_OPTIONS = Text("选项应是一个列表，每项至少有名称。", "Options are a list, each with at least a label.")
DUPLICATE = Text("选项「{value}」重复了。", "The option “{value}” is given twice.")
TOO_LONG = Text(
    "选项「{option}…」太长，最多 {max} 个字。",
    "The option “{option}…” is too long: at most {max} characters.",
)
MAX_LABEL = 100
MAX_COLOR = 20


def read_options(given: Any, existing: Sequence[Option] = ()) -> list[dict[str, Any]]:
    """Options in their stored form from labels or `{value?, label, color?}`; raises Invalid."""
    if not isinstance(given, list):
        raise invalid("options", "wrong_type", BAD_OPTIONS)
    if len(given) > MAX_OPTIONS:
        raise TooLarge(code="too_many_options")
    taken = {option.value for option in existing}
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    for item in given:
        row = {"label": item} if isinstance(item, str) else item
        if not isinstance(row, Mapping) or not isinstance(row.get("label"), (str, Mapping)):
            raise invalid("options", "wrong_type", BAD_OPTIONS)
        label = Text.of(row["label"])
        if len(label.zh) > MAX_LABEL or len(label.en) > MAX_LABEL:
            raise invalid("options", "too_long", TOO_LONG, option=label.zh[:20], max=MAX_LABEL)
        if "\x00" in f"{label.zh}{label.en}":
            raise invalid("options", "wrong_type", BAD_OPTIONS)
        value = row.get("value") or key_from(label.en or label.zh, taken | seen)
        if not isinstance(value, str) or not label.zh or not (KEY.match(value) or value in taken):
            raise invalid("options", "wrong_type", BAD_OPTIONS)
        if value in seen:
            raise invalid("options", "duplicate", DUPLICATE, value=value)
        seen.add(value)
        known = next((option for option in existing if option.value == value), None)
        meta = dict(known.meta) if known else {}
        meta.pop("retired", None)
        if row.get("retired", known.retired if known and "retired" not in row else False) is True:
            meta["retired"] = True
        rows.append({**meta, "value": value, "label": label.as_dict(), "color": _color(row.get("color"))})
    return rows


def _color(given: Any) -> str:
    """A colour's name, or none where it is not one."""
    return given if isinstance(given, str) and len(given) <= MAX_COLOR and given.isprintable() else ""


def add_options(
    ctx: Ctx, object_key: str, field_key: str, options: Sequence[Option], labels: Sequence[str]
) -> dict[str, str]:
    """Add options to a select (keeping `options`), one a label; gives `{label: value}`.

    The caller bumps the schema afterwards (`facade.bumped`).
    """
    row, _ = SchemaField.objects.get_or_create(
        workspace_id=ctx.workspace.id, object_key=object_key, key=field_key, defaults={"standard": True}
    )
    kept = [{"value": o.value, "label": o.label.as_dict(), "color": o.color, **o.meta} for o in options]
    taken = {option.value for option in options}
    made: dict[str, str] = {}
    for label in labels:
        value = key_from(label, taken)
        taken.add(value)
        made[label] = value
        kept.append({"value": value, "label": {"zh-CN": label[:100], "en": label[:100]}, "color": ""})
    if len(kept) > MAX_OPTIONS:
        raise TooLarge(code="too_many_options")
    row.definition = {**row.definition, "options": kept}
    row.save()
    return made
