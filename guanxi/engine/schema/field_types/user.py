"""`user`: a member of the workspace."""

import uuid
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.link import parse_reference
from guanxi.engine.schema.field_types.operators import EMPTINESS, IN, IS, IS_NOT, NOT_IN, Operator, offered
from guanxi.engine.schema.field_types.team_tree import users_below
from guanxi.kit.ids import parse_id
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOBODY = Text("这里没有「我」：没有人登录。", "There is no “me” here: nobody is signed in.")
NOT_TEAM = Text("这里需要部门 id、my_team 或 my_teams。", "A team's id, my_team or my_teams is needed here.")

OWN_TEAM, OWN_TEAMS = "my_team", "my_teams"


def team_operand(value: Any, field: FieldDef, env: Env) -> uuid.UUID | str:
    """`my_team`, `my_teams` or a team's id."""
    if value in (OWN_TEAM, OWN_TEAMS):
        return str(value)
    given = value.get("id") if isinstance(value, dict) else value
    found = parse_id(given)
    if found is None:
        raise Refusal("wrong_type", NOT_TEAM)
    return found


def _within(field: FieldDef, source: Source, operand: uuid.UUID | str, env: Env) -> Sql:
    left = field.type.expression(source)
    if isinstance(operand, uuid.UUID):
        return sql("{} IN {}", left, users_below(operand))
    people = env.team_user_ids if operand == OWN_TEAM else env.subtree_user_ids
    return sql("{} = ANY({})", left, Sql("%s::uuid[]", (sorted(people),)))


class UserFieldType(FieldType):
    """The id of a member; `me` is whoever asks."""

    type = "user"
    formula_kind = "reference"
    label = Text("成员", "User")
    doc = Text("工作区里的一位成员。", "A member of the workspace.")
    column_type = "uuid"
    json_cast = "uuid"
    operators = offered(IS, IS_NOT, IN, NOT_IN, Operator("within", team_operand, _within), *EMPTINESS)
    references = "user"
    lost_as_text = Text(
        "只留下姓名，不再是成员：不能再按「我」和部门筛选，交接时也不会换人。",
        "Only names remain, as text: no more filters by me or by team, and nothing is handed over with the person.",
    )

    def parse(self, value: Any, field: FieldDef, env: Env) -> uuid.UUID | None:
        """The id, `{"id"}` or `me`."""
        if value == "me":
            if env.user_id is None:
                raise Refusal("nobody", NOBODY)
            return env.user_id
        return parse_reference(value)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """The id as text."""
        return None if value is None else str(value)

    def load(self, stored: Any, field: FieldDef) -> uuid.UUID | None:
        """The id."""
        return None if stored is None else uuid.UUID(str(stored))

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The person's name."""
        return str(value.get("name") or "") if isinstance(value, dict) else ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: an id says nothing to a reader."""
        return ""
