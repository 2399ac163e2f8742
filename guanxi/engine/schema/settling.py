"""Fields that come of other fields: what a path leads to, and that nothing goes in circles.

*How it works*: while a schema is built, a derived field (formula, lookup, rollup) may need the type of
another derived field; `settled` gives it, and refuses a ring instead of following it. `check_ring` walks
what fields are made of (sources.py) from one that is about to be saved.

*Rules*: nothing here touches the database. Refusals are for whoever declares; a schema that holds a ring
all the same (a restored copy, say) is built with that field empty.
"""

from collections.abc import Mapping
from contextvars import ContextVar

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.sources import CIRCULAR, Node, named_ring, reads_of
from guanxi.kit.text import Text

MAX_HOPS = 3
MAX_ROLLUPS = 3
NO_SUCH_FIELD = Text("「{object}」没有字段「{field}」。", "“{object}” has no field “{field}”.")
NOT_A_LINK = Text(
    "「{field}」不是指向单条记录的关联，不能继续往下取。",
    "“{field}” does not link to a single record, so the path cannot go through it.",
)
TOO_FAR = Text("路径最多跨 {max} 层关联。", "A path crosses at most {max} relations.")
TOO_MANY_ROLLUPS = Text("汇总之上最多再叠 {max} 层汇总。", "Rollups of rollups nest at most {max} deep.")
_under_way: ContextVar[tuple[Node, ...]] = ContextVar("fields being settled", default=())


def settled(f: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
    """The field as one of the type of its result; raises Refusal where that leads back to itself."""
    if f.declared:
        return f
    node = (obj.key, f.key)
    under_way = _under_way.get()
    if node in under_way:
        raise Refusal("circular", CIRCULAR, fields=f"{obj.key}.{f.key}")
    token = _under_way.set((*under_way, node))
    try:
        return f.type.settle(f, obj, objects)
    finally:
        _under_way.reset(token)


def target_of(f: FieldDef) -> str | None:
    """The key of the object that a link to one record (person, team) leads to."""
    if f.type.storage != "value":
        return None
    return f.target or (f.type.references if f.type.references in ("user", "team") else None)


def walk(obj: ObjectDef, path: str, objects: Mapping[str, ObjectDef]) -> list[tuple[ObjectDef, FieldDef]]:
    """The (object, settled field) pairs that a path goes through; raises Refusal where it does not lead on."""
    steps = path.split(".")
    if len(steps) > MAX_HOPS + 1:
        raise Refusal("path_too_long", TOO_FAR, max=MAX_HOPS)
    found: list[tuple[ObjectDef, FieldDef]] = []
    here: ObjectDef | None = obj
    for step in steps:
        if here is None:
            raise Refusal("not_a_link", NOT_A_LINK, field=found[-1][1].key)
        f = here.fields.get(step)
        if f is None:
            raise Refusal("unknown_field", NO_SUCH_FIELD, object=here.key, field=step[:60])
        f = settled(f, here, objects)
        found.append((here, f))
        here = objects.get(target_of(f) or "")
    return found


def check_ring(f: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> None:
    """Refuse a settled field of `obj` that would, over whatever detours, be made of itself.

    Refuses rollups that nest deeper than MAX_ROLLUPS, too.
    """
    start = (obj.key, f.key)
    _follow(f, obj, objects, start, (start,), {})


def _follow(
    f: FieldDef,
    obj: ObjectDef,
    objects: Mapping[str, ObjectDef],
    start: Node,
    way: tuple[Node, ...],
    known: dict[Node, int],
) -> int:
    """How many rollups stand upon each other from here down."""
    deepest = 0
    for node in sorted(reads_of(f, obj, objects)):
        if node == start:
            raise Refusal("circular", CIRCULAR, fields=named_ring((*way, node), objects))
        if node in way:
            continue  # a ring without this field in it: not of its making
        if node not in known:
            other = objects.get(node[0])
            step = other.fields.get(node[1]) if other else None
            known[node] = 0
            if other is not None and step is not None:
                known[node] = _follow(step, other, objects, start, (*way, node), known)
        deepest = max(deepest, known[node])
    if f.rollup is not None:
        deepest += 1
        if deepest > MAX_ROLLUPS:
            raise Refusal("nested_too_deep", TOO_MANY_ROLLUPS, max=MAX_ROLLUPS)
    return deepest
