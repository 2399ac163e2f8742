"""Fields that come of other fields: what each reads, all that it comes down to, and that nothing goes in circles.

*How it works*: `reads_of` names the fields that a settled one is made of, every step of its paths included;
`sources_of` follows that over every detour, once with a workspace's schema. Rights ask it, so that a
formula does not exist for somebody who may not read one of the fields it is made of.

*Rules*: nothing here touches the database.
"""

from collections.abc import Iterator, Mapping, Sequence

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.kit.text import Text

CIRCULAR = Text("这样会循环引用：{fields}。", "That would go round in a circle: {fields}.")

Node = tuple[str, str]


def reads_of(f: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> frozenset[Node]:
    """The (object, field) pairs that a settled field is made of, every step of its paths included."""
    paths = f.computed.inputs if f.computed is not None else ()
    found = frozenset(node for path in paths for node in _steps(obj, path, objects))
    other = objects.get(f.rollup.object) if f.rollup is not None else None
    if f.rollup is None or other is None:
        return found
    return found.union(node for path in f.rollup.mentions for node in _steps(other, path, objects))


def named_ring(way: Sequence[Node], objects: Mapping[str, ObjectDef]) -> Text:
    """The fields of a ring as people call them: `Equipment · Days left → …`."""
    there = [(objects[owner], key) for owner, key in way if owner in objects]
    names = [(obj.label, obj.fields[key].label) for obj, key in there if key in obj.fields]
    return Text(
        " → ".join(f"{owner.zh} · {f.zh}" for owner, f in names),
        " → ".join(f"{owner.en} · {f.en}" for owner, f in names),
    )


def check_ring(f: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> None:
    """Refuse a settled field of `obj` that would, over whatever detours, be made of itself; names the ring."""
    start = (obj.key, f.key)
    ways: list[tuple[Node, ...]] = [(start, node) for node in sorted(reads_of(f, obj, objects))]
    known: set[Node] = set()
    while ways:
        way = ways.pop()
        if way[-1] == start:
            raise Refusal("circular", CIRCULAR, fields=named_ring(way, objects))
        if way[-1] in known:
            continue
        known.add(way[-1])
        other = objects.get(way[-1][0])
        step = other.fields.get(way[-1][1]) if other else None
        if other is not None and step is not None:
            ways += [(*way, node) for node in sorted(reads_of(step, other, objects))]


def sources_of(objects: Mapping[str, ObjectDef]) -> dict[Node, frozenset[Node]]:
    """By (object, field) of each computed field and rollup, the (object, field) pairs it reads, directly or not."""
    direct = {
        (obj.key, f.key): reads_of(f, obj, objects)
        for obj in objects.values()
        for f in obj.fields.values()
        if f.computed is not None or f.rollup is not None
    }
    found: dict[Node, frozenset[Node]] = {}
    for node in direct:
        reached: set[Node] = set()
        waiting = [node]
        while waiting:
            for read in direct.get(waiting.pop(), ()):
                if read not in reached:
                    reached.add(read)
                    waiting.append(read)
        found[node] = frozenset(reached)
    return found


def _steps(obj: ObjectDef, path: str, objects: Mapping[str, ObjectDef]) -> Iterator[Node]:
    here: ObjectDef | None = obj
    for step in path.split("."):
        f = here.fields.get(step) if here is not None else None
        if here is None or f is None:
            yield (here.key if here else "", step)  # gone: whoever asks finds nothing there
            return
        yield here.key, f.key
        one = f.type.references if f.type.references in ("user", "team") else None
        here = objects.get(f.target or one or "")
