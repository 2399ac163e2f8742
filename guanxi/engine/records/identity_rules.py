"""Changing identity rules: what tells that two records are the same one, and what follows from it.

*How it works*: a change that asks for other keys (other fields, another normaliser, strict where it was
not) gets a new revision. From that moment the write door keeps the new keys for every record it writes,
while a job (rekeying.py) makes them for all others; the former definition stays in force until then. A
strict rule is switched on when no two records share a value; otherwise it waits, `blocked`, warning at
its doors, and names those records until an administrator has dealt with them and asks again.

*Rules*: administrators only; a standard rule can be changed and switched off, not removed.
"""

from collections.abc import Mapping
from typing import Any

from procrastinate.contrib.django import app

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.records.store.normalising import NORMALISERS
from guanxi.engine.schema.definitions import DOORS, FieldDef, IdentityRule, ObjectDef
from guanxi.engine.schema.facade import bumped, require_admin
from guanxi.engine.schema.identity_rules import rule_from_row
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import SchemaIdentity
from guanxi.engine.schema.registry import object_registry
from guanxi.engine.schema.rules import BAD_KEY, KEY
from guanxi.engine.schema.settings import label as read_label
from guanxi.engine.schema.settings import read_all
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, Invalid, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

REKEY = "records.rekey"
QUEUE = "maintenance"
MAX_RULES = 12
MAX_PARTS = 4
MAX_KEY = 36
MODES = ("strict", "warn", "off")
SETTINGS = ("label", "parts", "doors", "is_active")
NORMALISER_LABELS: Mapping[str, Text] = {
    "phone": Text("电话（统一格式）", "Phone number"),
    "email": Text("邮箱", "E-mail address"),
    "tax_number": Text("统一社会信用代码/税号", "Tax number"),
    "name": Text("名称（去掉“有限公司”等）", "Name without its legal form"),
    "company": Text("公司名（再去掉地区）", "Company name without legal form and region"),
    "person": Text("人名（去掉称呼）", "Person’s name without title"),
    "text": Text("文字（不计大小写和空格）", "Text, whatever its case and spaces"),
}
BAD_PARTS = Text(
    "请选择 1 到 {max} 个字段，每个字段配一种比较方式。",
    "Choose 1 to {max} fields, each with a way to compare it.",
)
BAD_FIELD = Text("字段「{field}」不能用于查重。", "The field “{field}” cannot be used to find duplicates.")
BAD_NORMAL = Text("字段「{field}」不能这样比较。", "The field “{field}” cannot be compared that way.")
TOO_COMMON = Text(
    "至少要有一个能认出对方的字段，例如名称、电话或邮箱。",
    "At least one field must tell who it is, such as a name, a phone number or an e-mail address.",
)
BAD_DOORS = Text("每个入口只能是 strict、warn 或 off。", "At each door a rule is strict, warn or off.")
BAD_FLAG = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
UNKNOWN = Text("没有这个设置。", "There is no such setting.")
TOO_MANY = Text("每个对象最多 {max} 条规则。", "An object has at most {max} rules.")
STANDARD = Text("内置规则不能删除，可以停用。", "A built-in rule cannot be removed. Switch it off instead.")
NOT_BLOCKED = Text("这条规则没有在等待处理重复。", "This rule is not waiting for duplicates to be resolved.")


def list_rules(ctx: Ctx, object_key: str) -> dict[str, Any]:
    """The rules of an object with their state, and what rules can be made of; raises NotFound, Forbidden."""
    require_admin(ctx, "rules")
    obj = get_object(ctx, object_key)
    rows = {
        row.key: row
        for row in SchemaIdentity.objects.filter(object_key=object_key).order_by("position", "id")
    }
    standard = _standard_rules(object_key)
    shown = [rows.get(key) or _as_row(ctx, object_key, rule) for key, rule in standard.items()]
    shown += [row for key, row in rows.items() if key not in standard]
    titles = _titles(ctx, obj, shown)
    return {
        "data": [_rule_json(ctx, obj, row, titles) for row in shown],
        "fields": [
            {"key": f.key, "label": f.label.as_dict(), "normals": normals}
            for f in obj.fields.values()
            if (normals := _normals_for(f))
        ],
        "normals": [{"key": key, "label": text.as_dict()} for key, text in NORMALISER_LABELS.items()],
        "doors": list(DOORS),
    }


