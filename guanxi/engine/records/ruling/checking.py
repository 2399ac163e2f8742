"""What an administrator may say in a rule, a validation or a layout: read, checked, in its stored form.

*How it works*: one reader a setting, as for objects and fields (schema/settings.py); all complaints come
together, each at its path (`effects.1.fields`). Conditions are compiled as they will be later.

*Rules*: what is stored can be used without a check by every process. A field that cannot be filled in is
not made required, the title is not hidden, and a validation always has a condition: each of them would
refuse every save.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler, environment
from guanxi.engine.records.query.present import reference_of
from guanxi.engine.records.ruling.checking_formulas import calculated, must_be_true
from guanxi.engine.schema import settings
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.form_rules import EFFECT_KINDS, LISTING, own_fields
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

MAX_EFFECTS = 20
MAX_FIELDS = 100
MAX_MESSAGE = 300
SEVERITIES = ("error", "warning")

BAD_VALUE = Text("这个值不对。", "This value is not valid.")
UNKNOWN_SETTING = Text("没有这个设置。", "There is no such setting.")
UNKNOWN_FIELD = Text("没有「{field}」这个字段。", "There is no field “{field}”.")
NEEDS_CONDITION = Text(
    "请写条件：没有条件的校验会让每次保存都失败。",
    "Give a condition: without one every save would be refused.",
)
ONE_OF_BOTH = Text("条件和公式只能写一个。", "Give a condition or a formula, not both.")
NEEDS_EFFECT = Text("请说明条件成立时做什么。", "Say what happens while the condition holds.")
NOT_FILLABLE = Text("「{field}」不由人填写，不能这样设置。", "“{field}” is not filled in by people.")
TITLE_STAYS = Text("「{field}」是标题，不能隐藏。", "“{field}” is the title and cannot be hidden.")
NO_OPTIONS = Text("「{field}」没有选项。", "“{field}” has no options.")
UNKNOWN_OPTION = Text("「{value}」不在选项里。", "“{value}” is not one of the options.")
NO_LINKS = Text(
    "条件里不能用多条关联字段「{field}」。", "“{field}” holds many links; a rule cannot look at it."
)
OTHER_KIND = Text("「{source}」的值不能放进「{field}」。", "The value of “{source}” does not fit “{field}”.")


def read_field_rule(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given settings of a field rule as they are stored; raises Invalid."""
    readers: dict[str, Callable[[Any], Any]] = _shared(ctx, obj) | {
        "effects": lambda value: effects(ctx, obj, value)
    }
    return read_settings(readers, given)


