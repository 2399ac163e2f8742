"""Rules of a schema's own, whose complaint speaks both languages.

*How it works*: pydantic carries a complaint's context along untouched; `unfit` puts both sentences there, and
`told_by_schema` finds them again where the answer is made.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from guanxi.kit.text import Text

_ZH, _EN = "sentence_zh", "sentence_en"


def unfit(code: str, text: Text) -> PydanticCustomError:
    """What a validator raises for a value that does not fit: a stable code and its sentence."""
    return PydanticCustomError(code, "{sentence_en}", {_ZH: text.zh, _EN: text.en})


def told_by_schema(context: Mapping[str, Any]) -> Text | None:
    """The sentence that a validator raised `unfit` with."""
    return Text(str(context[_ZH]), str(context[_EN])) if _ZH in context and _EN in context else None
