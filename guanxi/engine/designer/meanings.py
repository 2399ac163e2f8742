"""What texts mean for a field that refers to records, people or teams: asked once for all values of a chunk.

*How it works*: a record is meant by its title, else by a field that one of its object's identity rules
takes by itself (a phone number, a tax number); a person by name or address, a team by name. A text that is
no name as a whole may be a list of names. What several things are called means none of them.

*Rules*: what the actor may not see is not meant (records/finding.py); the number of statements does not
depend on the number of texts.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from guanxi.engine.access import rights
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.finding import by_text, select, titled
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import reference_of, titles_of
from guanxi.engine.records.store.keys import rules_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.many_values import cell_parts
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import TRUE, Sql
from guanxi.kit.text import Text

MISSING = Text("找不到「{value}」。", "There is no “{value}”.")
AMBIGUOUS = Text("有 {count} 个「{value}」，分不清是哪一个。", "{count} are called “{value}”.")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Meanings:
    """What texts mean: an id, or why none; `names` are what the things are called, by id."""

    ids: Mapping[str, uuid.UUID] = field(default_factory=dict)
    several: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[uuid.UUID, str] = field(default_factory=dict)

    def read(self, text: str, *, many: bool) -> tuple[list[uuid.UUID], list[tuple[Text, dict[str, object]]]]:
        """The ids that a text means, and what of it means nothing."""
        parts = [text] if text in self.ids or not many else cell_parts(text)
        found: list[uuid.UUID] = []
        faults: list[tuple[Text, dict[str, object]]] = []
        for part in parts:
            if part in self.ids:
                found.append(self.ids[part])
            elif part in self.several:
                faults.append((AMBIGUOUS, {"value": part[:SHOWN], "count": self.several[part]}))
            else:
                faults.append((MISSING, {"value": part[:SHOWN]}))
        return list(dict.fromkeys(found)), faults


NOTHING_MEANT = Meanings()


def meanings_of(ctx: Ctx, coming: FieldDef, texts: Iterable[str]) -> Meanings:
    """What the texts mean in the field as it would be; nothing where it refers to nothing."""
    kind = reference_of(coming)
    if kind is None or coming.type.references == "file":
        return NOTHING_MEANT
    wholes = {text.strip() for text in texts} - {""}
    wanted = (
        wholes | {part for text in wholes for part in cell_parts(text)}
        if coming.type.refers_to_many
        else wholes
    )
    held = _people(ctx, wanted) if kind == "user" else _teams(ctx, wanted) if kind == "team" else _records(
        ctx, get_schema(ctx).objects[kind], wanted
    )  # fmt: skip
    ids = {text: found[0] for text, found in held.items() if len(found) == 1}
    titles = titles_of(Compiler(ctx, get_schema(ctx).objects[kind]), {kind: set(ids.values())})
    names = {
        found: str(shown.get("title") or shown.get("name") or "") for (_, found), shown in titles.items()
    }
    return Meanings(
        {text: found for text, found in ids.items() if found in names},
        {text: len(found) for text, found in held.items() if len(found) > 1},
        names,
    )


def _records(ctx: Ctx, obj: ObjectDef, texts: Collection[str]) -> dict[str, list[uuid.UUID]]:
    found = {text: ids for text, ids in titled(ctx, obj, texts).items() if ids}
    alone = {rule.parts[0].field for rule in rules_of(obj) if len(rule.parts) == 1 and not rule.is_weak}
    for key in sorted((alone - {obj.title_field}) & set(rights.readable(ctx, obj))):
        rest = [text for text in texts if text not in found]
        if rest:
            found |= {text: ids for text, ids in by_text(ctx, obj, rest, obj.fields[key]).items() if ids}
    return found


def _people(ctx: Ctx, texts: Collection[str]) -> dict[str, list[uuid.UUID]]:
    return identity.find_namesakes(ctx, texts)


def _teams(ctx: Ctx, texts: Collection[str]) -> dict[str, list[uuid.UUID]]:
    by_name: dict[str, list[uuid.UUID]] = defaultdict(list)
    for team_id, name in select(ctx, get_schema(ctx).objects["team"], "r.id, r.name", TRUE):
        by_name[name.casefold()].append(team_id)
    return {text: by_name[text.casefold()] for text in texts if text.casefold() in by_name}


def held_sql(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> Sql:
    """The stored JSON of a custom field of row `r`: in `custom`, or the ids in the link table."""
    if f.type.storage == "links":
        return Sql(
            "(SELECT jsonb_agg(l.target_id ORDER BY l.position, l.id) FROM record_link l WHERE l.workspace_id = %s"
            " AND l.object_key = %s AND l.field_key = %s AND l.source_id = r.id)",
            (ctx.workspace.id, obj.key, f.key),
        )
    return Sql("(r.custom -> %s::text)", (f.key,))
