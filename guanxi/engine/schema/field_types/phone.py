"""`phone`: a phone number, stored in E.164."""

from collections.abc import Mapping
from typing import Any

import phonenumbers

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import MASK, Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import (
    EMPTINESS,
    IN,
    IS,
    IS_NOT,
    NEEDS_TEXT,
    Operator,
    like_pattern,
    offered,
)  # fmt: skip
from guanxi.kit.phones import DEFAULT_REGION, format_phone, national_digits, parse_phone
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOT_PHONE = Text(
    "「{value}」不是完整的电话号码，座机请带区号。",
    "“{value}” is not a whole phone number. Landlines need their area code.",
)
NOT_TEXT = Text("电话号码应是文字。", "A phone number is text.")
BAD_REGION = Text(
    "default_region 应是两位国家代码，例如 CN。", "default_region must be a country code such as CN."
)


MASKED_FROM = 8
"""Shorter numbers would be all but told by their beginning and end."""


def region_of(field: FieldDef) -> str:
    """The country of numbers that are written without one."""
    return str(field.config.get("default_region", DEFAULT_REGION))


def _fragment(value: Any, field: FieldDef, env: Env) -> str:
    """The digits of a piece of a number, written in any way; the + of an international one is kept."""
    if not isinstance(value, str) or len(value) > 60:
        raise Refusal("wrong_type", NEEDS_TEXT)
    digits = "".join(char for char in value if char in "0123456789")
    if not digits:
        raise Refusal("wrong_type", NEEDS_TEXT)
    return ("+" if value.lstrip().startswith("+") else "") + digits


def _contains(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    """A leading 0 is the landline's trunk prefix, which E.164 leaves out."""
    bare = operand if operand[0] == "+" else operand.lstrip("0") or operand
    return sql("{} LIKE {}", field.type.expression(source), like_pattern(bare))


def _not_contains(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    return sql("({}) IS NOT TRUE", _contains(field, source, operand, env))


def _starts_with(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    if operand[0] != "+":
        code = phonenumbers.country_code_for_region(region_of(field))
        operand = f"+{code}{operand.lstrip('0')}"
    return sql("{} LIKE {}", field.type.expression(source), like_pattern(operand, before=""))


class PhoneFieldType(FieldType):
    """`+8613800138000`; an extension stands behind as `;ext=802`. Numbers without a country are Chinese."""

    type = "phone"
    formula_kind = "text"
    reaches = True
    label = Text("电话", "Phone")
    doc = Text("手机或座机号码，可带分机。", "A mobile or landline number, with an extension if need be.")
    operators = offered(
        IS, IS_NOT, Operator("contains", _fragment, _contains), Operator("not_contains", _fragment, _not_contains),
        Operator("starts_with", _fragment, _starts_with), IN, *EMPTINESS,
    )  # fmt: skip
    can_be_unique = True
    can_be_searched = True
    can_be_sealed = True

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """E.164, whatever the spelling."""
        if value == "":
            return None
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_TEXT)
        found = parse_phone(value.strip(), region_of(field))
        if found is None:
            raise Refusal("bad_phone", NOT_PHONE, value=value.strip()[:40])
        return found

    def sound(self, field: FieldDef, source: Source) -> Sql:
        """E.164, with an extension or without."""
        return sql("{} ~ {}", self.expression(source), r"^[+][1-9][0-9]{5,14}(;ext=[0-9]{1,11})?$")

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """Grouped as people read it."""
        return format_phone(value, Text("转", "ext.").in_(env.locale)) if value else ""

    def mask(self, value: Any) -> str:
        """138****1234: where it belongs and how it ends."""
        plain = str(value).partition(";")[0]
        shown = national_digits(plain) or plain
        return f"{shown[:3]}****{shown[-4:]}" if len(shown) > MASKED_FROM else MASK

    def search_text(self, value: Any, field: FieldDef) -> str:
        """The digits people know it by."""
        return national_digits(value) if value else ""

    def read_cell(self, text: str, field: FieldDef, env: Env) -> str | None:
        """Spreadsheets turn numbers into 13800138000.0."""
        return self.parse(text.removesuffix(".0"), field, env)

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`default_region`: a country code."""
        region = config.get("default_region", DEFAULT_REGION)
        if not isinstance(region, str) or region not in phonenumbers.SUPPORTED_REGIONS:
            raise Refusal("bad_config", BAD_REGION)
        return {"default_region": region}
