"""Single pairs: what is the same, what only looks like it; and that work stays bounded."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.kit.matching import company_names, person_values
from guanxi.kit.matching.finding import find
from guanxi.kit.matching.rules import RULES


def together(rule: str, *rows: dict[str, object]) -> bool:
    return [0, 1] in find(rows, RULES[rule]).clusters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京华联科技有限公司", "华联科技股份有限公司"),
        ("广东省深圳市鼎盛机械有限公司", "深圳鼎盛机械集团"),
        ("鼎盛（中国）有限公司", "鼎盛有限责任公司"),
        ("ＡＢＣ科技有限公司", "abc 科技公司"),
        ("東莞市宏達電子有限公司", "东莞宏达电子公司"),
        ("中国银行股份有限公司上海分行", "中国银行上海分行"),
        ("Acme Widgets Inc.", "ACME WIDGETS"),
        ("L.L. Bean, Inc.", "LL Bean"),
        ("Müller & Söhne GmbH", "Muller Sohne"),
        ("Adidas International Marketing B.V.", "adidas internat. marketing"),
        ("Smith &amp; Nephew PLC", "Smith and Nephew"),
    ],
)
def test_one_company(one: str, other: str) -> None:
    assert together("company", {"name": one}, {"name": other})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京华联科技有限公司", "上海华联科技有限公司"),
        ("中山一厂", "中山二厂"),
        ("鼎盛第一建筑公司", "鼎盛第二建筑公司"),
        ("鼎盛东方酒店", "鼎盛西方酒店"),
        ("华联科技有限公司", "华联贸易有限公司"),
        ("华联科技有限公司", "华联科技有限公司上海分公司"),
        ("中国银行", "中国工商银行"),
        ("海南航空", "四川航空"),
        ("3M China", "4M China"),
        ("Hilton Amsterdam", "Hilton London"),
        ("General Motors", "General Electric"),
        ("有限公司", "股份有限公司集团"),
    ],
)
def test_two_companies(one: str, other: str) -> None:
    assert not together("company", {"name": one}, {"name": other})


def test_a_name_without_place_does_not_join_two_cities() -> None:
    rows = [{"name": "北京华联科技有限公司"}, {"name": "华联科技有限公司"}, {"name": "上海华联科技有限公司"}]
    assert all(len(some) < 3 for some in find(rows, RULES["company"]).clusters)


def test_other_fields_of_companies() -> None:
    same = {"tax_number": "91440300708461136T"}
    assert together("company", {"name": "北京华联", **same}, {"name": "上海华联", **same})
    office = {"phone": "0755-26012345", "email": "info@hualian.example"}
    assert together("company", {"name": "华联通达", **office}, {"name": "华联通达科技（集团）", **office})
    other = {"name": "鼎盛机械", "tax_number": "91440300708461136T"}
    assert not together("company", other, {"name": "鼎盛机械设备", "tax_number": "91110000100001240X"})
    shared = {"email": "sales@qq.com", "phone": "13800138000"}
    assert not together("company", {"name": "甲骨文", **shared}, {"name": "微软中国", **shared})


def test_a_country_is_no_address() -> None:
    abroad = {"region": "United States"}
    assert not together("company", {"name": "Xx-holding"} | abroad, {"name": "Xx-zobam"} | abroad)
    line = {"region": "500 Oracle Pkwy"}
    assert together("company", {"name": "Xx-holding"} | line, {"name": "Xx-zobam"} | line)


def test_people() -> None:
    wang = {"name": "王小明", "birth_date": "1988-03-04", "phone": "13800138000"}
    assert together("person", wang, {"name": "Wang Xiaoming", "phone": "+86 138 0013 8000"})
    assert together("person", wang, {**wang, "birth_date": "1988-04-03"})
    assert together("person", wang, {**wang, "name": "王晓明", "birth_date": "04/03/1988"})
    home = {"street": "中山路1号", "suburb": "石岐区", "postcode": "528400"}
    father, son = {"name": "王建国", **home}, {"name": "王小明", **home}
    assert not together("person", father, son)
    assert not together("person", {"name": "王伟"}, {"name": "王伟"}), "a name alone is no person"
    office = {"company": "鼎盛机械有限公司", "phone": "0760-88881234"}
    assert not together("person", {"name": "王伟", **office}, {"name": "李娜", **office})


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_thousand_alike_cost_no_square(rule: str) -> None:
    same = [{"name": "鼎盛机械有限公司", "phone": "13800138000", "street": "中山路1号"}] * 1000
    near = [{"name": "王伟", "company": f"鼎盛{n}公司"} for n in range(3000)]
    start = time.perf_counter()
    found = find([*same, *near], RULES[rule])
    assert found.compared < 200_000
    assert list(range(1000)) in found.clusters
    assert sum(1 for _ in found.pairs()) < 5000
    assert time.perf_counter() - start < 60
    if rule == "person":
        assert found.capped.blocks
        assert found.capped.largest >= 3000


ODD = st.text(max_size=40) | st.sampled_from(
    ["", " ", "（）", "公司", "有限公司", "王", "Ltd", "👨‍👩‍👧", "a" * 500, "第一"]
)
ROW = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("name", "given_name", "phone", "email", "birth_date", "street", "tax_number"), ODD
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.lists(ROW, max_size=12), st.sampled_from(sorted(RULES)))
def test_anything_can_be_compared(rows: list[dict[str, str]], rule: str) -> None:
    found = find(rows, RULES[rule])
    placed = [row for some in found.clusters for row in some]
    assert len(placed) == len(set(placed))
    for pair in found.pairs():
        assert 0 <= pair.score <= 1


@given(
    st.lists(ROW, min_size=2, max_size=10), st.randoms(use_true_random=False), st.sampled_from(sorted(RULES))
)
def test_the_order_of_the_rows_does_not_matter_to_a_score(
    rows: list[dict[str, str]], rng: random.Random, rule: str
) -> None:
    order = list(range(len(rows)))
    rng.shuffle(order)
    found, again = find(rows, RULES[rule]), find([rows[i] for i in order], RULES[rule])
    place = {row: n for n, row in enumerate(order)}
    assert found.explain(0, 1).score == pytest.approx(again.explain(place[0], place[1]).score)


@given(st.text(max_size=60))
def test_a_name_keeps_a_brand(text: str) -> None:
    name = company_names.parse(text)
    assert name is None or name.brand
    person_values.names({"name": text})
