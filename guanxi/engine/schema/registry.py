"""The standard objects, as their domains declare them over Django models.

*How it works*: a domain's `objects.py` calls `declare(Model, key=…, fields=[field(…), …])` at import
(its `AppConfig.ready` imports it). `declare` finds each field's column on the model and adds the
system fields every record has. `loading.py` merges in what each workspace has changed.

*Rules*: a declaration is the whole of an object: adding one needs no other edit. A field without a
column on the model is a mistake unless its type stores elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from guanxi.engine.schema.definitions import DOORS, FieldDef, IdentityPart, IdentityRule, ObjectDef, Option
from guanxi.engine.schema.field_types import get_field_type
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

object_registry: Registry[ObjectDef] = Registry("object", lambda obj: obj.key)


def field(key: str, type_key: str, label: Text, **details: Any) -> FieldDef:
    """A field of type `type_key`; `details` are the other attributes of `FieldDef`."""
    return FieldDef(key=key, type=get_field_type(type_key), label=label, **details)


def options(*choices: tuple[str, str, str] | tuple[str, str, str, str]) -> tuple[Option, ...]:
    """Options from `(value, zh, en[, color])`."""
    return tuple(Option(c[0], Text(c[1], c[2]), c[3] if len(c) > 3 else "") for c in choices)


def identity(key: str, *, strict: bool = False, **parts: str) -> IdentityRule:
    """An identity rule: `parts` are normalisers by field; at every door strict, or at every door a warning."""
    everywhere, nowhere = frozenset(DOORS), frozenset[str]()
    made = tuple(IdentityPart(name, normal) for name, normal in parts.items())
    return IdentityRule(key, made, everywhere if strict else nowhere, nowhere if strict else everywhere)


def system_fields() -> list[FieldDef]:
    """The fields that the store keeps on every record."""
    kept: dict[str, Any] = {"system": True, "readonly": True, "in_create": False, "section": "system"}
    return [
        field(
            "owner",
            "user",
            Text("负责人", "Owner"),
            column="owner_id",
            in_list=True,
            in_create=False,
            section="system",
            synonyms=(
                "归属人",
                "业务员",
                "sales agent",
                "contact owner",
                "deal owner",
                "account owner",
                "record owner",
            ),
            position=900,
        ),
        field(
            "created_at", "datetime", Text("创建时间", "Created"), column="created_at", position=910, **kept
        ),
        field("created_by", "user", Text("创建人", "Created by"), column="created_by", position=920, **kept),
        field(
            "updated_at", "datetime", Text("更新时间", "Updated"), column="updated_at", position=930, **kept
        ),
        field("updated_by", "user", Text("更新人", "Updated by"), column="updated_by", position=940, **kept),
    ]


def declare(
    model: type[models.Model], *, key: str, fields: Sequence[FieldDef],
    lines: Mapping[str, Sequence[FieldDef]] | None = None, **details: Any,
) -> ObjectDef:  # fmt: skip
    """Register the standard object `key` over `model`; `details` are the attributes of `ObjectDef`.

    `lines` are the fields of the lines of its sub-tables; their values live in the lines' `custom`, like all
    of a line's. Raises ValueError for a field that the model has no column for, and for lines of no sub-table.
    """
    declared: dict[str, FieldDef] = {}
    for position, item in enumerate([*fields, *system_fields()]):
        if item.key in declared:
            raise ValueError(f"{key}.{item.key} is declared twice")
        declared[item.key] = _placed(model, item, position)
    made = {name: _line_fields(declared.get(name), key, name, given) for name, given in (lines or {}).items()}
    return object_registry.register(
        ObjectDef(key=key, table=model._meta.db_table, fields=declared, lines=made, **details)
    )


def _line_fields(
    table: FieldDef | None, key: str, name: str, given: Sequence[FieldDef]
) -> tuple[FieldDef, ...]:
    """The declared fields of a sub-table's lines, in their order after those that every line has."""
    if table is None or not table.type.holds_lines:
        raise ValueError(f"{key}.{name} is no sub-table, and has no lines")
    found = {item.key: item for item in given}
    if len(found) != len(given) or any(item.column for item in given):
        raise ValueError(f"the lines of {key}.{name} have a field twice, or one with a column")
    return tuple(replace(item, position=item.position or 10 + n) for n, item in enumerate(given))


def _placed(model: type[models.Model], item: FieldDef, position: int) -> FieldDef:
    values: dict[str, Any] = {name: getattr(item, name) for name in FieldDef.__dataclass_fields__}
    values["position"] = item.position or position
    if item.type.storage == "value" and item.column is None and not item.type.derived:
        try:
            values["column"] = model._meta.get_field(item.key).column  # type: ignore[union-attr]
        except FieldDoesNotExist:
            raise ValueError(f"{model.__name__} has no column for the field {item.key}") from None
    return FieldDef(**values)
