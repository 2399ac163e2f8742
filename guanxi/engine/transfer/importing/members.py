"""People as something that can be imported: the columns `member` has, and where they lead.

A member is no record: `engine.identity` makes and keeps them. Here they look like an object with five
fields, so that reading, guessing and previewing a spreadsheet of people is the same as of anything else.
Team and manager are names here: asking to import people is asking for their teams and managers too.
"""

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.registry import field, options
from guanxi.kit.text import Text

MEMBER_KEYS = frozenset({"member", "members", "user", "users"})

MEMBER = ObjectDef(
    key="member",
    label=Text("成员", "Member"),
    label_plural=Text("成员", "Members"),
    table="membership",
    record=False,
    listed=False,
    fields={
        f.key: f
        for f in (
            field(
                "name", "text", Text("姓名", "Name"), column="name", required=True,
                synonyms=("成员", "员工", "员工姓名", "销售", "业务员", "销售员", "同事", "user", "user name", "employee", "full name",
                          "sales agent", "sales rep", "agent", "rep", "member", "display name"),
            ),
            field(
                "email", "email", Text("邮箱", "E-mail"), column="email",
                synonyms=("电子邮箱", "邮箱地址", "e-mail", "email address", "work email"),
            ),
            field(
                "team", "text", Text("部门", "Team"), column="team_id",
                synonyms=("团队", "所在部门", "区域", "大区", "分公司", "office", "regional office", "department", "region", "group"),
            ),
            field(
                "manager", "text", Text("上级", "Manager"), column="manager_id",
                synonyms=("直属上级", "主管", "经理", "上司", "汇报对象", "supervisor", "reports to", "boss", "manager name"),
            ),
            field(
                "role", "select", Text("角色", "Role"), column="role",
                options=options(
                    ("admin", "管理员", "Administrator"), ("manager", "主管", "Manager"),
                    ("member", "成员", "Member"), ("read_only", "只读", "Read only"),
                ),
                synonyms=("权限", "权限角色", "access", "user role"),
            ),
        )
    },
)  # fmt: skip
