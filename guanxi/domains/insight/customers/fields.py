"""The fields of customers that insight computes: filtered, sorted, grouped, shown and exported like any other.

*How it works*: the values stand in a row beside the customer (`CustomerInsight`), joined once by whichever query asks for
one of them (`Scope.beside`). Amounts of what customers buy are there for who may read orders' totals, profit for
who may read what products cost.

*Rules*: read-only; a customer whom no run has seen yet has none of them.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.domains.insight.customers.models import InsightSettings
from guanxi.domains.insight.customers.rules import TIERS, rules_of
from guanxi.domains.insight.words import SEGMENTS, STAGES
from guanxi.engine.privacy.allowing import restricted
from guanxi.engine.schema.added import FieldSource, field_sources, no_type
from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.field_seams import Scope
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.kit.sql import Sql, ident, sql
from guanxi.kit.text import Text

TABLE = "customer_insight"
OBJECT = "customer"
SECTION = "insight"
TOTAL, COST, EXPENSE = ("sales_order", "total"), ("product", "cost"), ("expense", "amount")
LINES = ("sales_order_items", "product")
OFFER = "insight_offer"
COLORS = {key: f"life-{key.replace('_', '')}" for key in STAGES} | {
    "high": "tier-high", "standard": "tier-std", "low": "tier-low",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """The value of a column of the row beside."""

    column: str
    inputs: frozenset[str] = frozenset()

    def compile(self, scope: Scope) -> Sql:
        """The column, of the joined row."""
        return Sql(f"{scope.beside(TABLE)}.{ident(self.column)}")


@dataclass(frozen=True, slots=True)
class Offered:
    """The product to offer; none where contact with the customer is restricted, whatever the run has found."""

    workspace_id: uuid.UUID
    inputs: frozenset[str] = frozenset()

    def compile(self, scope: Scope) -> Sql:
        """The column, unless the record is not to be contacted."""
        _, record_id = scope.value("id")
        held = restricted(self.workspace_id, record_id)
        return sql("CASE WHEN NOT ({}) THEN {} END", held, Sql(f"{scope.beside(TABLE)}.offer"))


def _field(
    column: str, kind: str, zh: str, en: str, help_zh: str = "", help_en: str = "", **details: Any
) -> FieldDef:
    declared = field(
        f"insight_{column}", kind, Text(zh, en), help=Text(help_zh, help_en) if help_zh else None, readonly=True, in_create=False,
        section=SECTION, **details,
    )  # fmt: skip
    return replace(declared, computed=Beside(column))


def _options(labels: dict[str, Text]) -> tuple[Option, ...]:
    return tuple(Option(key, label, COLORS.get(key, "")) for key, label in labels.items())


_MONEY: dict[str, Any] = {"config": {"currency": "workspace"}, "copies": TOTAL}
_PERCENT: dict[str, Any] = {"config": {"decimals": 1}}
FIELDS = (
    _field("stage", "select", "购买阶段", "Buying stage", "按客户自己的购买节奏每晚判定。",
           "Told every night by the customer's own rhythm of buying.", options=_options(STAGES)),
    _field("stage_since", "date", "阶段开始日期", "In this stage since"),
    _field("tier", "select", "贡献级别", "Tier by profit", "按近 12 个月利润的累计占比划分。",
           "By the share of the profit of the last 12 months.", options=_options(TIERS)),
    _field("tier_since", "date", "级别开始日期", "In this tier since"),
    _field("segment", "select", "RFM 分群", "RFM segment", options=_options(SEGMENTS)),
    _field("recency", "number", "R 最近购买", "R recency", "1 到 5，5 最近。", "1 to 5; 5 bought most lately."),
    _field("frequency", "number", "F 购买频率", "F frequency", "1 到 5，5 最多。", "1 to 5; 5 buys most often."),
    _field("monetary", "number", "M 购买金额", "M money", "1 到 5，5 最多。", "1 to 5; 5 spends most.", copies=TOTAL),
    _field("orders", "number", "购买次数", "Purchases", "同一天的订单算一次。", "Orders of one day are one purchase."),
    _field("spend", "money", "累计购买", "Spent so far", **_MONEY),
    _field("average", "money", "平均客单价", "Average purchase", **_MONEY),
    _field("gap", "decimal", "购买间隔（天）", "Rhythm (days)", config={"decimals": 1}),
    _field("last_on", "date", "最近购买日期", "Last purchase"),
    _field("next_on", "date", "预计下次购买", "Next purchase expected"),
    _field("churn", "percent", "90 天内不再购买的概率", "Buys nothing in 90 days", **_PERCENT),
    _field("alive", "percent", "仍是客户的概率", "Still a customer", **_PERCENT),
    _field("clv", "money", "未来价值", "Lifetime value", "未来 12 个月预计的购买额，已折现。",
           "What is expected to be bought in the months to come, discounted.", **_MONEY),
    _field("clv_low", "money", "未来价值下限", "Lifetime value, low", **_MONEY),
    _field("clv_high", "money", "未来价值上限", "Lifetime value, high", **_MONEY),
    _field("revenue", "money", "近 12 个月收入", "Revenue, 12 months", "不含税，已减退货。", "Without tax, less returns.", **_MONEY),
    _field("goods", "money", "近 12 个月产品成本", "Cost of goods, 12 months", config={"currency": "workspace"}, copies=COST),
    _field("serving", "money", "近 12 个月服务费用", "Cost to serve, 12 months", "已批准的费用。", "Approved expenses.",
           config={"currency": "workspace"}, copies=EXPENSE),
    _field("profit", "money", "近 12 个月利润", "Profit, 12 months", "不含税收入减去已知成本和费用。",
           "Net revenue less what is known of costs and expenses.", config={"currency": "workspace"}, copies=COST),
    _field("share", "percent", "利润排位", "Place by profit", "贡献更多的客户一共带来利润的百分之几；0 是最好的客户。",
           "The share of the profit that better customers bring together; 0 is the best customer.", config={"decimals": 1}, copies=COST),
    _field("offer", "link", "推荐产品", "Next best offer", "相似的客户还买了什么：在售、还没有买过的产品。",
           "What customers like them buy: on sale, and not theirs yet.", target="product", copies=LINES),
)  # fmt: skip


def fields_of(workspace: WorkspaceInfo) -> Sequence[FieldDef]:
    """The fields of a workspace; none where insight is switched off."""
    row = InsightSettings.objects.filter(workspace_id=workspace.id).first()
    if row is not None and not rules_of(row.rules).is_on:
        return ()
    offered = Offered(workspace.id)
    mine = (replace(f, computed=offered) if f.key == OFFER else f for f in FIELDS)
    return tuple(replace(f, position=800 + n) for n, f in enumerate(mine))


field_sources.register(FieldSource("insight.customers", no_type, fields_of, frozenset({OBJECT})))
