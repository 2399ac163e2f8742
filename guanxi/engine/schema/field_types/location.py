"""`location`: a point on the map."""

import math
import re
import unicodedata
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.many_values import jsonb
from guanxi.engine.schema.field_types.operators import EMPTY_ONLY
from guanxi.engine.schema.field_types.text import clean_text
from guanxi.kit.text import Text

NOT_PLACE = Text(
    "这里需要纬度和经度，例如 22.517,113.392。",
    "A latitude and longitude are needed here, such as 22.517,113.392.",
)

_PAIR = re.compile(
    r"^\(?\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,; ]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*\)?\s*(.*)$", re.DOTALL
)


class LocationFieldType(FieldType):
    """Latitude and longitude (WGS 84, six decimals, about 10 cm) with an optional name of the place."""

    type = "location"
    label = Text("定位", "Location")
    doc = Text("地图上的一个点。", "A point on the map.")
    column_type = "jsonb"
    as_json_value = True
    operators = EMPTY_ONLY
    sortable = False
    groupable = False
    measures = frozenset()
    can_be_sealed = True
    computed_with = True
    has_exact_values = False

    def parse(self, value: Any, field: FieldDef, env: Env) -> dict[str, Any] | None:
        """`{lat, lng, text?}`."""
        if value == "" or value == {}:
            return None
        if not isinstance(value, dict):
            raise Refusal("wrong_type", NOT_PLACE)
        place: dict[str, Any] = {}
        for key, limit in (("lat", 90), ("lng", 180)):
            number = value.get(key)
            if isinstance(number, bool) or not isinstance(number, (int, float)) or not math.isfinite(number):
                raise Refusal("wrong_type", NOT_PLACE)
            if not -limit <= number <= limit:
                raise Refusal("wrong_type", NOT_PLACE)
            place[key] = round(float(number), 6)
        name = clean_text(value.get("text") or "", 500, one_line=True)
        return {**place, "text": name} if name else place

    def column_value(self, value: Any, field: FieldDef) -> Any:
        """A JSONB parameter."""
        return jsonb(value)

    def read_cell(self, text: str, field: FieldDef, env: Env) -> dict[str, Any] | None:
        """`22.517,113.392`, latitude first, with the place's name behind if there is one."""
        found = _PAIR.match(unicodedata.normalize("NFKC", text))
        if not found:
            raise Refusal("wrong_type", NOT_PLACE)
        return self.parse({"lat": float(found[1]), "lng": float(found[2]), "text": found[3]}, field, env)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """`22.517,113.392` and the name."""
        if not value:
            return ""
        return f"{value['lat']},{value['lng']} {value.get('text') or ''}".strip()

    def search_text(self, value: Any, field: FieldDef) -> str:
        """The place's name."""
        return (value or {}).get("text") or ""
