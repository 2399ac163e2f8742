"""Writing imported people: invited members with their team, manager and role.

*How it works*: whoever is known by address or name is updated, everybody else becomes an invited member;
managers and teams that are named are made too. Somebody who is only named as a manager gets the role
of one, and the team of the people they lead, so that they see these people's records.

*Rules*: administrators only (identity asks again); only rows with an address cost a query each.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Literal

from guanxi.engine.identity import facade as identity
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.rules.cells import ReadRow
from guanxi.kit.errors import FieldError, Problem
from guanxi.kit.text import Text

MAX_MEMBERS = 5_000
TOO_MANY = Text("一次最多导入 {max} 位成员。", "At most {max} members can be imported at a time.")
REQUIRED = Text("必填。", "Required.")
OWN_MANAGER = Text("不能把自己设为自己的上级。", "Nobody can be their own manager.")

Written = dict[int, "Literal['create', 'update', 'unchanged'] | list[FieldError]"]


def write_members(ctx: Ctx, plan: Plan, rows: Mapping[int, tuple[list[str], ReadRow]]) -> Written:
    """What became of each row, by position."""
    written: Written = {}
    people: dict[int, dict[str, Any]] = {}
    for position, (_cells, row) in rows.items():
        if error := _error(row.values):
            written[position] = [error]
        else:
            people[position] = row.values
    known = identity.find_people(ctx, {v[k] for v in people.values() for k in ("name", "email") if v.get(k)})
    for position, values in people.items():
        known_already = values["name"] in known or values.get("email") in known
        try:
            _invite(ctx, values, known)
        except Problem as problem:
            written[position] = [FieldError("email", problem.code, problem.text, problem.values)]
            continue
        written[position] = "update" if known_already else "create"
    kept = {
        position: values for position, values in people.items() if not isinstance(written[position], list)
    }
    _place(ctx, list(kept.values()), known)
    return written


def _error(values: Mapping[str, Any]) -> FieldError | None:
    if not values.get("name"):
        return FieldError("name", "required", REQUIRED)
    if values.get("manager") and str(values["manager"]).casefold() == str(values["name"]).casefold():
        return FieldError("manager", "own_manager", OWN_MANAGER)
    return None


def _invite(ctx: Ctx, values: Mapping[str, Any], known: dict[str, Any]) -> None:
    """People with an address get their invitation; the others are made all at once afterwards."""
    email = values.get("email")
    if not email or email in known or values["name"] in known:
        return
    role = values.get("role") or Role.MEMBER
    invited = identity.invite(ctx, email=email, name=values["name"], role=role, team=None)
    known[email] = known[values["name"]] = invited.member.user_id


def _place(ctx: Ctx, people: list[Mapping[str, Any]], known: dict[str, Any]) -> None:
    managers = {str(values["manager"]) for values in people if values.get("manager")}
    before = identity.find_people(ctx, managers)
    ids = identity.ensure_members(
        ctx, [str(v["name"]) for v in people if v["name"] not in known] + sorted(managers)
    )
    ids |= {
        v["name"]: known.get(v.get("email") or "") or known[v["name"]] for v in people if v["name"] in known
    }
    teams = identity.ensure_teams(
        ctx, sorted({str(values["team"]) for values in people if values.get("team")})
    )
    places = {
        ids[values["name"]]: identity.Place(
            user_id=ids[values["name"]],
            role=values.get("role"),
            team_id=teams.get(values.get("team") or ""),
            manager_id=ids.get(values.get("manager") or ""),
        )
        for values in people
    }
    led: dict[str, set[Any]] = defaultdict(set)
    for values in people:
        if values.get("manager"):
            led[str(values["manager"])].add(teams.get(values.get("team") or ""))
    for name, of_people in led.items():
        if name not in before and ids[name] not in places:
            team = next(iter(of_people)) if len(of_people) == 1 else None
            places[ids[name]] = identity.Place(ids[name], role=Role.MANAGER, team_id=team)
    identity.set_memberships(ctx, list(places.values()))
