"""What new records will need and no database is asked for, worked out while it is busy with others.

*How it works*: `foresee` takes the values of records that are likely to be created, and keeps by their
texts what costs most: words of the search index, sort keys, normal forms of identity keys. `bulk_write`
looks there before it works anything out.

*Rules*: it is a memory of pure functions and never decides anything: what is not in it, or was meant for
another declaration of the object, is worked out as ever. `foresee` may run in another process.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.records.search_tokens import Kind, SearchPart, Weight, vector
from guanxi.engine.records.store.keys import compared_text, rules_of
from guanxi.engine.records.store.normalising import NORMALISERS, learn_normals, normal_forms
from guanxi.engine.records.store.titles import title_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.kit.pinyin import sort_key

_TEXTS = frozenset({str, type(None)})
Searched = list[tuple[FieldDef, Kind, Weight]]
_PART_KINDS: dict[str, Kind] = {
    "phone": "phone",
    "email": "email",
    "serial": "number",
    "tax_number": "number",
}


@dataclass(slots=True)
class Foreseen:
    """Search words and sort keys by the texts they are made of, normal forms by normaliser and text.

    `searched` are the fields that the words are made for (None while it travels between processes).
    """

    words: dict[tuple[str | None, ...], str] = field(default_factory=dict)
    sort_keys: dict[str, str] = field(default_factory=dict)
    normals: dict[str, dict[str, str | None]] = field(default_factory=dict)
    searched: Searched | None = None


def foresee(obj: ObjectDef, records: Iterable[Mapping[str, Any]]) -> Foreseen:
    """What records of `obj` with these values (Python values by field) will need."""
    searched = searched_fields(obj)
    found = Foreseen()
    parts = {
        (part.field, part.normal): part
        for rule in rules_of(obj)
        for part in rule.parts
        if part.normal in NORMALISERS
    }
    rows = list(records)
    for values in rows:
        title = title_of(obj, values.get(obj.title_field))
        found.sort_keys[title] = sort_key(title)
    for (key, normal), part in parts.items():
        given = [value for values in rows if (value := values.get(key)) is not None]
        texts = [compared_text(part, obj, value) for value in given]
        found.normals.setdefault(normal, {}).update(zip(texts, normal_forms(normal, texts), strict=True))
    if obj.line_of is None and searched:
        for row in zip(*([values.get(f.key) for values in rows] for f, _, _ in searched), strict=True):
            if _are_texts(row):
                found.words[row] = vector(_parts(searched, row))
    return found


def adopt(foreseen: Foreseen, obj: ObjectDef) -> Foreseen:
    """What was foreseen of `obj` as it was declared then, for the process that writes."""
    foreseen.searched = searched_fields(obj)
    learn_normals(foreseen.normals)
    foreseen.normals = {}
    return foreseen


def sort_key_of(title: str, foreseen: Foreseen | None) -> str:
    """The sort key of a title."""
    known = foreseen.sort_keys.get(title) if foreseen is not None else None
    return sort_key(title) if known is None else known


def words_of(searched: Searched, values: Sequence[Any], foreseen: Foreseen | None) -> str:
    """The search words of a record with `values` in its searched fields."""
    if foreseen is not None:
        try:
            known = foreseen.words.get(tuple(values))  # its keys are texts, which equal nothing else
        except TypeError:  # a list among the values
            known = None
        if known is not None:
            return known
    return vector(_parts(searched, values))


def usable(foreseen: Foreseen | None, searched: Searched) -> Foreseen | None:
    """What was foreseen, when it was for these fields as they are declared."""
    return foreseen if foreseen is not None and foreseen.searched == searched else None


def searched_fields(obj: ObjectDef) -> Searched:
    """The fields that are searched, each with how its text is taken apart and what a hit is worth."""
    return [
        (f, "name", "A") if f.key == obj.title_field else (f, _PART_KINDS.get(f.type.type, "text"), "B")
        for f in obj.searchable
    ]


def _are_texts(values: Sequence[Any]) -> bool:
    """Whether all values are texts: other equal values (1 and 1.0) may read differently."""
    return _TEXTS.issuperset(map(type, values))


def _parts(searched: Searched, values: Sequence[Any]) -> list[SearchPart]:
    parts = []
    for (f, kind, weight), value in zip(searched, values, strict=True):
        if value is not None and (text := f.type.search_text(value, f)):
            parts.append(SearchPart(text, kind, weight))
    return parts
