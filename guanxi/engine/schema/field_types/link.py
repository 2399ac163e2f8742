"""`link`: one other record."""

import uuid
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.operators import LINK_OPERATORS
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

NOT_ID = Text("这里需要一条记录的 id。", "The id of a record is needed here.")

LINK_LOST = Text(
    "只留下标题文字，不再是关联：从对方那里看不到这些记录，对方改名这里也不会跟着变。",
    "Only titles remain, as text: linked records no longer show these here, and a new title there does not arrive.",
)


def parse_reference(value: Any) -> uuid.UUID | None:
    """The id in an id string or an object with an `id`; raises `Refusal`."""
    given = value.get("id") if isinstance(value, dict) else value
    if given == "":
        return None
    found = parse_id(given)
    if found is None:
        raise Refusal("wrong_type", NOT_ID)
    return found


class LinkFieldType(FieldType):
    """A link to one record of `field.target`; whether it exists is asked by the store."""

    type = "link"
    formula_kind = "reference"
    label = Text("关联", "Link")
    doc = Text("关联到另一个对象的一条记录。", "A link to one record of another object.")
    column_type = "uuid"
    json_cast = "uuid"
    operators = LINK_OPERATORS
    is_record_link = True
    references = "record"
    lost_as_text = LINK_LOST

    def parse(self, value: Any, field: FieldDef, env: Env) -> uuid.UUID | None:
        """The id of the linked record."""
        return parse_reference(value)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """The id as text."""
        return None if value is None else str(value)

    def load(self, stored: Any, field: FieldDef) -> uuid.UUID | None:
        """The id."""
        return None if stored is None else uuid.UUID(str(stored))

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The linked record's title."""
        return str(value.get("title") or "") if isinstance(value, dict) else ""
