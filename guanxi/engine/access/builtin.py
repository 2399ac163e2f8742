"""The roles that every workspace has from its first day, as the program knows them."""

from dataclasses import dataclass, replace
from typing import Any

from guanxi.engine.access.areas import AREA_KEYS
from guanxi.engine.access.rules import ANY, Rights, read_rights
from guanxi.engine.tenancy.context import Role
from guanxi.kit.text import Text

OWN_MEMBER_SCOPE = "own"
TAKEN_FROM_ADMINISTRATORS = frozenset({"audit", "roles", "security"})
"""What administrators lose where duties are separated: nobody both rules and watches the rulers."""


@dataclass(frozen=True, slots=True)
class BuiltinRole:
    """A role declared in the program; `rights` as they are stored for others."""

    key: str
    name: Text
    note: Text
    rights: dict[str, Any]


def verbs(see: str, write: str, *, make: bool, export: str, assign: str | None = None) -> dict[str, Any]:
    """A line of the matrix where all that writes reaches equally far."""
    return {
        "see": see, "create": make, "edit": write, "delete": write, "export": export, "import": make,
        "assign": assign or write, "bulk": write, "merge": write,
    }  # fmt: skip


_ROLES = (
    BuiltinRole(
        Role.ADMIN,
        Text("管理员", "Administrator"),
        Text("看得到、改得了一切，管理全部设置", "Sees and changes everything, and all settings"),
        {"objects": {ANY: verbs("all", "all", make=True, export="all")}, "areas": sorted(AREA_KEYS)},
    ),
    BuiltinRole(
        Role.MANAGER,
        Text("主管", "Manager"),
        Text("本部门及下级的记录", "The records of their teams and those below"),
        {"objects": {ANY: verbs("team_below", "team_below", make=True, export="team_below")}},
    ),
    BuiltinRole(
        Role.MEMBER,
        Text("成员", "Member"),
        Text("自己的记录；工作区可设为看到本部门", "Their own records; their team's to see where the workspace says so"),
        {"objects": {ANY: verbs("own", "own", make=True, export="all")}},
    ),
    BuiltinRole(
        Role.READ_ONLY,
        Text("只读", "Read only"),
        Text("看得到一切，什么都不改", "Sees everything, changes nothing"),
        {"objects": {ANY: verbs("all", "none", make=False, export="none")}},
    ),
    BuiltinRole(
        Role.LIMITED,
        Text("仅按所选角色", "Only the chosen roles"),
        Text("本身没有权限，只看另外选的角色", "Gives nothing by itself; only the further roles count"),
        {"objects": {ANY: verbs("none", "none", make=False, export="none")}},
    ),
)  # fmt: skip
BUILTIN = {role.key: role for role in _ROLES}
FIXED = frozenset({Role.ADMIN.value, Role.LIMITED.value})
"""Those that nobody may adjust."""


def builtin_rights(key: str, member_scope: str) -> Rights:
    """What a built-in role gives where it has not been adjusted."""
    rights = read_rights(BUILTIN[key].rights)
    if key == Role.MEMBER and member_scope != OWN_MEMBER_SCOPE:
        line = dict(rights.objects[ANY]) | {
            "see": read_rights({"objects": {ANY: {"see": "team"}}}).objects[ANY]["see"]
        }
        rights = replace(rights, objects={ANY: line})
    return rights
