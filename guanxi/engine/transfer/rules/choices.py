"""Matching what a column says with the options of its field, and proposing those that are missing.

*How it works*: an option is found by value, label or, for stages, by what it stands for ("Closed Won" is
the stage that wins). What is not found is offered as a new option; a new stage's kind is read from its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.transfer.guessing.names import normal

MAX_NEW_OPTIONS = 200
MAX_OPTION = 100

_KINDS: Mapping[str, frozenset[str]] = {
    "won": frozenset(
        {
            "won",
            "closed won",
            "close won",
            "win",
            "赢单",
            "成交",
            "已成交",
            "成功",
            "已赢单",
            "签约",
            "已签约",
        }
    ),
    "lost": frozenset(
        {"lost", "closed lost", "close lost", "lose", "输单", "丢单", "失败", "已输单", "流失", "已丢单"}
    ),
}


@dataclass(frozen=True, slots=True)
class NewChoice:
    """An option or stage that a column asks for; `kind` is a stage's."""

    label: str
    kind: str = "open"


def aliases(field: FieldDef) -> dict[str, str]:
    """Further ways to write the field's options: "Closed Won" for the one stage that wins."""
    found: dict[str, str] = {}
    for option in field.options:
        found.setdefault(normal(option.label.zh), option.value)
        # 制造 and 制造业 are one industry.
        stem = option.label.zh.removesuffix("行业").removesuffix("业")
        for word in (stem, f"{stem}业", f"{stem}行业"):
            if len(stem) > 1:
                found.setdefault(word, option.value)
        found.setdefault(normal(option.label.en), option.value)
        found.setdefault(normal(option.value), option.value)
    for kind, words in _KINDS.items():
        of_kind = _of_kind(field.options, kind)
        if len(of_kind) == 1:
            for word in words:
                found.setdefault(word, of_kind[0].value)
    return found


def kind_of(label: str) -> str:
    """The kind of a stage by its name."""
    return next((kind for kind, words in _KINDS.items() if normal(label) in words), "open")


def with_aliases(field: FieldDef) -> FieldDef:
    """The field, its options found by their aliases as well."""
    if not field.type.has_options:
        return field
    known = dict(field.options_by_label)
    for word, value in aliases(field).items():
        known.setdefault(word, value)
    # A cached property lives in the instance's dict: this copy of the declaration knows more words.
    copy = FieldDef(**{name: getattr(field, name) for name in FieldDef.__dataclass_fields__})
    copy.__dict__["options_by_label"] = known
    return copy


def is_offerable(label: str) -> bool:
    """True when a text can become an option."""
    return 0 < len(label) <= MAX_OPTION and "\n" not in label and "\x00" not in label


def missing(field: FieldDef, texts: Iterable[str], parts: Any) -> dict[str, int]:
    """Labels that are no options yet, with how often they occur; `parts` splits a cell into labels."""
    counts: dict[str, int] = {}
    first: dict[str, str] = {}
    for text in texts:
        for part in parts(text):
            folded = part.casefold()
            if folded not in field.options_by_label and is_offerable(part):
                label = first.setdefault(folded, part)
                counts[label] = counts.get(label, 0) + 1
    return counts


def _of_kind(options: Iterable[Option], kind: str) -> list[Option]:
    return [option for option in options if option.meta.get("kind") == kind]
