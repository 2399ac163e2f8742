"""`team`: a node of the department tree."""

import uuid
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Source
from guanxi.engine.schema.field_types.link import parse_reference
from guanxi.engine.schema.field_types.operators import EMPTINESS, IN, IS, IS_NOT, Operator, offered
from guanxi.engine.schema.field_types.team_tree import teams_below
from guanxi.engine.schema.field_types.user import OWN_TEAM, team_operand
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text


def _within(field: FieldDef, source: Source, operand: uuid.UUID | str, env: Env) -> Sql:
    left = field.type.expression(source)
    if isinstance(operand, uuid.UUID):
        return sql("{} IN {}", left, teams_below(operand))
    if operand == OWN_TEAM:
        return sql("{} = {}", left, Sql("%s::uuid", (env.team_id,)))
    return sql("{} = ANY({})", left, Sql("%s::uuid[]", (sorted(env.subtree_team_ids),)))


class TeamFieldType(FieldType):
    """The id of a team; `within` takes the teams below it too."""

    type = "team"
    formula_kind = "reference"
    label = Text("部门", "Team")
    doc = Text("部门树里的一个部门。", "A team of the department tree.")
    column_type = "uuid"
    json_cast = "uuid"
    operators = offered(IS, IS_NOT, IN, Operator("within", team_operand, _within), *EMPTINESS)
    references = "team"
    lost_as_text = Text(
        "只留下部门名称，不再跟着部门树走。",
        "Only names remain, as text; the tree of teams is not followed any more.",
    )

    def parse(self, value: Any, field: FieldDef, env: Env) -> uuid.UUID | None:
        """The id or `{"id"}`."""
        return parse_reference(value)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """The id as text."""
        return None if value is None else str(value)

    def load(self, stored: Any, field: FieldDef) -> uuid.UUID | None:
        """The id."""
        return None if stored is None else uuid.UUID(str(stored))

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The team's name."""
        return str(value.get("name") or "") if isinstance(value, dict) else ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: an id says nothing to a reader."""
        return ""
