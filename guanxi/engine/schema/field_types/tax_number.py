"""`tax_number`: 统一社会信用代码, older tax numbers, or 身份证; checked by their check digits."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from stdnum.cn import ric, uscc

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import TEXT_OPERATORS
from guanxi.engine.schema.field_types.text import NOT_TEXT
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOT_TAX_NUMBER = Text(
    "不是有效的统一社会信用代码（18 位，校验位要对）或旧税号（15、20 位）。",
    "Not a valid unified social credit code (18 characters with their check digit) or older tax number (15, 20).",
)
NOT_ID_CARD = Text("不是有效的 18 位身份证号。", "Not a valid 18-digit identity card number.")
BAD_KIND = Text("kind 只能是 company 或 id_card。", "kind must be company or id_card.")

_OLD = re.compile(r"^(?:[0-9A-Z]{15}|[0-9A-Z]{20})$")
_DROP = str.maketrans("", "", " -\u00a0\t")


def normal_number(text: str) -> str:
    """Half width, upper case, without spaces and hyphens."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return unicodedata.normalize("NFKC", text).translate(_DROP).upper()


class TaxNumberFieldType(FieldType):
    """A company's number, or a person's with `config.kind` id_card; normalised, its check digit verified."""

    type = "tax_number"
    formula_kind = "text"
    label = Text("税号/证件号", "Tax or ID number")
    doc = Text(
        "统一社会信用代码或身份证号，会核对校验位。",
        "A company's credit code or a person's ID, checked by its check digit.",
    )
    operators = TEXT_OPERATORS
    can_be_unique = True
    can_be_searched = True
    can_be_sealed = True
    kinds: ClassVar[tuple[str, ...]] = ("company", "id_card")

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """The number in its normal form."""
        if value == "":
            return None
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_TEXT)
        number = normal_number(value) if len(value) <= 60 else ""
        if field.config.get("kind") == "id_card":
            if not ric.is_valid(number):
                raise Refusal("bad_id_card", NOT_ID_CARD)
        elif not (uscc.is_valid(number) if len(number) == 18 else _OLD.match(number)):
            raise Refusal("bad_tax_number", NOT_TAX_NUMBER)
        return number

    def sound(self, field: FieldDef, source: Source) -> Sql:
        """15, 18 or 20 capitals and digits."""
        return sql("{} ~ {}", self.expression(source), r"^([0-9A-Z]{15}|[0-9A-Z]{18}|[0-9A-Z]{20})$")

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`kind`: company or id_card."""
        kind = config.get("kind", "company")
        if kind not in self.kinds:
            raise Refusal("bad_config", BAD_KIND)
        return {"kind": kind}