def save_rule(ctx: Ctx, object_key: str, key: str, given: Mapping[str, Any]) -> Ctx:
    """Make or change a rule; its keys are made in the background. Raises Invalid, NotFound, Forbidden."""
    require_admin(ctx, "rules")
    obj = get_object(ctx, object_key)
    found = _read(obj, given)
    row = SchemaIdentity.objects.select_for_update().filter(object_key=object_key, key=key).first()
    declared = _standard_rules(object_key).get(key)
    is_new = row is None and declared is None
    if row is None:
        row = _as_row(ctx, object_key, declared) if declared else _new_row(ctx, obj, key, found)
    was_on = not is_new and row.is_active and row.state == "on"
    before = {"parts": row.parts, "doors": row.doors, "revision": row.revision} if was_on else None
    for name, value in found.items():
        setattr(row, name, value)
    if _needs_keys(row, before):
        row.former = before or row.former
        row.revision += 1
        row.state, row.report, row.done_count, row.total_count = "building", None, 0, 0
    if not row.is_active:
        row.former, row.state, row.report = None, "on", None
    row.save()
    start_rekeying(ctx, object_key, key)
    return bumped(ctx)


def delete_rule(ctx: Ctx, object_key: str, key: str) -> Ctx:
    """Remove a rule of the administrator's; raises Conflict for a standard one, NotFound."""
    require_admin(ctx, "rules")
    get_object(ctx, object_key)
    row = SchemaIdentity.objects.select_for_update().filter(object_key=object_key, key=key).first()
    if key in _standard_rules(object_key):
        raise Conflict(STANDARD, code="standard_rule")
    if row is None:
        raise NotFound
    row.delete()
    start_rekeying(ctx, object_key, key)
    return bumped(ctx)


def check_again(ctx: Ctx, object_key: str, key: str) -> None:
    """Look once more whether a blocked rule can be switched on; raises NotFound, Conflict."""
    require_admin(ctx, "rules")
    get_object(ctx, object_key)
    row = SchemaIdentity.objects.select_for_update().filter(object_key=object_key, key=key).first()
    if row is None:
        raise NotFound
    if row.state != "blocked":
        raise Conflict(NOT_BLOCKED, code="not_blocked")
    start_rekeying(ctx, object_key, key)


def start_rekeying(ctx: Ctx, object_key: str, key: str) -> None:
    """Have the worker bring the keys of a rule to what it declares, once this transaction commits."""
    task = app.configure_task(REKEY, queue=QUEUE, lock=f"{REKEY}:{ctx.workspace.id}:{object_key}:{key}")
    task.defer(workspace_id=str(ctx.workspace.id), object_key=object_key, key=key)


def _standard_rules(object_key: str) -> dict[str, IdentityRule]:
    obj = object_registry.find(object_key)
    return {rule.key: rule for rule in obj.identity} if obj else {}


def _as_row(ctx: Ctx, object_key: str, rule: IdentityRule) -> SchemaIdentity:
    """The row of a standard rule that nobody has changed yet (not saved)."""
    return SchemaIdentity(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        key=rule.key,
        standard=True,
        parts=[{"field": part.field, "normal": part.normal} for part in rule.parts],
        doors={door: rule.mode_at(door) for door in DOORS},
    )


def _new_row(ctx: Ctx, obj: ObjectDef, key: str, found: Mapping[str, Any]) -> SchemaIdentity:
    if not KEY.fullmatch(key) or len(key) > MAX_KEY:
        raise invalid("key", "bad_key", BAD_KEY)
    if "parts" not in found:
        raise invalid("parts", "required", BAD_PARTS, max=MAX_PARTS)
    if len({rule.key for rule in obj.identity}) >= MAX_RULES:
        raise invalid("key", "too_many", TOO_MANY, max=MAX_RULES)
    doors = dict.fromkeys(DOORS, "warn")
    return SchemaIdentity(workspace_id=ctx.workspace.id, object_key=obj.key, key=key, doors=doors)


