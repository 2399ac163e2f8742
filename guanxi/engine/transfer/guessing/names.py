"""Headers and field names in one comparable form, and how well a header names a field.

*How it works*: `normal` folds width, case, marks of requirement and separators away. A header that is
nothing more is compared whole (best), then without the entity it is prefixed with ("Person - ", "客户"),
then without a qualifier ("(Work)", " 1 - Value"), and last by how much of it a name covers.

*Rules*: pure text; a prefix of another entity than the one being imported only ever leads to a link.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from guanxi.engine.schema.definitions import FieldDef, ObjectDef

EXACT = 1.0
SYNONYM = 0.95
WITHOUT_ENTITY = 0.85
WITHOUT_QUALIFIER = 0.8
COVERED = 0.65

_REQUIRED = re.compile(r"[*＊]|[(（\[【]\s*(必填|required|选填|optional|必选)\s*[)）\]】]", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s_\-–—/.:：·,，;、|]+")
_PARENTHESES = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_VALUE_TAIL = re.compile(r"\s+(\d+\s+)?(value|值)$|\s+\d+$")
_CJK = re.compile(r"[\u3400-\u9fff]")

# What exports of other programs call the thing a column belongs to → our object.
ENTITIES: Mapping[str, str] = {
    "person": "contact", "people": "contact", "contact": "contact", "联系人": "contact",
    "organization": "customer", "organisation": "customer", "company": "customer", "account": "customer",
    "customer": "customer", "客户": "customer", "公司": "customer", "企业": "customer",
    "deal": "opportunity", "opportunity": "opportunity", "商机": "opportunity",
    "lead": "lead", "线索": "lead", "product": "product", "产品": "product", "商品": "product",
    "activity": "task", "task": "task", "任务": "task", "note": "note", "跟进": "note",
    "event": "event", "日程": "event", "call": "call", "通话": "call",
}  # fmt: skip
# Names so general that as a part of a header they say nothing.
_VAGUE = frozenset(
    {"name", "名称", "type", "类型", "id", "code", "title", "number", "编号", "date", "日期", "名", "姓"}
)


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """`text` with case, width, separators and marks of requirement folded away."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SEPARATORS.sub(" ", _REQUIRED.sub("", folded)).strip()


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """`normal` without qualifiers: what stands in parentheses, "2", "1 - Value"."""
    without = _VALUE_TAIL.sub("", normal(_PARENTHESES.sub(" ", text)))
    return without.strip() or normal(text)


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Every name of one field, normalised, with what a match with it is worth."""

    field: FieldDef
    names: Mapping[str, float]


def names_of(obj: ObjectDef, fields: Iterable[FieldDef], labels: Mapping[str, ObjectDef]) -> list[FieldNames]:
    """The names of `fields`; `labels` are the objects by key, for links that are called after their target."""
    found = []
    for field in fields:
        names: dict[str, float] = {}
        for name in field.synonyms:
            names[normal(name)] = SYNONYM
        target = labels.get(field.target or "")
        # "Customer" may be called "Customer name"; a second link to the same object may not.
        if target is not None and field.label in (target.label, target.label_plural):
            for title in _titles(target):
                names.setdefault(normal(title), SYNONYM)
        if field.key == obj.title_field:
            for title in _titles(obj):
                names.setdefault(normal(title), SYNONYM)
        for name in (field.label.zh, field.label.en, field.key):
            names[normal(name)] = EXACT
        found.append(FieldNames(field, names))
    return found


def _titles(obj: ObjectDef) -> list[str]:
    title = obj.fields.get(obj.title_field)
    both = [obj.label.zh, obj.label.en, f"{obj.label.en} name", f"{obj.label.zh}名称", f"{obj.label.zh}姓名"]
    return both + ([title.label.zh] if title and title.label.zh.startswith(obj.label.zh) else [])


def score(header: str, names: FieldNames, obj: ObjectDef) -> float:
    """How well `header` names the field: 0 (not at all) to 1."""
    whole = normal(header)
    if found := names.names.get(whole):
        return found
    entity, rest = split_entity(whole)
    if entity is not None and entity != obj.key:
        return names.names.get(bare(header), 0) * WITHOUT_QUALIFIER if names.field.target == entity else 0.0
    if entity == obj.key and (found := names.names.get(rest)):
        return found * WITHOUT_ENTITY
    short = bare(header)
    if short != whole and (found := names.names.get(short)):
        return found * WITHOUT_QUALIFIER
    if entity == obj.key:
        if found := names.names.get(bare(rest)):
            return found * WITHOUT_ENTITY * WITHOUT_QUALIFIER
        short = bare(rest)
    return max((_covered(short, name) * worth for name, worth in names.names.items()), default=0.0)


def split_entity(text: str) -> tuple[str | None, str]:
    """The object that a normalised header's first word names, and the rest ("person phone")."""
    first, _, rest = text.partition(" ")
    if rest and first in ENTITIES:
        return ENTITIES[first], rest
    for word, key in ENTITIES.items():
        if _CJK.match(word) and text.startswith(word) and len(text) > len(word):
            return key, text[len(word) :].strip()
    return None, text


def _covered(header: str, name: str) -> float:
    """COVERED, weighed with the share of the header that `name` makes up; 0 for vague or partial words."""
    if name in _VAGUE or len(name) < 2 or name not in header:
        return 0.0
    if _CJK.search(name):
        share = len(name) / max(len(header.replace(" ", "")), 1)
        # The last part of a Chinese compound says what it is: 手机号码 is a number, 客户手机 a mobile.
        return COVERED * share if share >= 0.5 and header.endswith(name) else 0.0
    words, part = header.split(), name.split()
    if not any(words[i : i + len(part)] == part for i in range(len(words))):
        return 0.0
    share = len(part) / len(words)
    return COVERED * share if share > 0.5 else 0.0
