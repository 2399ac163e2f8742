"""`text`: one line of text."""

from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import MASK, Env, FieldType, Refusal
from guanxi.engine.schema.field_types.operators import TEXT_OPERATORS
from guanxi.kit.bidi import strip_bidi
from guanxi.kit.text import Text

NOT_TEXT = Text("这里需要文字。", "Text is needed here.")
TOO_LONG = Text("最多 {max} 个字，现在有 {length} 个。", "At most {max} characters; there are {length}.")
BAD_MAX = Text("max 应在 1 到 {highest} 之间。", "max must be between 1 and {highest}.")
HAS_NUL = Text("文字里有不能保存的字符。", "The text has a character that cannot be kept.")


def clean_text(value: Any, limit: int, *, one_line: bool) -> str | None:
    """`value` as stripped text (None when nothing is left); raises `Refusal` when it is no text or too long."""
    if not isinstance(value, str):
        raise Refusal("wrong_type", NOT_TEXT)
    if "\x00" in value:
        raise Refusal("bad_character", HAS_NUL)
    value = strip_bidi(value)
    text = " ".join(value.split()) if one_line and not value.isprintable() else value.strip()
    if len(text) > limit:
        raise Refusal("too_long", TOO_LONG, max=limit, length=len(text))
    return text or None


class TextFieldType(FieldType):
    """One line of text, at most `config.max` characters (255)."""

    type = "text"
    formula_kind = "text"
    label = Text("单行文本", "Text")
    doc = Text("一行文字，默认最多 255 个字。", "One line of text, 255 characters unless set otherwise.")
    operators = TEXT_OPERATORS
    can_be_unique = True
    can_be_searched = True
    can_be_sealed = True
    default_max: ClassVar[int] = 255
    one_line: ClassVar[bool] = True

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """Stripped text; line breaks become spaces."""
        return clean_text(value, int(field.config.get("max", self.default_max)), one_line=self.one_line)

    def mask(self, value: Any) -> str:
        """张*: the first character of a line; nothing of a longer text."""
        text = str(value)
        return f"{text[:1]}*" if self.one_line and len(text) > 1 else MASK

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`max`: 1 to the type's own limit."""
        limit = config.get("max", self.default_max)
        highest = max(self.default_max, 1000)
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= highest:
            raise Refusal("bad_config", BAD_MAX, highest=highest)
        return {"max": limit}
