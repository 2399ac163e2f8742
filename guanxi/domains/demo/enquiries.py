"""Leads of the sample firm: the last four months, from new to converted or closed."""

from datetime import timedelta
from random import Random
from typing import Any

from guanxi.domains.demo.firms import Firm
from guanxi.domains.demo.names import Composer
from guanxi.domains.demo.plan import Plan, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import Words

LEADS = 400
DAYS = 120
_REASONS = ("no_need", "no_budget", "unreachable", "wrong_number", "not_our_market", "competitor")
_SOURCES = (
    ("website", 28),
    ("exhibition", 24),
    ("search_engine", 14),
    ("social_media", 12),
    ("referral", 10),
    ("phone", 8),
    ("marketplace", 4),
)


def add_leads(plan: Plan, words: Words, rng: Random, season: Season, firms: list[Firm]) -> None:
    """Add leads, oldest first; those converted became customers of these months."""
    composer = Composer(words, rng)
    first = plan.day - timedelta(days=DAYS)
    yesterday = plan.day - timedelta(days=1)
    became = [firm for firm in firms if firm.since > first and firm.contacts]
    converted = sorted(rng.sample(became, min(len(became), LEADS // 9)), key=lambda firm: firm.ref.index)
    for firm in converted:
        _add_converted(plan, words, rng, season, firm)
    for day in sorted(season.day(rng, first, yesterday) for _ in range(LEADS - len(converted))):
        age = (plan.day - day).days
        status = _status(rng, age)
        trade = rng.choices(words.trades, [trade.weight for trade in words.trades])[0]
        place = rng.choices(words.places, [place.weight for place in words.places])[0]
        company, _ = composer.company(trade, place)
        person, _, _ = composer.person(female=rng.random() < 0.4)
        sellers = [p.key for p in words.people if p.sells and p.team == place.team]
        values: dict[str, Any] = {
            "name": company,
            "company": company,
            "contact_name": person,
            "status": status,
            "source": rng.choices([s for s, _ in _SOURCES], [w for _, w in _SOURCES])[0],
            "channel": rng.choice(words.channels),
            "industry": trade.industry,
            "region": composer.address(place),
            "mobile": composer.phone(place.mobile),
            "need": _need(words, rng, plan),
        }
        if status in ("qualified", "contacted"):
            values["rating"] = (
                rng.choice((2, 3, 3, 4, 4, 5)) if status == "qualified" else rng.choice((1, 2, 3))
            )
            due = plan.day + timedelta(days=rng.choice((-4, -2, -1, 0, 0, 0, 1, 2, 3, 5, 8)))
            values["next_contact_at"] = season.appointment(rng, due)
        if status == "disqualified":
            values["disqualify_reason"] = rng.choice(_REASONS)
        owner = rng.choice(sellers) if status != "new" or rng.random() < 0.4 else None
        row = Row(values, owner, season.moment(rng, day))
        if status != "new":
            row.kept["last_contact_at"] = season.moment(
                rng, min(yesterday, day + timedelta(days=rng.randint(0, 9)))
            )
        plan.add("lead", row)


def _add_converted(plan: Plan, words: Words, rng: Random, season: Season, firm: Firm) -> None:
    customer, contact = plan.row(firm.ref), plan.row(firm.contacts[0])
    day = firm.since - timedelta(days=rng.randint(1, 14))
    values = {
        "name": customer.values["name"],
        "company": customer.values["name"],
        "contact_name": contact.values["name"],
        "status": "converted",
        "source": customer.values["source"],
        "industry": customer.values["industry"],
        "region": customer.values["region"],
        "mobile": contact.values["mobile"],
        "need": _need(words, rng, plan),
        "rating": rng.choice((3, 4, 5)),
    }
    kept = {
        "converted_at": customer.created_at,
        "converted_customer": firm.ref,
        "converted_contact": firm.contacts[0],
        "last_contact_at": customer.created_at,
    }
    plan.add("lead", Row(values, firm.owner, season.moment(rng, day), kept))


def _status(rng: Random, age: int) -> str:
    if age <= 4:
        return rng.choices(("new", "contacted"), (75, 25))[0]
    if age <= 25:
        return rng.choices(("new", "contacted", "qualified", "disqualified"), (20, 42, 24, 14))[0]
    return rng.choices(("new", "contacted", "qualified", "disqualified"), (5, 25, 20, 50))[0]


def _need(words: Words, rng: Random, plan: Plan) -> str:
    return rng.choice(words.texts.needs).format(
        product=rng.choice(words.products).name,
        n=rng.choice((2, 3, 4, 6)),
        month=(plan.day.month + rng.randint(0, 4)) % 12 + 1,
        concern=rng.choice(words.texts.concerns),
    )
