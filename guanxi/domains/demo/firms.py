"""Customers and contacts of the sample firm."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from guanxi.domains.demo.names import Composer
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import Place, Trade, Words

CUSTOMERS = 2000
CONTACTS = 3500
_SOURCES = (
    ("exhibition", 24), ("referral", 20), ("website", 15), ("phone", 12), ("visit", 9), ("search_engine", 7),
    ("partner", 6), ("tender", 4), ("wecom", 3),
)  # fmt: skip
_EMPLOYEES = ((8, 19, 18), (20, 99, 34), (100, 299, 28), (300, 999, 14), (1000, 4999, 5), (5000, 12000, 1))
_TERMS = (
    ("prepaid", 15),
    ("deposit", 35),
    ("on_delivery", 12),
    ("monthly_30", 25),
    ("monthly_60", 10),
    ("monthly_90", 3),
)


@dataclass(slots=True)
class Firm:
    """A customer while the plan is made: what its deals and activities need to know of it."""

    ref: Ref
    since: date
    owner: str | None
    team: str
    trade: Trade
    weight: float
    contacts: list[Ref] = field(default_factory=list)


def add_firms(plan: Plan, words: Words, rng: Random, season: Season) -> list[Firm]:
    """Add customers with one to four contacts each."""
    composer = Composer(words, rng)
    sellers: dict[str, list[str]] = {}
    for person in words.people:
        if person.sells:
            sellers.setdefault(person.team, []).append(person.key)
    weights = [trade.weight for trade in words.trades]
    place_weights = [place.weight for place in words.places]
    days = sorted(season.day(rng) for _ in range(CUSTOMERS))
    firms = []
    for day in days:
        trade = rng.choices(words.trades, weights)[0]
        place = rng.choices(words.places, place_weights)[0]
        owner = rng.choice(sellers[place.team]) if rng.random() > 0.05 else None
        firms.append(_add_firm(plan, words, composer, season, day, trade, place, owner))
    _add_parents(plan, rng, firms)
    _add_contacts(plan, words, composer, season, firms)
    return firms


def _add_firm(
    plan: Plan,
    words: Words,
    composer: Composer,
    season: Season,
    day: date,
    trade: Trade,
    place: Place,
    owner: str | None,
) -> Firm:
    rng = composer.rng
    name, _ = composer.company(trade, place)
    low, high, _ = rng.choices(_EMPLOYEES, [chance for _, _, chance in _EMPLOYEES])[0]
    employees = rng.randint(low, high)
    address = composer.address(place)
    values = {
        "name": name,
        "kind": trade.kind,
        "industry": trade.industry,
        "source": rng.choices([s for s, _ in _SOURCES], [w for _, w in _SOURCES])[0],
        "region": address,
        "employees": employees,
        "relationship_level": "basic",
    }
    if rng.random() < 0.8:
        values["phone"] = composer.phone(place.phone)
    if rng.random() < 0.45:
        values["website"] = composer.website()
    if trade.kind != "public_interest":
        values["founded"] = day.year - rng.randint(1, 28)
        values["annual_revenue"] = round(employees * rng.uniform(1.8, 6.2)) * 100_000
        if words.has_tax_numbers and rng.random() < 0.7:
            values["tax_number"] = composer.tax_number(place)
        if rng.random() < 0.35:
            values["credit_limit"] = rng.choice((50_000, 100_000, 200_000, 300_000, 600_000, 1_000_000))
    if rng.random() < 0.6:
        values["payment_terms"] = rng.choices([t for t, _ in _TERMS], [w for _, w in _TERMS])[0]
    if rng.random() < 0.3:
        values["tags"] = rng.sample(words.tags, rng.choice((1, 1, 2)))
    ref = plan.add("customer", Row(values, owner, season.moment(rng, day)))
    return Firm(ref, day, owner, place.team, trade, min(30.0, rng.paretovariate(1.3)))


def _add_parents(plan: Plan, rng: Random, firms: list[Firm]) -> None:
    """A few customers belong to a larger one made before them."""
    groups = [firm for firm in firms[: CUSTOMERS // 2] if plan.row(firm.ref).values["employees"] >= 300]
    for firm in firms[CUSTOMERS // 2 :]:
        if groups and rng.random() < 0.03:
            plan.row(firm.ref).kept["parent"] = rng.choice(groups).ref


def _add_contacts(plan: Plan, words: Words, composer: Composer, season: Season, firms: list[Firm]) -> None:
    rng = composer.rng
    owners = [firm for firm in firms for _ in range(rng.choices((1, 2, 3, 4), (47, 33, 14, 6))[0])]
    while len(owners) < CONTACTS:
        owners.append(rng.choice(firms))
    # everybody keeps at least one: only second and later contacts are dropped
    seen: set[int] = set()
    spare = len(owners) - CONTACTS
    for firm in owners:
        if firm.ref.index in seen and spare > 0 and rng.random() < 0.5:
            spare -= 1
            continue
        seen.add(firm.ref.index)
        _add_contact(plan, words, composer, season, firm)


def _add_contact(plan: Plan, words: Words, composer: Composer, season: Season, firm: Firm) -> None:
    rng = composer.rng
    female = rng.random() < 0.42
    name, family, given = composer.person(female=female)
    titles = words.job_titles if firm.trade.industry == "education" else words.job_titles[:11]
    title, department, roles, _ = rng.choices(titles, [weight for *_, weight in titles])[0]
    place = next(p for p in words.places if p.address.items() <= plan.row(firm.ref).values["region"].items())
    values = {
        "name": name,
        "family_name": family,
        "given_name": given,
        "customer": firm.ref,
        "job_title": title,
        "department": department,
        "roles": list(roles),
        "is_decision_maker": "decision_maker" in roles,
        "gender": "female" if female else "male",
        "mobile": composer.phone(place.mobile),
    }
    if rng.random() < 0.55:
        values["email"] = f"{_mail_name(rng)}@{words.mail_domain}"
    if rng.random() < 0.4:
        values["birthday"] = composer.birthday(plan.day)
    if rng.random() < 0.35 and words.has_tax_numbers:
        values["wechat"] = f"wx_{rng.randrange(16**8):08x}"
    first = not firm.contacts
    day = (
        firm.since
        if first
        else min(plan.day - timedelta(days=1), firm.since + timedelta(days=rng.randint(0, 300)))
    )
    firm.contacts.append(plan.add("contact", Row(values, firm.owner, season.moment(rng, day))))
    if first:
        plan.row(firm.ref).kept["primary_contact"] = firm.contacts[0]


def _mail_name(rng: Random) -> str:
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(5)) + str(rng.randrange(100, 999))
