"""Which fields of leads a form may ask for, and how its page asks.

*Rules*: only what a person writes about themselves, or hands in: nothing kept by the program, no links to records or
people, and nothing by which the firm sorts its leads.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, ObjectDef

INPUTS: Mapping[str, str] = {
    "text": "text", "long_text": "area", "email": "email", "phone": "tel", "url": "url", "number": "number",
    "decimal": "number", "date": "date", "select": "choice", "multi_select": "choices", "boolean": "check",
    "address": "text", "files": "files", "file": "file", "image": "file",
}  # fmt: skip
"""By type, the control of the page (page/form.html)."""
FILES = frozenset({"file", "files"})
"""Controls that upload something first (uploads.py)."""
OURS = frozenset({
    "status", "tier", "rating", "score", "source", "channel", "campaign", "utm_source", "utm_medium", "utm_campaign",
    "utm_term", "utm_content", "landing_page", "disqualify_reason", "tags",
})  # fmt: skip
LONGEST = 5000


def may_ask(field: FieldDef) -> bool:
    """True for a field that a form may ask for."""
    kept = field.readonly or field.system or field.deprecated or field.hidden or not field.in_row
    return not kept and field.type.type in INPUTS and field.key not in OURS


def askable(obj: ObjectDef) -> list[FieldDef]:
    """The fields a form may ask for, in the object's order."""
    return [field for field in obj.fields.values() if may_ask(field)]


def asked(obj: ObjectDef, rows: list[dict[str, Any]]) -> list[tuple[FieldDef, bool]]:
    """(field, whether it is required) of a form, without those that are gone meanwhile."""
    found = [(obj.fields.get(row["key"]), bool(row["required"])) for row in rows]
    return [(field, required) for field, required in found if field is not None and may_ask(field)]


def as_control(field: FieldDef, required: bool) -> dict[str, Any]:
    """A field as the page gets it."""
    options = [
        {"value": option.value, "label": option.label.as_dict()}
        for option in field.options
        if not option.retired
    ]
    return {"key": field.key, "label": field.label.as_dict(), "input": INPUTS[field.type.type], "required": required,
            "options": options}  # fmt: skip
