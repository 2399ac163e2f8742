"""Roles to start from, for the usual people of a firm. Taking one copies it: later changes here change nothing."""

from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.access.areas import AREA_KEYS
from guanxi.engine.access.builtin import verbs
from guanxi.engine.access.rules import ANY
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """A role as it is proposed; objects that a workspace has not are left out when it is taken."""

    key: str
    name: Text
    note: Text
    objects: dict[str, dict[str, Any]]
    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    areas: tuple[str, ...] = ()

    def rights(self) -> dict[str, Any]:
        """As they are stored."""
        return {"objects": self.objects, "fields": self.fields, "actions": {}, "areas": sorted(self.areas)}


_NOTHING = verbs("none", "none", make=False, export="none")
_LOOKS = verbs("all", "none", make=False, export="none")
_OWN = verbs("own", "own", make=True, export="none") | {
    "import": False,
    "bulk": "none",
    "merge": "none",
    "delete": "none",
}
_SHARED_CONTACTS = {"phone": "masked", "mobile": "masked", "email": "masked", "wechat": "masked"}

TEMPLATES = (
    RoleTemplate(
            "sales", Text("销售", "Sales"),
            Text("跟进自己的客户、线索和商机；不导出、不批量改", "Work on their own customers, leads and deals; no export, no bulk changes"),
            {ANY: _OWN},
    ),
    RoleTemplate(
            "sales_manager", Text("销售主管", "Sales manager"),
            Text("看、改、分配本部门及下级的记录，可导入导出", "See, change and assign what their teams have, import and export"),
            {ANY: verbs("team_below", "team_below", make=True, export="team_below")},
            {}, ("quality", "changes"),
    ),
    RoleTemplate(
            "service", Text("客服", "Service"),
            Text("看得到全部客户和联系人，只改自己负责的", "See every customer and contact, change what is theirs"),
            {ANY: _OWN, "customer": _OWN | {"see": "all", "create": False}, "contact": _OWN | {"see": "all"},
             "opportunity": _LOOKS, "lead": _NOTHING},
    ),
    RoleTemplate(
            "marketing", Text("市场", "Marketing"),
            Text("管理全部线索，看得到客户，电话邮箱打码", "Look after all leads, see customers with phones and addresses masked"),
            {ANY: _OWN, "lead": verbs("all", "all", make=True, export="all"), "customer": _LOOKS, "contact": _LOOKS,
             "opportunity": _LOOKS},
            {"customer": _SHARED_CONTACTS, "contact": _SHARED_CONTACTS},
    ),
    RoleTemplate(
            "finance", Text("财务", "Finance"),
            Text("看得到客户、商机和产品，可导出；联系方式打码", "See customers, deals and products, export them; contact details masked"),
            {ANY: _NOTHING, "customer": _LOOKS | {"export": "all"}, "contact": _LOOKS, "opportunity": _LOOKS | {"export": "all"},
             "product": _LOOKS | {"export": "all"}},
            {"contact": _SHARED_CONTACTS},
    ),
    RoleTemplate(
            "executive", Text("管理层", "Executive"),
            Text("看得到全部记录，可导出，不改动", "Sees every record and exports, changes nothing"),
            {ANY: _LOOKS | {"export": "all"}},
    ),
    RoleTemplate(
            "auditor", Text("审计员", "Auditor"),
            Text("只看审计日志，看不到业务数据", "The audit log only, no records"),
            {ANY: _NOTHING}, {}, ("audit",),
    ),
    RoleTemplate(
            "security_officer", Text("安全管理员", "Security officer"),
            Text("管角色、权限和登录安全，看不到业务数据", "Roles, rights and sign-in; no records"),
            {ANY: _NOTHING}, {}, ("roles", "security"),
    ),
    RoleTemplate(
            "administrator", Text("系统管理员", "Administrator"),
            Text("管理全部设置，看得到、改得了一切", "All settings, and every record"),
            {ANY: verbs("all", "all", make=True, export="all")}, {}, tuple(sorted(AREA_KEYS)),
    ),
    RoleTemplate(
            "viewer", Text("只读", "Read only"),
            Text("看得到全部记录，不改、不导出", "Sees every record; changes and exports nothing"),
            {ANY: _LOOKS},
    ),
)  # fmt: skip
