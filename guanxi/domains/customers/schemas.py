"""What the doors of customers take and give besides records."""

from typing import Any, Literal

from ninja import Field, Schema


class CardValue(Schema):
    """One value read from a card; `box` is left, top, width, height in shares of the image."""

    object: Literal["customer", "contact"]
    field: str
    value: str
    confidence: float
    box: list[float] | None


class ScannedCard(Schema):
    """A card: its values, the surest first, and the lines that said nothing."""

    values: list[CardValue]
    rest: list[str]


class CardScan(Schema):
    """What an uploaded photo or vCard file holds."""

    source: Literal["vcard", "photo", "code"]
    cards: list[ScannedCard]


class CodeSays(Schema):
    """What a credit code says by itself; labels by language."""

    code: str
    valid: bool
    department: dict[str, str] | None
    kind: dict[str, str] | None
    customer_kind: str | None
    region: str | None


class FoundCompany(Schema):
    """A firm in a register; what is not known is empty."""

    name: str = ""
    code: str = ""
    representative: str = ""
    status: str = ""
    founded: str = ""
    capital: str = ""
    region: str = ""
    address: str = ""
    industry: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    scope: str = ""
    provider: str = ""


class CompanyLookup(Schema):
    """What is known of a name or code; `problems` are services that failed, in words."""

    code: CodeSays | None
    companies: list[FoundCompany]
    providers: list[str]
    problems: list[str]


class CompareCompany(Schema):
    """A found firm, and the values of the record it may fill."""

    company: FoundCompany
    current: dict[str, Any] = Field(default_factory=dict)


class Proposal(Schema):
    """A field that the found firm would give a value."""

    field: str
    value: Any
    current: Any
    state: Literal["new", "same", "conflict"]


class Proposals(Schema):
    """All of them."""

    data: list[Proposal]
