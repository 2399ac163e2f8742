"""Composing the plan: firms, deals, doings and leads, then what follows from them for each customer."""

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from guanxi.domains.demo.deals import Deal, add_deals, add_products
from guanxi.domains.demo.doings import Doings
from guanxi.domains.demo.dues import add_dues
from guanxi.domains.demo.enquiries import add_leads
from guanxi.domains.demo.firms import Firm, add_firms
from guanxi.domains.demo.offers import add_papers, add_prices
from guanxi.domains.demo.orders import add_orders
from guanxi.domains.demo.plan import Plan
from guanxi.domains.demo.reorders import add_reorders
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.spending import add_expenses
from guanxi.domains.demo.words import Words
from guanxi.domains.demo.words_en import WORDS as ENGLISH
from guanxi.domains.demo.words_zh import WORDS as CHINESE

SEED = 20260301
HISTORY = timedelta(days=4 * 365)


def words_for(locale: str) -> Words:
    """The vocabulary of a workspace's language."""
    return CHINESE if locale.lower().startswith("zh") else ENGLISH


def make_plan(words: Words, day: date, zone: ZoneInfo, *, seed: int = SEED, decimals: int = 2) -> Plan:
    """The whole sample firm as of `day`; amounts of its currency have so many `decimals`."""
    rng = Random(seed)  # noqa: S311 - believable, not secret
    plan = Plan(day, decimals)
    season = Season(day - HISTORY, day - timedelta(days=1), zone)
    products = add_products(plan, words, rng, season)
    firms = add_firms(plan, words, rng, season)
    deals = add_deals(plan, words, rng, season, firms, products)
    doings = Doings(plan, words, rng, season)
    doings.accompany(deals)
    doings.care(firms)
    doings.plan_ahead(deals, firms)
    add_leads(plan, words, rng, season, firms)
    _settle(plan, rng, firms, deals)
    add_prices(plan, words, rng, season, products)
    signed = add_papers(plan, words, rng, season, deals, products)
    kept = add_orders(plan, words, rng, season, signed)
    add_dues(plan, words, rng, season, kept)
    _settle_reordering(plan, firms, add_reorders(plan, words, season, firms, products))
    add_expenses(plan, words, rng, season, deals)
    for ref, at in doings.last.items():
        plan.row(ref).kept["last_contact_at"] = at
    return plan


def _settle(plan: Plan, rng: Random, firms: list[Firm], deals: list[Deal]) -> None:
    """Lifecycle, tier and relationship of customers, from what they bought and when."""
    bought: dict[int, int] = {}
    wins: dict[int, list[date]] = {}
    for deal in deals:
        if deal.status == "won":
            index = deal.firm.ref.index
            bought[index] = bought.get(index, 0) + deal.amount
            wins.setdefault(index, []).append(deal.end)
    ranked = sorted(bought, key=lambda index: -bought[index])
    high = set(ranked[: len(ranked) // 12])
    low = set(ranked[-len(ranked) // 3 :])
    for firm in firms:
        values, index = plan.row(firm.ref).values, firm.ref.index
        dates = sorted(wins.get(index, ()))
        values["lifecycle"] = _lifecycle(plan.day, dates)
        values["tier"] = "high" if index in high else "low" if index in low else "standard"
        if index not in bought:
            values["tier"] = rng.choices(("standard", "low"), (70, 30))[0]
        if dates:
            levels = (
                ("accountable", "proactive", "partnership") if index in high else ("reactive", "accountable")
            )
            values["relationship_level"] = rng.choice(levels)


def _settle_reordering(plan: Plan, firms: list[Firm], ordered: dict[int, list[date]]) -> None:
    """Lifecycle and tier of customers who order again and again: nobody of them is a stranger."""
    for firm in firms:
        days = ordered.get(firm.ref.index)
        if days:
            values = plan.row(firm.ref).values
            if values["lifecycle"] in ("potential", "lost", "dormant"):
                values["lifecycle"] = _lifecycle(plan.day, days)
            if values["tier"] == "low" and len(days) > 2:
                values["tier"] = "standard"


def _lifecycle(today: date, wins: list[date]) -> str:
    if not wins:
        return "potential"
    since = (today - wins[-1]).days
    if len(wins) > 1 and since <= 120 and (wins[-1] - wins[-2]).days > 300:
        return "won_back"
    if len(wins) == 1 and since <= 90:
        return "new"
    return "active" if since <= 180 else "dormant" if since <= 365 else "lost"
