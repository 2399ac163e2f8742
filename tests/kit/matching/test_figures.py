"""The finder's figures: on public data where it is there, on made-up companies and people everywhere."""

import csv
import gzip
import random
import re

import pytest

from guanxi.kit.matching.finding import find
from guanxi.kit.matching.measuring import Figures, measure
from guanxi.kit.matching.rules import RULES
from tests.engine.transfer.data import data_folder
from tests.kit.matching import made_people, zh_companies

FEBRL = {"given_name": "given_name", "surname": "surname", "street_number": "street_number", "address_1": "street",
         "address_2": "street_more", "suburb": "suburb", "postcode": "postcode", "state": "state",
         "date_of_birth": "birth_date", "soc_sec_id": "id_number"}  # fmt: skip


def figures(rule: str, rows: list[dict[str, str]], truth: list[str]) -> Figures:
    return measure(find(rows, RULES[rule]).clusters, truth)


@pytest.mark.realdata
@pytest.mark.parametrize("names", [("dataset1.csv",), ("dataset4a.csv", "dataset4b.csv")])
def test_people_of_febrl(names: tuple[str, ...]) -> None:
    folder = data_folder("febrl")
    rows = []
    for name in names:
        with (folder / name).open(encoding="utf-8") as file:
            rows += list(csv.DictReader(file, skipinitialspace=True))
    truth = [re.sub(r"-(org|dup-\d+)$", "", row["rec_id"]) for row in rows]
    got = figures("person", [{FEBRL[k]: v for k, v in row.items() if k in FEBRL} for row in rows], truth)
    assert got.f1 >= 0.98, got


@pytest.mark.realdata
def test_applicants_of_patents() -> None:
    with (data_folder("entity_pairs") / "patent_applicants_half.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    got = figures("company", [{"name": row["name"]} for row in rows], [row["true_id"] for row in rows])
    assert got.f1 >= 0.97, got
    assert got.precision >= 0.99, got


@pytest.mark.realdata
@pytest.mark.parametrize("most", [2, 4])
def test_spellings_of_chinese_companies(most: int) -> None:
    path = data_folder("zh_company") / "company_short_names.txt.gz"
    names = [
        line for line in gzip.decompress(path.read_bytes()).decode("utf-8-sig").split("\r\n") if line.strip()
    ]
    made = zh_companies.make(random.Random(11).sample(names, 1500), most=most)
    got = figures("company", [{"name": text} for text, _ in made], [truth for _, truth in made])
    assert got.f1 >= 0.95, got


def test_spellings_of_made_up_companies() -> None:
    rng = random.Random(5)
    common = [chr(code) for code in range(0x4E00, 0x9000, 37)]
    names = ["".join(rng.sample(common, rng.choice((2, 3, 3, 4)))) for _ in range(400)]
    made = zh_companies.make(names)
    got = figures("company", [{"name": text} for text, _ in made], [truth for _, truth in made])
    assert got.f1 >= 0.95, got


def test_where_names_are_close_by_chance_a_slip_is_not_believed() -> None:
    rng = random.Random(5)
    first, second, third = (
        "恒锐博启鼎华联科拓宏凯盛泰和瑞",
        "达远航图智创诚源丰盈泽润通微纳",
        "兰特森雅克贝尔莱姆昂",
    )
    names = {"".join((rng.choice(first), rng.choice(second), rng.choice(third))) for _ in range(400)}
    made = zh_companies.make(sorted(names)[:250])
    got = figures("company", [{"name": text} for text, _ in made], [truth for _, truth in made])
    assert got.precision >= 0.99, got
    assert got.recall >= 0.75, got


def test_made_up_people() -> None:
    made = made_people.make(1500)
    got = figures("person", [row for row, _ in made], [truth for _, truth in made])
    assert got.f1 >= 0.97, got
    assert got.precision >= 0.99, got
