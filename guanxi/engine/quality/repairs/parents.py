"""Blank fields that the record it belongs to has: a contact's region from its customer."""

from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.repairs.base import Mend, Repair
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.text import Text


def _mends(compiler: Compiler) -> Sequence[Mend]:
    ctx, obj = compiler.ctx, compiler.object
    own = rights.readable(ctx, obj)
    found: dict[str, Mend] = {}
    for link in (own[key] for key in obj.parents if key in own):
        parent = compiler.schema.find(link.target or "")
        if parent is None or not parent.record:
            continue
        for key, f in rights.readable(ctx, parent).items():
            mine = own.get(key)
            if mine is None or key in found or not _can_follow(compiler, obj, mine, f):
                continue
            path = f"{link.key}.{key}"
            wanted = compiler.where(
                {"and": [{"field": key, "op": "is_empty"}, {"field": path, "op": "is_not_empty"}]}
            )
            found[key] = Mend(mine, path, wanted, _same)
    return list(found.values())


def _can_follow(compiler: Compiler, obj: ObjectDef, mine: FieldDef, theirs: FieldDef) -> bool:
    """What a firm and its people have in common: where they are, where they came from; not who they are."""
    telling = {part.field for rule in obj.identity for part in rule.parts}
    common = mine.type.has_options or "province" in mine.type.buckets
    return (
        common
        and mine.type is theirs.type
        and mine.in_row
        and theirs.in_row
        and rights.is_writable(compiler.ctx, mine)
        and mine.options == theirs.options
        and not mine.unique
        and mine.key not in telling
    )


def _same(stored: Any, env: Env) -> Any:
    return stored


PARENTS = Repair(
    "parents",
    Text("从所属记录补全", "Fill in from the record it belongs to"),
    Text(
        "字段空着、所属的记录（例如联系人的客户）上却有的，抄过来。",
        "Blank fields that the record they belong to has, such as a contact’s region from the customer.",
    ),
    _mends,
)
