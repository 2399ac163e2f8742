"""The spreadsheets of a firm that changes over to Guanxi, and what its funnel must then say.

The real ones are a public data set of 8,800 opportunities. Where they are missing, smaller ones of the same shape
take their place: the same headers, the same blanks and spellings, other numbers.
"""

import csv
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Spreadsheets:
    accounts: Path
    products: Path
    people: Path
    pipeline: Path
    account_count: int
    product_count: int
    people_count: int
    deals: int
    won: int
    won_value: int
    lost: int
    engaging: int
    prospecting: int


def of_the_firm(folder: Path) -> Spreadsheets:
    """The real ones if they are here, else small ones made in the folder."""
    base = Path(os.environ.get("GUANXI_DATA_DIR") or ROOT.parent / "shared" / "data") / "crm_sales"
    return _real(base) if base.exists() else _made(folder)


def _real(base: Path) -> Spreadsheets:
    return Spreadsheets(
        base / "accounts.csv", base / "products.csv", base / "sales_teams.csv", base / "sales_pipeline.csv",
        account_count=85, product_count=7, people_count=35, deals=8800,
        won=4238, won_value=10_005_534, lost=2473, engaging=1589, prospecting=500,
    )  # fmt: skip


def _made(folder: Path) -> Spreadsheets:
    firms = [
        f"{first}{second}"
        for first in ("Sun", "Moon", "Star", "Sea", "Hill")
        for second in ("tech", "corp", "ware")
    ]
    people = [f"{first} {last}" for first in ("Ana", "Ben", "Cai") for last in ("Ross", "Wen")]
    prices = {"GTX Basic": 550, "GTX Pro": 4821, "MG Special": 55}
    stages = [("Won", 60), ("Lost", 30), ("Engaging", 20), ("Prospecting", 10)]
    deals = []
    won_value = 0
    for stage, count in stages:
        for number in range(count):
            product, price = list(prices.items())[number % 3]
            value = {"Won": str(price + number), "Lost": "0"}.get(stage, "")
            won_value += int(value) if stage == "Won" else 0
            closed = "2017-03-01" if stage in {"Won", "Lost"} else ""
            account = "" if stage == "Prospecting" and number % 2 else firms[number % len(firms)]
            deals.append([
                f"{stage[0]}{number:07}", people[number % len(people)], product.replace("GTX Pro", "GTXPro"), account,
                stage, "" if stage == "Prospecting" else "2016-12-01", closed, value,
            ])  # fmt: skip
    return Spreadsheets(
        _write(
            folder / "accounts.csv",
            "account sector year_established revenue employees office_location subsidiary_of",
            [[firm, "technolgy" if i % 5 == 0 else "medical", "1999", "251.41", "495", "Kenya", ""] for i, firm in enumerate(firms)],
        ),
        _write(folder / "products.csv", "product series sales_price", [[name, name[:3].strip(), price] for name, price in prices.items()]),
        _write(folder / "sales_teams.csv", "sales_agent manager regional_office", [[name, "Dora Lang", "East"] for name in people]),
        _write(
            folder / "sales_pipeline.csv",
            "opportunity_id sales_agent product account deal_stage engage_date close_date close_value",
            deals,
        ),
        account_count=len(firms), product_count=len(prices), people_count=len(people), deals=len(deals),
        won=60, won_value=won_value, lost=30, engaging=20, prospecting=10,
    )  # fmt: skip


def _write(path: Path, headers: str, rows: Iterable[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([headers.split(), *rows])
    return path
