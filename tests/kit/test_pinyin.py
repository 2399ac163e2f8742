import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import pinyin

HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
NAMES = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("中山重庆长沙AaZz019 ")),
    max_size=30,
)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("中山公司", "zhong shan gong si"), ("重庆", "chong qing"), ("重工", "zhong gong"), ("长沙", "chang sha"),
        ("成长", "cheng zhang"), ("银行", "yin hang"), ("旅行社", "lv xing she"), ("音乐", "yin yue"), ("乐高", "le gao"),
        ("厦门", "xia men"), ("大厦", "da sha"), ("成都", "cheng du"), ("会计", "kuai ji"), ("单田芳", "shan tian fang"),
        ("单车", "shan che"), ("仇英", "qiu ying"), ("尉迟恭", "yu chi gong"), ("曾国藩", "zeng guo fan"),
        ("Acme 中山3号", "acme zhong shan 3 hao"), ("ＡＢＣ", "abc"), ("Café", "cafe"), ("a-b", "a b"), ("", ""), ("！", ""),
    ],
)  # fmt: skip
def test_readings(text: str, spoken: str) -> None:
    assert " ".join(pinyin.words(text)) == spoken
    assert pinyin.full(text) == spoken.replace(" ", "")
    assert pinyin.initials(text) == "".join(word[0] for word in spoken.split())


@given(HAN)
def test_every_character_has_one_syllable_or_stands_for_itself(text: str) -> None:
    words = pinyin.words(text)
    assert len(words) == len(text)
    assert len(pinyin.initials(text)) == len(text)


def test_names_sort_as_in_a_phone_book() -> None:
    expected = ["2号店", "10号店", "Acme", "acme 2", "acme 10", "安徽", "北京", "重庆", "长沙", "李明", "李四", "黎安", "上海",
                "中国", "中国银行", "中山", "重工"]  # fmt: skip
    assert sorted(expected, key=pinyin.sort_key) == [
        "2号店", "10号店", "Acme", "acme 2", "acme 10", "安徽", "北京", "长沙", "重庆", "李明", "李四", "黎安", "上海",
        "中国", "中国银行", "中山", "重工",
    ]  # fmt: skip


@given(HAN, HAN)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert (pinyin.sort_key(one) == pinyin.sort_key(other)) == (one == other)


@given(HAN, HAN)
def test_a_name_sorts_before_what_begins_with_it(name: str, more: str) -> None:
    if pinyin.with_readings(name) == name and pinyin.with_readings(name + more) == name + more:
        assert pinyin.sort_key(name) < pinyin.sort_key(name + more)


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_numbers_sort_by_value(one: int, other: int) -> None:
    assert (pinyin.sort_key(f"客户{one}") < pinyin.sort_key(f"客户{other}")) == (one < other)


@given(NAMES)
def test_any_text_has_a_key_that_an_index_can_hold(text: str) -> None:
    assert len(pinyin.sort_key(text * 50).encode()) < 1500
    assert "\x00" not in pinyin.sort_key(text)
    assert "".join(pinyin.words(text)) == pinyin.full(text)
