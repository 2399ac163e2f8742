"""People and teams as objects that others can link to and filter across (`owner.team`).

They are no records: no owner, no versions, no pages of their own; `engine/identity` writes them.
"""

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.registry import field, object_registry, options
from guanxi.kit.text import Text

# Nobody's address is looked for unless it is asked for: every list asks for names.
_MEMBERS = (
    "(SELECT m.user_id AS id, m.workspace_id, m.name, m.name AS title,"
    " (SELECT u.email FROM app_user u WHERE u.id = m.user_id) AS email, m.team_id, m.manager_id, m.role"
    " FROM membership m)"
)
_TEAMS = "(SELECT id, workspace_id, name, name AS title, parent_id, manager_id FROM team)"

USER = object_registry.register(
    ObjectDef(
        key="user",
        label=Text("同事", "Person"),
        label_plural=Text("同事", "People"),
        table=_MEMBERS,
        record=False,
        listed=False,
        shared=True,
        icon="user",
        fields={
            f.key: f
            for f in (
                field("name", "text", Text("姓名", "Name"), column="name"),
                field("email", "email", Text("邮箱", "E-mail"), column="email"),
                field("team", "team", Text("部门", "Team"), column="team_id", target="team"),
                field("manager", "user", Text("上级", "Manager"), column="manager_id", target="user"),
                field(
                    "role",
                    "select",
                    Text("角色", "Role"),
                    column="role",
                    options=options(
                        ("admin", "管理员", "Administrator"),
                        ("manager", "主管", "Manager"),
                        ("member", "成员", "Member"),
                        ("read_only", "只读", "Read only"),
                        ("limited", "仅按所选角色", "Only the chosen roles"),
                    ),
                ),
            )
        },
    )
)

TEAM = object_registry.register(
    ObjectDef(
        key="team",
        label=Text("部门", "Team"),
        label_plural=Text("部门", "Teams"),
        table=_TEAMS,
        record=False,
        listed=False,
        shared=True,
        icon="users",
        fields={
            f.key: f
            for f in (
                field("name", "text", Text("名称", "Name"), column="name"),
                field("parent", "team", Text("上级部门", "Parent team"), column="parent_id", target="team"),
                field("manager", "user", Text("负责人", "Manager"), column="manager_id", target="user"),
            )
        },
    )
)
