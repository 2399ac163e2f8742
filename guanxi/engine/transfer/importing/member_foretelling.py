"""The teams and managers that an import of people will make besides the people of its rows.

*Rules*: what is told here is what member_writes.py makes: whoever is named as a manager and nowhere else,
and the teams that nobody knows.
"""

from collections import Counter
from typing import Any

from guanxi.engine.identity import facade as identity
from guanxi.engine.schema.field_types.base import EMPTY_CELLS
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing import lookups
from guanxi.engine.transfer.importing.members import MEMBER
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.importing.scanning import SHOWN
from guanxi.engine.transfer.reading.rows import Layout, read
from guanxi.engine.transfer.rules.cells import Fault

_CHUNK = 10_000


def foretold(ctx: Ctx, plan: Plan, layout: Layout) -> dict[str, list[dict[str, Any]]]:
    """`{"teams", "managers"}`, each `[{index, field, value, count}]`, the most named first; of people only."""
    if plan.object is not MEMBER:
        return {}
    columns = {column.field.key: column.index for column in plan.columns}
    named: dict[str, Counter[str]] = {key: Counter() for key in ("name", "team", "manager")}
    for chunk in read(layout, size=_CHUNK):
        for key, counter in named.items():
            if key in columns:
                counter.update(row[columns[key]].strip() for row in chunk.rows if columns[key] < len(row))
    for counter in named.values():
        for text in [text for text in counter if text.casefold() in EMPTY_CELLS]:
            del counter[text]
    in_file = {name.casefold() for name in named["name"]}
    known = identity.find_people(ctx, named["manager"])
    teams = lookups.teams(ctx, named["team"])
    new = {
        "teams": ("team", {name for name, found in teams.items() if isinstance(found, Fault)}),
        "managers": (
            "manager",
            {n for n in named["manager"] if n not in known and n.casefold() not in in_file},
        ),
    }
    return {
        kind: [
            {"index": columns[key], "field": key, "value": name, "count": named[key][name]}
            for name in sorted(names, key=lambda name: (-named[key][name], name))[:SHOWN]
        ]
        for kind, (key, names) in new.items()
    }
