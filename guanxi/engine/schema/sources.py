"""What every derived field comes down to: all the fields it is made of, over every detour.

Built once with a workspace's schema; rights ask it, so that a formula, a lookup or a rollup does not exist
for somebody who may not read one of the fields it is made of.
"""

from collections.abc import Mapping

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.settling import Node, reads_of


def sources_of(objects: Mapping[str, ObjectDef]) -> dict[Node, frozenset[Node]]:
    """By (object, field) of each derived field, the (object, field) pairs it reads, directly or not."""
    direct = {
        (obj.key, f.key): reads_of(f, obj, objects)
        for obj in objects.values()
        for f in obj.fields.values()
        if f.declared
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
