"""Values to try on a field of any type: two that fit, one that does not, and how the API shows them."""

from typing import Any

from django.utils import timezone

from guanxi.engine.schema.field_types import field_type_registry

TODAY = timezone.now()
NUMBERS = ("number", "decimal", "money", "percent")

PAIRS: dict[str, tuple[Any, Any]] = {
    "text": ("阿尔法 Alpha 50%_off\\", "贝塔 Beta"),
    "long_text": ("第一行\n第二行 O'Neill", '另一段 "文字" <b>'),
    "rich_text": ("<p>甲 <strong>乙</strong></p>", "<p>丙</p>"),
    "decimal": ("1.25", "2.50"),
    "money": ("100.50", 2000),
    "percent": (10, "20.25"),
    "rating": (2, 4),
    "boolean": (True, False),
    "date": (TODAY.astimezone(timezone.get_fixed_timezone(480)).date().isoformat(), "2031-07-02"),
    "datetime": (TODAY.strftime("%Y-%m-%dT%H:%M:%SZ"), "2031-07-02T23:59:59.123456Z"),
    "time": ("09:30", "18:05"),
    "tags": (["甲", "O'b"], ["乙"]),
    "email": ("a.b@zhongshan.cn", "c@beihai.example"),
    "phone": ("+8613800138000", "+8676985321180"),
    "url": ("https://zhongshan.cn/a?b=1", "http://beihai.example"),
    "address": (
        "广东省中山市小榄镇民安北路1号",
        {"country": "Germany", "city": "München", "street": "Weg 1"},
    ),
    "location": ({"lat": 22.517, "lng": 113.392, "text": "小榄"}, {"lat": -1, "lng": 2.5}),
    "sub_table": ([{"name": "甲"}], [{"name": "乙"}, {"name": "丙"}]),
    "tax_number": ("91110000600037341L", "91350100M000100Y43"),
}
"""Two values by type, the first below the second where the type has an order."""

WRONG: dict[str, Any] = {
    **dict.fromkeys(NUMBERS, "一打"),
    "rating": 4.5,
    "boolean": "maybe",
    "date": "2026-02-30",
    "datetime": "yesterday at five",
    "time": "25:61",
    "tags": [["nested"]],
    "multi_select": ["no_such_option"],
    "email": "nobody",
    "phone": "12",
    "url": "javascript:alert(1)",
    "address": 5,
    "location": {"lat": 91, "lng": 0},
    "tax_number": "91110000600037341X",
    "links": ["not-an-id"],
    "files": ["not-an-id"],
    "image": ["not-an-id"],
}
"""A value that does not fit, by type; for the rest an object that is no reference, text or option."""


def pair_for(field: dict[str, Any], references: dict[str, list[str]]) -> tuple[Any, Any]:
    """Two values for a field as `/meta/objects` describes it; `references` are ids by what they refer to."""
    kind = field["type"]
    if kind == "number":
        low = field["config"].get("min") or 0
        return low + 5, low + 70
    if kind in ("select", "stage", "multi_select"):
        values = [option["value"] for option in field["options"]]
        first, second = values[0], values[min(1, len(values) - 1)]
        return ([first], [second]) if kind == "multi_select" else (first, second)
    referred = field["target"] or {"file": "file", "files": "file", "image": "file"}.get(kind, kind)
    if referred in references:
        one, two = references[referred][:2]
        several = kind in ("links", "files") or (kind == "image")
        return ([one], [two, one]) if several else (one, two)
    return PAIRS[kind]


def wrong_for(field: dict[str, Any]) -> Any:
    """A value that the field refuses."""
    return WRONG.get(field["type"], {"not": "a value"})


def shows(field: dict[str, Any], given: Any, shown: Any) -> bool:
    """Whether the API shows `given` in the way it should."""
    if given is None:
        return shown is None or shown == []
    kind = field["type"]
    if kind in ("link", "user", "team", "file"):
        return bool(shown) and shown["id"] == given
    if kind in ("links", "files", "image"):
        return [item["id"] for item in shown] == given
    if kind == "sub_table":
        return [item["name"] for item in shown] == [item["name"] for item in given]
    if kind in NUMBERS:
        return float(shown) == float(given)
    if kind == "address":
        return bool(shown["text"]) and (shown["text"] == given or shown["city"] == given["city"])
    if kind == "datetime":
        return shown.replace("Z", "") == given.replace("Z", "")
    return bool(shown == given)


def creatable_types() -> list[str]:
    """Every type that an administrator may give a field."""
    return sorted(
        (kind.type for kind in field_type_registry if kind.can_be_created), key=lambda kind: kind == "formula"
    )
