"""The shape of a vocabulary: everything a sample firm is composed of, in one language.

*Rules*: nobody in it exists. Names are composed from common syllables, companies from invented brands.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TeamWords:
    """A node of the department tree; `parent` is a key."""

    key: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A colleague: `sells` says whether customers are theirs."""

    key: str
    name: str
    role: str
    team: str
    manages: bool = False
    sells: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where customers are: an address without street, its telephone prefix, and whose area it is."""

    address: Mapping[str, str]
    short: str
    weight: int
    phone: str
    mobile: str
    team: str
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of firm: its industry, what it calls itself, its legal forms."""

    industry: str
    kind: str
    weight: int
    words: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductWords:
    """A product of the sample firm."""

    code: str
    name: str
    category: str
    unit: str
    price: int
    margin: float


@dataclass(frozen=True, slots=True)
class Texts:
    """What people write down, as templates over `{product} {n} {month} {concern} {rival} {person}`."""

    notes: tuple[str, ...]
    calls: Mapping[str, tuple[str, ...]]
    tasks: tuple[str, ...]
    care_tasks: tuple[str, ...]
    events: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    next_steps: tuple[str, ...]
    concerns: tuple[str, ...]
    loss_notes: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferWords:
    """What papers are called, as templates over `{deal}`, and what stands under them."""

    key_accounts: str
    quote: str
    contract: str
    terms: str


@dataclass(frozen=True, slots=True)
class TradeWords:
    """What orders, deliveries, instalments and expenses are called, some as templates over `{deal}` and `{n}`."""

    part: str
    again: str
    """What is ordered again and again, over `{product}`."""
    carriers: tuple[str, ...]
    between: str
    """Between the parts of an address."""
    cancelled: tuple[str, ...]
    instalments: tuple[str, str, str]
    single: str
    expenses: Mapping[str, tuple[str, ...]]
    """What money was spent on, by kind, over `{firm}`."""
    campaigns: tuple[str, ...]
    sent_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's vocabulary."""

    firm: str
    teams: tuple[TeamWords, ...]
    people: tuple[PersonWords, ...]
    families: tuple[str, ...]
    given_female: tuple[str, ...]
    given_male: tuple[str, ...]
    person_name: str
    brand_starts: tuple[str, ...]
    brand_ends: tuple[str, ...]
    company_name: str
    trades: tuple[Trade, ...]
    places: tuple[Place, ...]
    job_titles: tuple[tuple[str, str, tuple[str, ...], int], ...]
    """Title, department, roles, weight."""
    tags: tuple[str, ...]
    rivals: tuple[str, ...]
    channels: tuple[str, ...]
    products: tuple[ProductWords, ...]
    scenarios: Mapping[str, tuple[str, ...]]
    """What a deal is called, by product category; `{n}` is a quantity."""
    texts: Texts
    offers: OfferWords
    trade: TradeWords
    mail_domain: str
    has_tax_numbers: bool
