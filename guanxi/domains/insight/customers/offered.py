"""The offers of a customer, as people and programs are told them: the product, the reason in words, whether marketing is agreed to.

*Rules*: for who has the field of the first offer (products and order lines are theirs to read). Products are read through
the query door at the moment of asking: one that they do not see, or that is on sale no more, is not told. Where contact with
the customer is restricted there are no offers.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.insight.customers.fields import OFFER
from guanxi.domains.insight.customers.models import CustomerInsight
from guanxi.engine.access import rights
from guanxi.engine.privacy.fields import KEY as MAY_CONTACT
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

PRODUCT = "product"
MARKETING = "marketing:"
BECAUSE = Text(
    "买过「{item}」的客户买它的可能是平常的 {lift} 倍（{both} 位客户两样都买）",
    "Customers who bought “{item}” buy it {lift} × as often as others ({both} bought both)",
)
POPULAR = Text("买的客户最多，TA 还没有买过", "Bought by most customers, and not theirs yet")
NOT_AGREED = Text(
    "这位个人客户没有同意营销，推荐前先征得同意。",
    "This person has not agreed to marketing: ask before offering.",
)


def asked_for(readable: Mapping[str, FieldDef]) -> list[str]:
    """The fields of the customer that offers are told by."""
    return [key for key in ("kind", MAY_CONTACT) if key in readable] if _may(readable) else []


def offers(
    ctx: Ctx, row: CustomerInsight | None, record: Mapping[str, Any], readable: Mapping[str, FieldDef]
) -> dict[str, Any]:
    """`{"items": [{"product", "why", "lift"}], "note"}`, best first."""
    nothing: dict[str, Any] = {"items": [], "note": None}
    if row is None or not row.offers or not _may(readable) or record.get(OFFER) is None:
        return nothing
    wanted = {uuid.UUID(each[key]) for each in row.offers for key in ("product", "because") if key in each}
    seen = rights.readable(ctx, rights.get_object(ctx, PRODUCT))
    fields = [key for key in ("is_active",) if key in seen]
    products = {
        each["id"]: each for each in get_records(ctx, PRODUCT, sorted(wanted), fields=fields or ["id"])
    }
    items = []
    for each in row.offers:
        product, because = products.get(each["product"]), products.get(each.get("because", ""))
        if product is None or product.get("is_active") is False:
            continue
        why = POPULAR.in_(ctx.locale) if "because" not in each else BECAUSE.in_(
            ctx.locale, item=because["title"], lift=f"{each['lift']:g}", both=each["both"]
        ) if because is not None else None  # fmt: skip
        items.append({"product": {"id": product["id"], "object": PRODUCT, "title": product["title"]},
                      "why": why, "lift": each.get("lift")})  # fmt: skip
    return {
        "items": items,
        "note": NOT_AGREED.in_(ctx.locale) if items and _disagrees(record, readable) else None,
    }


def _may(readable: Mapping[str, FieldDef]) -> bool:
    return OFFER in readable and not readable[OFFER].masked


def _disagrees(record: Mapping[str, Any], readable: Mapping[str, FieldDef]) -> bool:
    """Whether a person has not agreed to any marketing; of companies, consent is their contacts' affair."""
    asked = readable.get(MAY_CONTACT)
    if asked is None or _key(record.get("kind")) != "consumer":
        return False
    if not any(option.startswith(MARKETING) for option in asked.option_values):
        return False
    return not any(_key(each).startswith(MARKETING) for each in record.get(MAY_CONTACT) or ())


def _key(value: Any) -> str:
    return str(value.get("value") if isinstance(value, dict) else value or "")
