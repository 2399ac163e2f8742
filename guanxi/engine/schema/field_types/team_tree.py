"""The department tree in SQL: which teams are below one, and who is in them."""

import uuid

from guanxi.kit.sql import Sql


def teams_below(team_id: uuid.UUID) -> Sql:
    """A subquery of the ids of a team and all teams below it."""
    return Sql(
        "(WITH RECURSIVE below (id) AS (SELECT %s::uuid UNION "
        "SELECT child.id FROM team child JOIN below ON child.parent_id = below.id) SELECT id FROM below)",
        (team_id,),
    )


def users_below(team_id: uuid.UUID) -> Sql:
    """A subquery of the users in a team or below it."""
    teams = teams_below(team_id)
    return Sql(
        f"(SELECT member.user_id FROM membership member WHERE member.team_id IN {teams.text})", teams.params
    )
