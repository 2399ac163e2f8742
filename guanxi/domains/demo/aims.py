"""What the sample firm aims at, as the API takes it: deals won, money received, new customers, follow-ups, by the month."""

from typing import Any

from guanxi.kit.text import Text

_AIMS = (
    ("won", Text("赢单额", "Deals won")),
    ("received", Text("回款额", "Received")),
    ("new_customers", Text("新增客户", "New customers")),
    ("follow_ups", Text("跟进次数", "Follow-ups")),
)


def aims_as_given() -> list[dict[str, Any]]:
    """The plans."""
    return [{"name": name.as_dict(), "measure": measure} for measure, name in _AIMS]
