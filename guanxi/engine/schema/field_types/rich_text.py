"""`rich_text`: formatted text, kept as sanitised HTML."""

import html
from typing import Any, ClassVar

import nh3

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import EMPTINESS, Operator, like_pattern, offered, words
from guanxi.engine.schema.field_types.text import HAS_NUL, NOT_TEXT
from guanxi.kit.bidi import strip_bidi
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

TOO_LARGE = Text("内容超过 1 MB。", "The content is larger than 1 MB.")

MAX_BYTES = 1_000_000
FILE_PREFIX = "/api/v1/files/"
TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "img", "li", "mark",
    "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures come from our own files alone: one from elsewhere tells its host who reads the record."""
    if tag == "img" and name == "src" and not value.startswith(FILE_PREFIX):
        return None
    return value


def sanitised(markup: str) -> str:
    """`markup` with nothing in it that could run, phone home or break the page around it."""
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def text_content(markup: str) -> str:
    """What a reader reads, words of neighbouring blocks kept apart."""
    bare = html.unescape(nh3.clean(markup.replace("<", " <"), tags=set()))
    return " ".join(bare.split())


def _visible(field: FieldDef, source: Source) -> Sql:
    return sql("regexp_replace({}, '<[^>]*>', '', 'g')", field.type.expression(source))


def _contains(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    return sql("{} ILIKE {}", _visible(field, source), like_pattern(html.escape(operand, quote=False)))


def _not_contains(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    return sql("({}) IS NOT TRUE", _contains(field, source, operand, env))


CONTAINS_VISIBLE = Operator("contains", words, _contains)
NOT_CONTAINS_VISIBLE = Operator("not_contains", words, _not_contains)


class RichTextFieldType(FieldType):
    """HTML of a few harmless tags, at most 1 MB; filters and search see its text."""

    type = "rich_text"
    label = Text("富文本", "Rich text")
    doc = Text("带格式的文字，保存前会清理。", "Formatted text, sanitised before it is kept.")
    operators = offered(CONTAINS_VISIBLE, NOT_CONTAINS_VISIBLE, *EMPTINESS)
    sortable = False
    groupable = False
    measures = frozenset()
    can_be_searched = True
    can_be_sealed = True
    computed_with = True
    has_exact_values = False
    empty_markup: ClassVar[frozenset[str]] = frozenset({"", "<p></p>", "<p><br></p>"})

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """Sanitised HTML; None when neither text nor picture is left."""
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_TEXT)
        if "\x00" in value:
            raise Refusal("bad_character", HAS_NUL)
        if len(value) > MAX_BYTES or len(value.encode("utf-8", "replace")) > MAX_BYTES:
            raise Refusal("too_long", TOO_LARGE)
        clean = strip_bidi(sanitised(value)).strip()
        if clean in self.empty_markup or not ("<img" in clean or text_content(clean)):
            return None
        return clean

    def read_cell(self, text: str, field: FieldDef, env: Env) -> str | None:
        """HTML as HTML; plain text with its line breaks."""
        if "<" in text and ">" in text:
            return self.parse(text, field, env)
        lines = (html.escape(line.strip(), quote=False) for line in text.splitlines())
        return self.parse("".join(f"<p>{line}</p>" for line in lines if line), field, env)

    def is_same_cell(self, before: Any, value: Any) -> bool:
        """Plain paragraphs with the words that are there already: an export leaves the markup out."""
        bare = (value or "").replace("<p>", "").replace("</p>", "")
        return bool(before) and "<" not in bare and text_content(before) == text_content(value or "")

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """Its text."""
        return text_content(value) if value else ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Its text."""
        return text_content(value) if value else ""
