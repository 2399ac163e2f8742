"""What the values of a column look like: do they fit a field, and do they give away what they are?

*Rules*: pure; a field that points at records or people, or that has options, is never judged by values:
unknown ones may be created.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import EMPTY_CELLS, Env, Refusal

SEEN = 60

# Shapes that only one kind of value has, by the type of field that holds it.
SHAPES: Mapping[str, re.Pattern[str]] = {
    "email": re.compile(r"^[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$"),
    "url": re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE),
    "tax_number": re.compile(r"^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$"),
    "phone": re.compile(r"^(\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})$"),
}
MOBILE = re.compile(r"^(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$")


def present(samples: Sequence[str]) -> list[str]:
    """The first different texts of a column that are not a mark for "empty"."""
    texts = (text for text in dict.fromkeys(samples) if text.casefold() not in EMPTY_CELLS)
    return list(islice(texts, SEEN))


def fit(samples: Sequence[str], field: FieldDef, env: Env) -> float | None:
    """The share of the values that the field's type reads; None where values decide nothing."""
    if field.type.references is not None or field.type.has_options:
        return None
    texts = present(samples)
    if not texts:
        return None
    return sum(_reads(text, field, env) for text in texts) / len(texts)


def shape(samples: Sequence[str]) -> tuple[str, float] | None:
    """The type whose shape at least nine in ten values have, with that share."""
    texts = present(samples)
    if len(texts) < 2:
        return None
    for kind, pattern in SHAPES.items():
        share = sum(bool(pattern.match(text)) for text in texts) / len(texts)
        if share >= 0.9:
            return kind, share
    return None


def are_mobiles(samples: Sequence[str]) -> bool:
    """True when most values are mobile numbers."""
    texts = present(samples)
    return bool(texts) and sum(bool(MOBILE.match(text)) for text in texts) * 2 > len(texts)


def _reads(text: str, field: FieldDef, env: Env) -> bool:
    try:
        field.type.read_cell(text, field, env)
    except Refusal:
        return False
    return True
