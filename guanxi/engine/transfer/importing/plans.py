"""What an import will do with each column, resolved against the schema.

*How it works*: `build_plan` takes headers, samples, mapping and options and gives a frozen `Plan`: the
columns with their fields (those to be created included), the title template, the key. Everything that
does not fit is refused here, all at once, before a row is read.

*See*: rules/options.py for mapping and options on the wire; batches.py for what uses the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guanxi.engine.access import rights
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.guessing.columns import Guess, guess_columns
from guanxi.engine.transfer.guessing.new_fields import NewField, propose
from guanxi.engine.transfer.importing.members import MEMBER, MEMBER_KEYS
from guanxi.engine.transfer.rules.choices import with_aliases
from guanxi.engine.transfer.rules.options import MappingRead, Options, column_names
from guanxi.engine.transfer.rules.titles import TitleTemplate, read_template
from guanxi.kit.errors import FieldError, Forbidden, Invalid
from guanxi.kit.text import Text

UNKNOWN_FIELD = Text(
    "「{object}」没有可以导入的字段「{field}」。", "“{object}” has no field “{field}” that can be imported."
)
NOT_A_LINK = Text("只有关联字段可以指定按什么查找。", "Only a link can say what it is found by.")
KEY_NOT_MAPPED = Text("对照字段「{field}」没有对应的列。", "No column leads to the key field “{field}”.")
KEY_NEEDED = Text(
    "更新已有数据时，请选择按哪个字段对照。", "Choose the field by which existing records are found."
)
NOTHING_MAPPED = Text("没有一列对应到字段。", "No column leads to a field.")
NOT_COMPARABLE = Text("不能按「{field}」对照。", "Records cannot be found by “{field}”.")


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column and the field it fills; `link_by` is how a link's cells are looked up; `new` is to be created."""

    index: int
    field: FieldDef
    link_by: FieldDef | None = None
    new: NewField | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import does, row after row."""

    object: ObjectDef
    headers: tuple[str, ...]
    columns: tuple[PlannedColumn, ...]
    options: Options
    key: tuple[FieldDef, ...] = ()
    title: TitleTemplate | None = None
    new_fields: tuple[PlannedColumn, ...] = field(default=())


def import_target(ctx: Ctx, key: str) -> ObjectDef:
    """The object an import fills, `member` included; raises NotFound or Forbidden."""
    if key in MEMBER_KEYS:
        if not ctx.actor.manages("members"):
            raise Forbidden
        return MEMBER
    obj = rights.get_object(ctx, key)
    rights.require(ctx, obj, "import")
    return obj


def importable(ctx: Ctx, obj: ObjectDef) -> list[FieldDef]:
    """The fields that a spreadsheet can fill."""
    return [
        f
        for f in rights.readable(ctx, obj).values()
        if f.type.storage != "none"
        and f.type.references != "file"
        and (rights.is_writable(ctx, f) or rights.may_bring(ctx, obj, f))
    ]


def guess(
    ctx: Ctx, obj: ObjectDef, headers: Sequence[str], samples: Sequence[Sequence[str]], env: Env
) -> list[Guess | None]:
    """The guesses for an object's columns."""
    objects = get_schema(ctx).objects
    return guess_columns(headers, samples, obj, importable(ctx, obj), objects, env)


def build_plan(
    ctx: Ctx,
    obj: ObjectDef,
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    mapping: MappingRead,
    options: Options,
    env: Env,
) -> Plan:
    """The plan; raises Invalid naming everything that does not fit."""
    offered = {f.key: f for f in importable(ctx, obj)}
    errors: list[FieldError] = []
    columns: list[PlannedColumn] = []
    for index, target in sorted(mapping.items()):
        if target is None:
            continue
        found = offered.get(target.field)
        if found is None:
            values = {"object": obj.label.in_(ctx.locale), "field": target.field[:60]}
            errors.append(FieldError(f"mapping.{index}", "unknown_field", UNKNOWN_FIELD, values))
            continue
        link_by = _link_by(ctx, found, target.link_by, index, errors)
        columns.append(PlannedColumn(index, with_aliases(found), link_by))
    template = read_template(options.title, column_names(headers)) if options.title else None
    if options.create_fields and obj.record:
        columns += _new_columns(obj, headers, samples, mapping, env)
    if not columns and template is None:
        errors.append(FieldError("mapping", "nothing_mapped", NOTHING_MAPPED))
    key = _key(ctx, obj, columns, options, template is not None, errors)
    if errors:
        raise Invalid(errors=errors)
    made = tuple(column for column in columns if column.new)
    return Plan(obj, tuple(headers), tuple(columns), options, key, template, made)


def _link_by(
    ctx: Ctx, found: FieldDef, given: str | None, index: int, errors: list[FieldError]
) -> FieldDef | None:
    if given is None:
        return None
    at = f"mapping.{index}"
    target = get_schema(ctx).find(found.target or "") if found.type.references == "record" else None
    if target is None:
        errors.append(FieldError(at, "not_a_link", NOT_A_LINK))
        return None
    by = rights.readable(ctx, target).get(given)
    if by is None or by.type.storage != "value" or by.type.as_json_value:
        values = {"object": target.label.in_(ctx.locale), "field": given[:60]}
        errors.append(FieldError(at, "unknown_field", UNKNOWN_FIELD, values))
        return None
    return None if by.key == target.title_field else by


def _new_columns(
    obj: ObjectDef,
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    mapping: Mapping[int, object],
    env: Env,
) -> list[PlannedColumn]:
    """The columns nobody has said anything about, as fields to be created."""
    taken = set(obj.fields)
    found = []
    for index, header in enumerate(headers):
        if index in mapping:
            continue
        new = propose(header, samples[index] if index < len(samples) else (), taken, env)
        taken.add(new.key)
        found.append(PlannedColumn(index, new.definition(), new=new))
    return found


def _key(
    ctx: Ctx,
    obj: ObjectDef,
    columns: Sequence[PlannedColumn],
    options: Options,
    has_template: bool,
    errors: list[FieldError],
) -> tuple[FieldDef, ...]:
    if options.mode != "create" and not options.key:
        errors.append(FieldError("options.key", "key_needed", KEY_NEEDED))
    mapped = {column.field.key: column for column in columns}
    found = []
    for key in options.key:
        f = obj.fields.get(key)
        if f is None or f.hidden:
            values = {"object": obj.label.in_(ctx.locale), "field": key[:60]}
            errors.append(FieldError("options.key", "unknown_field", UNKNOWN_FIELD, values))
        elif f.type.storage != "value" or f.type.as_json_value:
            errors.append(
                FieldError(
                    "options.key", "not_comparable", NOT_COMPARABLE, {"field": f.label.in_(ctx.locale)}
                )
            )
        elif key not in mapped and not (has_template and key == obj.title_field):
            errors.append(
                FieldError(
                    "options.key", "key_not_mapped", KEY_NOT_MAPPED, {"field": f.label.in_(ctx.locale)}
                )
            )
        else:
            found.append(f)
    return tuple(found)
