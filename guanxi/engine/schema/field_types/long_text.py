"""`long_text`: several lines of text."""

from typing import ClassVar

from guanxi.engine.schema.field_types.operators import (
    CONTAINS,
    EMPTINESS,
    IS,
    IS_NOT,
    NOT_CONTAINS,
    STARTS_WITH,
    offered,
)
from guanxi.engine.schema.field_types.text import TextFieldType
from guanxi.kit.text import Text


class LongTextFieldType(TextFieldType):
    """Text with line breaks, at most `config.max` characters (100,000)."""

    type = "long_text"
    label = Text("多行文本", "Long text")
    doc = Text("可换行的文字，最多十万字。", "Text with line breaks, up to 100,000 characters.")
    operators = offered(IS, IS_NOT, CONTAINS, NOT_CONTAINS, STARTS_WITH, *EMPTINESS)
    sortable = False
    groupable = False
    measures = frozenset()
    can_be_unique = False
    default_max: ClassVar[int] = 100_000
    one_line: ClassVar[bool] = False