def read_validation(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given settings of a validation as they are stored; raises Invalid."""
    readers: dict[str, Callable[[Any], Any]] = _shared(ctx, obj) | {
        "condition": lambda value: condition(ctx, obj, value),
        "formula": lambda value: must_be_true(ctx, obj, value),
        "message": lambda value: settings.label(value, longest=MAX_MESSAGE),
        "field": lambda value: _field(ctx, obj, value).key,
        "severity": lambda value: one_of(value, SEVERITIES),
    }
    found = read_settings(readers, given)
    if "condition" not in found and "formula" not in found:
        return found
    stated = [name for name in ("condition", "formula") if found.get(name)]
    if len(stated) != 1:
        name, text = ("formula", ONE_OF_BOTH) if stated else ("condition", NEEDS_CONDITION)
        raise invalid(name, "not_possible" if stated else "required", text)
    return {"condition": None, "formula": "", **found}


def _shared(ctx: Ctx, obj: ObjectDef) -> dict[str, Callable[[Any], Any]]:
    return {
        "name": settings.label,
        "condition": lambda value: condition(ctx, obj, value),
        "enabled": settings.flag,
        "position": settings.position,
    }


def read_settings(readers: Mapping[str, Callable[[Any], Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """Each given setting through its reader; raises Invalid with all complaints."""
    found: dict[str, Any] = {}
    errors = [
        FieldError(str(name)[:60], "unknown_setting", UNKNOWN_SETTING)
        for name in given
        if name not in readers
    ]
    for name, read in readers.items():
        if name not in given:
            continue
        try:
            found[name] = read(given[name])
        except Refusal as refusal:
            errors.append(FieldError(name, refusal.code, refusal.text, refusal.values))
        except Invalid as problem:
            errors += problem.errors or [FieldError(name, problem.code, problem.text, problem.values)]
    if errors:
        raise Invalid(errors=errors)
    return found


def condition(ctx: Ctx, obj: ObjectDef, given: Any) -> Any:
    """A filter tree that compiles for this object; None for an empty one. Raises Invalid or Refusal."""
    if given in (None, {}, []) or given in ({"and": []}, {"or": []}):
        return None
    try:
        Compiler(ctx, obj).where(given)
    except Invalid as problem:
        errors = [
            FieldError(f"condition{e.field.removeprefix('filter')}", e.code, e.text, e.values)
            for e in problem.errors
        ]
        raise Invalid(problem.text, code=problem.code, errors=errors) from problem
    for key in own_fields(given):
        known = obj.fields.get(key)
        if known is not None and known.type.storage == "links":
            raise Refusal("not_possible", NO_LINKS, field=known.label.in_(ctx.locale))
    return given


def effects(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    """The effects of a rule; raises Invalid with the paths of all that is wrong."""
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_EFFECTS:
        raise Refusal("required", NEEDS_EFFECT)
    found, errors = [], []
    for i, item in enumerate(given):
        try:
            found.append(_effect(ctx, obj, item))
        except Refusal as refusal:
            errors.append(FieldError(f"effects.{i}", refusal.code, refusal.text, refusal.values))
        except Invalid as problem:
            errors += [FieldError(f"effects.{i}", e.code, e.text, e.values) for e in problem.errors]
    if errors:
        raise Invalid(errors=errors)
    return found


def _effect(ctx: Ctx, obj: ObjectDef, given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise Refusal("wrong_type", BAD_VALUE)
    kind = one_of(given.get("kind"), EFFECT_KINDS)
    if kind in LISTING:
        keys = given.get("fields")
        if not isinstance(keys, list) or not 1 <= len(keys) <= MAX_FIELDS:
            raise Refusal("wrong_type", BAD_VALUE)
        fields = [_field(ctx, obj, key) for key in keys]
        for f in fields:
            _check_listed(ctx, obj, kind, f)
        return {"kind": kind, "fields": list(dict.fromkeys(f.key for f in fields))}
    f = _fillable(ctx, _field(ctx, obj, given.get("field")))
    if kind == "default":
        return {"kind": kind, "field": f.key, **_default(ctx, obj, f, given)}
    if kind == "options":
        return {"kind": kind, "field": f.key, "options": _options(ctx, f, given.get("options"))}
    by = _field(ctx, obj, given.get("by"))
    if not by.type.has_options or by.type.as_json_value or by.key == f.key:
        raise Refusal("not_possible", NO_OPTIONS, field=by.label.in_(ctx.locale))
    table = given.get("table")
    if not isinstance(table, Mapping) or not table:
        raise Refusal("wrong_type", BAD_VALUE)
    _options(ctx, by, list(table))
    return {"kind": kind, "field": f.key, "by": by.key,
            "table": {key: _options(ctx, f, values) for key, values in table.items()}}  # fmt: skip


def _check_listed(ctx: Ctx, obj: ObjectDef, kind: str, f: FieldDef) -> None:
    if kind in ("require", "readonly"):
        _fillable(ctx, f)
    elif f.key == obj.title_field or (f.system and f.key != "owner"):
        raise Refusal("not_possible", TITLE_STAYS, field=f.label.in_(ctx.locale))


def _fillable(ctx: Ctx, f: FieldDef) -> FieldDef:
    if not rights.is_writable(ctx, f) or f.type.always_readonly or f.computed or f.type.storage == "none":
        raise Refusal("not_possible", NOT_FILLABLE, field=f.label.in_(ctx.locale))
    return f


def _options(ctx: Ctx, f: FieldDef, given: Any) -> list[str]:
    if not f.type.has_options:
        raise Refusal("not_possible", NO_OPTIONS, field=f.label.in_(ctx.locale))
    if not isinstance(given, list) or not given or not all(isinstance(item, str) for item in given):
        raise Refusal("wrong_type", BAD_VALUE)
    unknown = next((item for item in given if item not in f.option_values), None)
    if unknown is not None:
        raise Refusal("unknown_option", UNKNOWN_OPTION, value=unknown[:50])
    return list(dict.fromkeys(given))


def _default(ctx: Ctx, obj: ObjectDef, f: FieldDef, given: Mapping[str, Any]) -> dict[str, Any]:
    if f.type.storage != "value" or reference_of(f) == "file":
        raise Refusal("not_possible", settings.NOT_POSSIBLE)
    if given.get("formula") is not None:
        return calculated(ctx, obj, f, given["formula"])
    path = given.get("from")
    if path is None:
        parsed = None if given.get("value") is None else f.type.parse(given["value"], f, environment(ctx))
        if parsed is None:
            raise Refusal("required", BAD_VALUE)
        return {"value": loads(dumps(f.type.dump(parsed, f)))}
    if not isinstance(path, str):
        raise Refusal("wrong_type", BAD_VALUE)
    source = Compiler(ctx, obj).resolve(path, "from").field
    told = source.is_sealed and not f.is_sealed  # it would stand there in plain
    alike = source.type.type == f.type.type or (
        source.type.column_type == f.type.column_type and source.type.has_options == f.type.has_options
    )
    if source.type.storage != "value" or told or not alike or reference_of(source) != reference_of(f):
        raise Refusal("not_possible", OTHER_KIND, source=path, field=f.label.in_(ctx.locale))
    return {"from": path}


def _field(ctx: Ctx, obj: ObjectDef, key: Any) -> FieldDef:
    found = rights.readable(ctx, obj).get(key) if isinstance(key, str) else None
    if found is None:
        raise Refusal("unknown_field", UNKNOWN_FIELD, field=str(key)[:60])
    return found


def one_of(value: Any, words: Sequence[str]) -> str:
    """One of the words; raises Refusal."""
    found = next((word for word in words if word == value), None)
    if found is None:
        raise Refusal("wrong_type", BAD_VALUE)
    return found
