"""The field that a column would become: its key, label and type, proposed from header and values.

*Rules*: cautious: a column becomes more than text only when every sampled value reads as that type, so
that later rows are not refused for a type nobody chose.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.transfer.guessing.names import normal
from guanxi.engine.transfer.guessing.values import fit, present, shape
from guanxi.kit import pinyin
from guanxi.kit.text import Text

MAX_KEY = 40
_LONG = 200
_PLAIN_NUMBER = re.compile(r"^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$")


@dataclass(frozen=True, slots=True)
class NewField:
    """A field to be created."""

    key: str
    label: str
    type: str
    config: dict[str, Any]

    def definition(self) -> FieldDef:
        """The field as it will be, for reading cells before it exists."""
        label = Text.of(self.label)
        return FieldDef(
            key=self.key, type=get_field_type(self.type), label=label, custom=True, config=self.config
        )


def propose(header: str, samples: Sequence[str], taken: Collection[str], env: Env) -> NewField:
    """The field for a column; `taken` are keys in use."""
    kind, config = _type_of(samples, env)
    return NewField(key_of(header, taken), header[:100], kind, config)


def key_of(header: str, taken: Collection[str]) -> str:
    """A free key made of the header: its words, Chinese ones in pinyin."""
    words = re.findall(r"[a-z0-9]+", " ".join(pinyin.words(normal(header))))
    key = "_".join(words)[: MAX_KEY - 3].strip("_")
    if not key or not key[0].isalpha():
        key = f"field_{key}".strip("_")[: MAX_KEY - 3]
    free, number = key, 1
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    return free


def _type_of(samples: Sequence[str], env: Env) -> tuple[str, dict[str, Any]]:
    texts = present(samples)
    if not texts:
        return "text", {}
    if found := shape(samples):
        return (found[0], {}) if found[1] == 1 else ("text", {})
    if all(_PLAIN_NUMBER.match(text) for text in texts):
        decimals = max(len(text.partition(".")[2]) for text in texts)
        return ("number", {"decimals": decimals}) if decimals else ("number", {})
    blank = FieldDef(key="x", type=get_field_type("text"), label=Text.of("x"))
    for kind in ("date", "datetime"):
        # Bare numbers read as dates (20260305) are codes more often than not.
        dated = all(re.search(r"[-/.年]", text) for text in texts)
        if dated and fit(samples, replace(blank, type=get_field_type(kind)), env) == 1:
            return kind, {}
    if len(texts) == 2 and fit(samples, replace(blank, type=get_field_type("boolean")), env) == 1:
        return "boolean", {}
    if any(len(text) > _LONG or "\n" in text for text in texts):
        return "long_text", {}
    return "text", {}
