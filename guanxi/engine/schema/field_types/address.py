"""`address`: a postal address with 省市区."""

import re
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.many_values import jsonb
from guanxi.engine.schema.field_types.operators import EMPTINESS, Operator, like_pattern, offered, words
from guanxi.engine.schema.field_types.text import clean_text
from guanxi.kit.regions import Region, find, split
from guanxi.kit.sql import Sql, all_of, join, sql
from guanxi.kit.text import Text

NOT_ADDRESS = Text("这里需要地址：文字或省、市、区、街道。", "An address is needed here: text, or its parts.")
NOT_REGION = Text("不认识这个地区：{value}。", "Unknown region: {value}.")
BAD_POSTCODE = Text("邮编不对：{value}。", "Not a postcode: {value}.")

LEVELS = ("province", "city", "district")
PARTS = ("country", *LEVELS, "street", "postcode")
CHINA = frozenset({"", "中国", "中华人民共和国", "china", "cn", "prc"})
_POSTCODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z \-]{2,11}$")


def _text_of(field: FieldDef, source: Source) -> Sql:
    return sql("({} ->> 'text')", field.type.expression(source))


def _contains(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    return sql("{} ILIKE {}", _text_of(field, source), like_pattern(operand))


def _not_contains(field: FieldDef, source: Source, operand: str, env: Env) -> Sql:
    return sql("({}) IS NOT TRUE", _contains(field, source, operand, env))


def _region(value: Any, field: FieldDef, env: Env) -> Region | list[str]:
    """A region by code or path of names; a path unknown here (abroad) stays names, from the country down."""
    path = words(value, field, env)
    found = find(path)
    if found is not None:
        return found
    names = [part.strip() for part in path.split("/") if part.strip()]
    if not names or len(names) > len(PARTS) or path.isdigit():
        raise Refusal("unknown_region", NOT_REGION, value=path[:40])
    return names


def _within(field: FieldDef, source: Source, operand: Region | list[str], env: Env) -> Sql:
    """Codes nest by prefix, so a region is a range of codes."""
    left = field.type.expression(source)
    if isinstance(operand, Region):
        after = operand.code[:-1] + chr(ord(operand.code[-1]) + 1)
        code = sql("({} ->> 'code') COLLATE \"C\"", left)
        return sql("{} >= {} AND {} < {}", code, operand.code, code, after)
    pairs = zip(PARTS, operand, strict=False)
    return all_of(sql("lower({} ->> {}) = lower({})", left, Sql(f"'{part}'"), name) for part, name in pairs)


def _known_region(names: list[str]) -> Region | None:
    """The deepest region that the names from the province down lead to, ranks left out or not."""
    for length in range(len(names), 0, -1):
        region = find("/".join(names[:length])) or split("".join(names[:length])).region
        if region is not None:
            return region
    return None


class AddressFieldType(FieldType):
    """`{country, province, city, district, street, postcode, text, code}`; `text` is the whole in one line.

    Chinese regions are kept by their official names and the code of the deepest one.
    """

    type = "address"
    label = Text("地址", "Address")
    doc = Text("省市区加详细地址。", "Province, city, district and street.")
    column_type = "jsonb"
    as_json_value = True
    operators = offered(
        Operator("contains", words, _contains), Operator("not_contains", words, _not_contains),
        Operator("within", _region, _within), *EMPTINESS,
    )  # fmt: skip
    sortable = False
    groupable = False
    measures = frozenset()
    can_be_searched = True
    can_be_sealed = True
    computed_with = True
    has_exact_values = False
    buckets = LEVELS
    max_part: ClassVar[int] = 100
    max_text: ClassVar[int] = 500

    def parse(self, value: Any, field: FieldDef, env: Env) -> dict[str, str] | None:
        """Its parts, or one line that is taken apart."""
        if isinstance(value, str):
            line = clean_text(value, self.max_text, one_line=True)
            return self._from_line(line) if line else None
        if not isinstance(value, dict) or not all(v is None or isinstance(v, str) for v in value.values()):
            raise Refusal("wrong_type", NOT_ADDRESS)
        given = {
            part: clean_text(
                value.get(part) or "", self.max_text if part == "street" else self.max_part, one_line=True
            )
            for part in PARTS
        }
        parts = {part: text for part, text in given.items() if text}
        if not parts:
            line = clean_text(value.get("text") or "", self.max_text, one_line=True)
            return self._from_line(line) if line else None
        if "postcode" in parts and not _POSTCODE.match(parts["postcode"]):
            raise Refusal("wrong_type", BAD_POSTCODE, value=parts["postcode"][:20])
        return self._complete(parts)

    def _from_line(self, line: str) -> dict[str, str]:
        found = split(line)
        parts = {"street": found.street, "postcode": found.postcode}
        return self._complete({part: text for part, text in parts.items() if text}, found.region) | {
            "text": line
        }

    def _complete(self, parts: dict[str, str], region: Region | None = None) -> dict[str, str]:
        """Official names and the code of known regions, and the whole in one line."""
        if region is None and parts.get("country", "").casefold() in CHINA:
            region = _known_region([parts[level] for level in LEVELS if level in parts])
        if region is not None:
            parts |= {level: r.zh for level, r in zip(LEVELS, region.path, strict=False)}
        code = region.code if region else ""
        shown = list(dict.fromkeys(parts.get(part, "") for part in LEVELS))  # 北京市 is province and city
        text = ("" if code else parts.get("country", "")) + "".join(shown) + parts.get("street", "")
        if not code and text.isascii():
            pieces = (
                parts.get(part, "")
                for part in ("street", "district", "city", "province", "postcode", "country")
            )
            text = ", ".join(piece for piece in pieces if piece)
        ordered = {part: parts[part] for part in PARTS if part in parts}
        return ordered | {"text": text or parts.get("postcode", "")} | ({"code": code} if code else {})

    def bucket_expression(self, source: Source, bucket: str, zone: ZoneInfo) -> Sql:
        """The path of names down to the level (广东省/中山市), as `within` takes it; NULL where not that deep."""
        value = self.expression(source)
        levels = LEVELS[: LEVELS.index(bucket) + 1]
        return join((sql("({} ->> {})", value, Sql(f"'{level}'")) for level in levels), " || '/' || ")

    def column_value(self, value: Any, field: FieldDef) -> Any:
        """A JSONB parameter."""
        return jsonb(value)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The whole in one line."""
        return (value or {}).get("text") or ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """The whole in one line."""
        return (value or {}).get("text") or ""
