"""What to offer next. Roles: customer, product."""

from typing import Any

from guanxi.domains.insight.files.answers import Answer, Asked, Kind
from guanxi.domains.insight.files.purchasing import CUSTOMER
from guanxi.domains.insight.methods import recommending
from guanxi.kit.text import Text

COUNT = 5
ROLES = {
    "customer": ("customerid", "userid", "useridtoken", "客户", "客户名称", "user"),
    "product": ("item", "itemid", "itemidtoken", "stockcode", "sku", "产品", "产品名称", "商品"),
    "name": ("description", "品名"),
}
BECAUSE = Text(
    "买过「{item}」的客户买它的可能是平常的 {lift} 倍", "Who bought “{item}” buys it {lift} × as often"
)
POPULAR = Text("买的人最多", "Most bought")


def run_recommend(asked: Asked) -> Answer:
    """The best few products for each customer, with the reason."""
    customers, items = asked.sheet.texts(asked.needed("customer")), asked.sheet.texts(asked.needed("product"))
    known = (customers != "") & (items != "")
    baskets = recommending.baskets_of(customers[known], items[known])
    model = recommending.learn(baskets)
    titles = (
        dict(zip(items.tolist(), asked.sheet.texts(asked.roles["name"]).tolist(), strict=True))
        if "name" in asked.roles
        else {}
    )
    best, scores = model.best(baskets, COUNT)
    rows: list[list[Any]] = []
    lifts: dict[tuple[int, int], float] = {}
    for customer in range(len(baskets.customers)):
        for rank, (item, score) in enumerate(
            zip(best[customer].tolist(), scores[customer].tolist(), strict=True), 1
        ):
            because = model.reason(baskets, customer, item)
            why = POPULAR.in_(asked.locale)
            if because is not None:
                lift = lifts.setdefault((because, item), recommending.lift(baskets, because, item))
                source = str(baskets.items[because])
                why = BECAUSE.in_(asked.locale, item=titles.get(source) or source, lift=f"{lift:.1f}")
            name = str(baskets.items[item])
            rows.append(
                [
                    str(baskets.customers[customer]),
                    rank,
                    name,
                    titles.get(name, ""),
                    round(float(score), 4),
                    why,
                ]
            )
    return Answer(
        [("customer", CUSTOMER), ("rank", Text("名次", "Rank")), ("product", Text("产品", "Product")),
         ("name", Text("名称", "Name")), ("score", Text("分", "Score")), ("why", Text("原因", "Why"))],
        rows,
        {"method": model.method, "strength": model.strength, "customers": len(baskets.customers), "products": len(baskets.items),
         "validation": "random 75/25"},
        {"ndcg_at_10": {name: round(value, 4) for name, value in model.quality.items()}, "judged_customers": model.judged},
    )  # fmt: skip


KINDS = (Kind("recommend", Text("推荐", "Recommend"), ROLES, run_recommend),)
