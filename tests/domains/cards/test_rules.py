"""What the lines of a card say."""

import pytest

from guanxi.domains.customers.cards.rules import Line, understand


def said(*texts: str) -> dict[str, str]:
    card = understand([Line(text) for text in texts])
    found: dict[str, str] = {}
    for value in card.values:
        found.setdefault(f"{value.object}.{value.field}", value.value)
    return found


def test_a_chinese_card() -> None:
    found = said(
        "中山市恒拓机械设备有限公司", "陈 志 强", "销售总监",
        "手机：138 0013 8000   电话：0760-8888 6666  传真：0760-88886667",
        "E-mail: chen.zq@hengtuo.com.cn", "网址 ：www.hengtuo.com.cn",
        "地址：广东省中山市石岐区中山三路16号20楼 邮编：528400",
    )  # fmt: skip
    assert found == {
        "customer.name": "中山市恒拓机械设备有限公司",
        "contact.name": "陈志强",
        "contact.job_title": "销售总监",
        "contact.mobile": "+8613800138000",
        "contact.phone": "+8676088886666",
        "contact.email": "chen.zq@hengtuo.com.cn",
        "customer.website": "www.hengtuo.com.cn",
        "customer.region": "广东省中山市石岐区中山三路16号20楼",
    }


def test_an_english_card_without_labels() -> None:
    found = said(
        "Acme Robotics GmbH", "Maria Schneider", "Head of Purchasing", "+49 30 901820", "maria@acme.example"
    )
    assert found["customer.name"] == "Acme Robotics GmbH"
    assert found["contact.name"] == "Maria Schneider"
    assert found["contact.job_title"] == "Head of Purchasing"
    assert found["contact.phone"] == "+4930901820"
    assert found["contact.email"] == "maria@acme.example"


def test_name_and_title_on_one_line() -> None:
    found = said("欧阳明 / 副总经理", "13900001111")
    assert found["contact.name"] == "欧阳明"
    assert found["contact.job_title"] == "副总经理"


@pytest.mark.parametrize("text", ["销售总监市场部", "销售总监 市场部"])
def test_title_and_department_on_one_line(text: str) -> None:
    found = said("陈志强", text, "13900001111")
    assert (found["contact.name"], found["contact.job_title"], found["contact.department"]) == (
        "陈志强", "销售总监", "市场部",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("王建国销售总监", "王建国", "销售总监"),
        ("李梅总经理", "李梅", "总经理"),
        ("欧阳倩文市场部经理", "欧阳倩文", "市场部经理"),
        ("刘海外贸经理", "刘海", "外贸经理"),
        ("高级工程师", None, "高级工程师"),
        ("华东区域经理", None, "华东区域经理"),
        ("安全主管", None, "安全主管"),
        ("王总经理", None, "王总经理"),
    ],
)
def test_a_name_written_to_its_title_is_told_from_it(text: str, name: str | None, title: str) -> None:
    found = said("佛山市恒力精密机械有限公司", text, "手机：13800138555")
    assert (found.get("contact.name"), found["contact.job_title"]) == (name, title)


def test_a_fax_number_is_no_phone() -> None:
    assert "contact.phone" not in said("张伟 经理", "传真：010-65881234")


@pytest.mark.parametrize("texts", [(), ("出口", "禁止吸烟"), ("2026", "SALE 50%"), ("13800138000",)])
def test_what_is_no_card_is_not_taken_for_one(texts: tuple[str, ...]) -> None:
    assert not understand([Line(text) for text in texts]).is_card


def test_an_unsure_reading_stays_unsure() -> None:
    card = understand([Line("手机 13800138000".replace(" ", "："), 0.5)])
    assert card.values[0].confidence < 0.6
