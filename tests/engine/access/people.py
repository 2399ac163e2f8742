"""Roles made and given through the public door."""

from typing import Any

from guanxi.engine.identity.models import User
from tests.firms import Door, Firm

PHONE = "+8613812345678"
NOTHING = {"see": "none", "create": False, "edit": "none", "delete": "none", "export": "none", "import": False,
           "assign": "none", "bulk": "none", "merge": "none"}  # fmt: skip
ALL = {"see": "all", "create": True, "edit": "all", "delete": "all", "export": "all", "import": True,
       "assign": "all", "bulk": "all", "merge": "all"}  # fmt: skip


def make_role(boss: Door, key: str, **rights: Any) -> dict[str, Any]:
    made = boss.post("/roles", {"key": key, "name": {"zh-CN": key, "en": key}, "rights": rights})
    assert made.status_code == 201, made.data
    role: dict[str, Any] = made.data
    return role


def give(boss: Door, person: User, *roles: str, base: str = "limited") -> None:
    answer = boss.patch(f"/members/{person.id}", {"role": base, "extra_roles": list(roles)})
    assert answer.status_code == 200, answer.data


def person_with(firm: Firm, boss: Door, *roles: str, base: str = "limited") -> Door:
    person = firm.add("小李")
    give(boss, person, *roles, base=base)
    return firm.door(person)


def make_contact(boss: Door) -> str:
    made = boss.post("/contact", {"name": "张三丰", "mobile": PHONE, "email": "zhang@wudang.cn"})
    assert made.status_code == 201, made.data
    return str(made.data["id"])