def _needs_keys(row: SchemaIdentity, before: Mapping[str, Any] | None) -> bool:
    """True when the records' keys under the new definition are not those under the old one (None: none)."""
    if not row.is_active:
        return False
    if before is None:
        return True
    strict = {door for door, mode in row.doors.items() if mode == "strict"}
    was_strict = {door for door, mode in before["doors"].items() if mode == "strict"}
    return row.parts != before["parts"] or bool(strict) != bool(was_strict) or not strict <= was_strict


def _read(obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    for name in given:
        if name not in SETTINGS:
            raise invalid(name[:60], "unknown_setting", UNKNOWN)
    found, errors = read_all({"label": lambda value: read_label(value) if value else {}}, given)
    if errors:
        raise Invalid(errors=errors)
    if "is_active" in given:
        if not isinstance(given["is_active"], bool):
            raise invalid("is_active", "wrong_type", BAD_FLAG)
        found["is_active"] = given["is_active"]
    if "doors" in given:
        doors = given["doors"]
        if not isinstance(doors, Mapping) or any(
            door not in DOORS or mode not in MODES for door, mode in doors.items()
        ):
            raise invalid("doors", "wrong_type", BAD_DOORS)
        found["doors"] = {door: doors.get(door, "off") for door in DOORS}
    if "parts" in given:
        found["parts"] = _read_parts(obj, given["parts"])
    return found


def _read_parts(obj: ObjectDef, given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_PARTS:
        raise invalid("parts", "wrong_type", BAD_PARTS, max=MAX_PARTS)
    parts: list[dict[str, str]] = []
    for i, part in enumerate(given):
        name = part.get("field") if isinstance(part, Mapping) else None
        f = obj.fields.get(name) if isinstance(name, str) else None
        normals = _normals_for(f) if f is not None else []
        if f is None or not normals or f.key in {known["field"] for known in parts}:
            raise invalid(f"parts.{i}.field", "not_possible", BAD_FIELD, field=str(name)[:60])
        normal = part.get("normal") or normals[0]
        if normal not in normals:
            raise invalid(f"parts.{i}.normal", "not_possible", BAD_NORMAL, field=f.label)
        parts.append({"field": f.key, "normal": normal})
    if not any(obj.fields[part["field"]].type.can_be_unique for part in parts):
        raise invalid("parts", "too_common", TOO_COMMON)
    return parts


def _normals_for(f: FieldDef) -> list[str]:
    """The ways to compare a field's values, the fitting one first; none for fields that identify nobody."""
    if not f.in_row or f.system or f.hidden:
        return []
    if f.type.can_be_unique:
        fitting = f.type.type if f.type.type in NORMALISERS else "text"
        return list(dict.fromkeys([fitting, *NORMALISER_LABELS]))
    plain = not f.type.as_json_value and f.type.groupable and f.type.references in (None, "record")
    return ["text"] if plain else []


def _titles(ctx: Ctx, obj: ObjectDef, rows: list[SchemaIdentity]) -> dict[Any, Any]:
    wanted = {
        found
        for row in rows
        for group in (row.report or {}).get("sample", ())
        for i in group
        if (found := parse_id(i))
    }
    return titles_of(Compiler(ctx, obj), {obj.key: wanted}) if wanted else {}


def _rule_json(ctx: Ctx, obj: ObjectDef, row: SchemaIdentity, titles: Mapping[Any, Any]) -> dict[str, Any]:
    names = [part.field for part in rule_from_row(row).parts]
    # Which records are equal in a field tells of its values: numbers and records are for who sees these.
    told = all(rights.sees_values(ctx, obj, name) for name in names)
    progress, report = {"done": row.done_count, "total": row.total_count}, None
    if not told:
        progress = {"done": row.done_count * 100 // max(row.total_count, 1), "total": 100}
    if row.report and told:
        groups = [
            [titles[obj.key, found] for i in group if (found := parse_id(i)) and (obj.key, found) in titles]
            for group in row.report.get("sample", ())
        ]
        report = {"groups": row.report["groups"], "records": row.report["records"], "sample": groups}
    return {
        "key": row.key,
        "standard": row.standard,
        "label": row.label or None,
        "parts": [
            {
                **part,
                "label": obj.fields[part["field"]].label.as_dict() if part["field"] in obj.fields else None,
            }
            for part in row.parts
        ],
        "doors": row.doors,
        "is_active": row.is_active,
        "is_possible": all(name in obj.fields for name in names),
        "state": row.state,
        "progress": progress,
        "report": report,
    }
