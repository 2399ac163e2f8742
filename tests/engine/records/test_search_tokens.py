"""The index and its queries, checked by an oracle that reads both literals as PostgreSQL does."""

import re
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanxi.engine.records.search_tokens import SearchPart, highlight_ranges, query_of, vector
from guanxi.kit import pinyin

NAME = "广东中山宏达有限公司"
PHONE = "076985321180 802"
MAIL = "o'Brien.li@Acme.com.cn"
RECORD = [
    SearchPart(NAME, "name", "A"),
    SearchPart(PHONE, "phone", "B"),
    SearchPart(MAIL, "email", "B"),
    SearchPart("SO-202603-0042", "number", "B"),
    SearchPart("Café 展会客户", "text", "D"),
]
LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)+)'(?::([0-9A-D,]+))?(?: |$)")
TEXTS = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("中山'\\:&|!()<->*@.Aa0 ")),
    max_size=60,
)


def lexemes(literal: str) -> dict[str, set[int]]:
    """Lexemes and positions of a tsvector literal; fails on anything that is not one."""
    found: dict[str, set[int]] = {}
    at = 0
    while at < len(literal):
        match = LEXEME.match(literal, at)
        assert match, literal[at:]
        text = match[1].replace("''", "'").replace("\\\\", "\\")
        positions = {int(p.rstrip("ABCD")) for p in (match[2] or "").split(",") if p}
        found.setdefault(text, set()).update(positions)
        at = match.end()
    return found


def finds(query: str, record: list[SearchPart]) -> bool:
    """Whether a query finds a record, by the words of both literals."""
    literal = query_of(query)
    if literal is None:
        return False
    index = lexemes(vector(record))

    def term(text: str) -> str:
        lexeme, prefix = (
            text[1 : text.rindex("'")].replace("''", "'").replace("\\\\", "\\"),
            text.endswith(":*"),
        )
        return repr(any(word.startswith(lexeme) if prefix else word == lexeme for word in index))

    def phrase(match: re.Match[str]) -> str:
        ends = None
        for distance, text in re.findall(r"(?: <([-0-9]+)> )?('(?:[^'\\]|''|\\\\)+'(?::\*)?)", match[0]):
            step = 1 if distance in ("", "-") else int(distance)
            at = positions(text)
            ends = at if ends is None else {p + step for p in ends} & at
        return repr(bool(ends))

    def positions(text: str) -> set[int]:
        lexeme, prefix = text[1 : text.rindex("'")].replace("''", "'"), text.endswith(":*")
        return {
            p
            for word, at in index.items()
            if (word.startswith(lexeme) if prefix else word == lexeme)
            for p in at
        }

    one = r"'(?:[^'\\]|''|\\\\)+'(?::\*)?"
    text = re.sub(rf"{one}(?: <[-0-9]+> {one})+", phrase, literal)
    text = re.sub(one, lambda m: term(m[0]), text)
    assert re.fullmatch(r"[TrueFals()&| ]+", text), text
    return bool(eval(text.replace("&", "and").replace("|", "or")))


@pytest.mark.parametrize(
    "query",
    [
        "中山", "宏达", "东中山宏", "广东中山宏达有限公司", "中山 宏达", "宏达 公司", "gdzshd", "zshd", "hdyxgs", "zs", "guangdong",
        "zhongshan", "zhongshanhong", "hongda", "hong", "ZSHD", "中山hd", "0769", "8532", "85321180", "0769-85321180",
        "+86 0769 85321180", "802", "o'brien", "brien", "o'brien.li@acme.com.cn", "O'Brien.li@ac", "@acme.com", "acme.com", "acme",
        "SO-2026", "so202603", "202603-0042", "0042", "0260", "cafe", "CAFÉ", "展会", "客户",
    ],
)  # fmt: skip
def test_a_record_is_found_by(query: str) -> None:
    assert finds(query, RECORD)


@pytest.mark.parametrize(
    "query",
    [
        "山中",
        "中广",
        "宏达展会",
        "珠海",
        "xyz",
        "zsgd",
        "9999",
        "85321181",
        "b@acme.com",
        "展会 珠海",
        "rien",
        "me.com",
    ],
)
def test_a_record_is_not_found_by(query: str) -> None:
    assert not finds(query, RECORD)


@pytest.mark.parametrize("query", ["cqca", "zqca", "chongqing", "zhongqing", "重庆", "changan", "zhangan"])
def test_characters_with_several_readings_are_found_by_each(query: str) -> None:
    assert finds(query, [SearchPart("重庆长安", "name", "A")])


def test_a_legal_form_alone_is_looked_for_and_otherwise_dropped() -> None:
    assert finds("公司", RECORD)
    assert query_of("宏达有限公司") == query_of("宏达")
    assert query_of("宏达 有限公司") == query_of("宏达")
    assert query_of("Acme Co Ltd") == query_of("Acme")


@pytest.mark.parametrize("query", ["", "  ", "!!", "'", "\\", "&|!()", "<->", "\x00", "@", "@@ @"])
def test_nothing_to_look_for(query: str) -> None:
    assert query_of(query) is None


@pytest.mark.parametrize(
    "query",
    [
        "gdzshdyx",
        "zshdyxgs",
        "zhongshanhongdayou",
        "hongdayouxian",
        "hongdayouxiangongsi",
        "guangdongzhongs",
        "dongzhongshanho",
    ],
)
def test_initials_and_pinyin_reach_into_the_legal_form(query: str) -> None:
    assert finds(query, RECORD)


@pytest.mark.parametrize(
    "query",
    [
        "yxgs",
        "youxian",
        "gongsi",
        "zshdzs",
        "gdzsdh",
        "zhongshanda",
        "zhongshanhongdong",
        "0769853280",
        "5180802",
    ],
)
def test_windows_are_found_in_their_order_only(query: str) -> None:
    assert not finds(query, RECORD)


def test_pinyin_is_found_however_its_letters_fall_into_syllables() -> None:
    record = [SearchPart("长安方案西安", "name", "A")]
    assert finds("changanfangan", record)
    assert finds("fanganxian", record)
    assert not finds("changanxian", record)


def test_nothing_is_indexed_twice() -> None:
    index = lexemes(vector([SearchPart("li.ming@acme.com", "email", "B")]))
    assert set(index) == {"li.ming@acme.com", "acme.com", "ming", "com"}


def test_limits() -> None:
    many = query_of(" ".join(f"w{i}" for i in range(30)))
    assert many is not None
    assert many.count("&") == 7
    long = vector([SearchPart("字" * 20_000, "text", "D"), SearchPart("尾", "text", "D")])
    assert len(lexemes(long)) <= 400
    assert max(max(p, default=0) for p in lexemes(long).values()) < 16_383
    assert all(
        len(word) < 300
        for word in lexemes(vector([SearchPart("x" * 10_000, kind, "A") for kind in ("name", "text")]))
    )
    assert "'i:" in vector([SearchPart("字" * 500, "name", "A")])


@given(st.text(alphabet="广东中山宏达科技贸易实业", min_size=2, max_size=12), st.data())
def test_any_piece_of_a_chinese_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    piece = name[start : data.draw(st.integers(start + 1, len(name)))]
    record = [SearchPart(name, "name", "A")]
    assert finds(piece, record)
    initials = pinyin.initials(name)[start : start + len(piece)]
    assert finds(initials[:8], record)
    assert highlight_ranges(name, piece)
    assert highlight_ranges(name, initials)


@given(st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True), st.data())
def test_any_three_digits_of_a_number_find_it(number: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(number) - 3))
    piece = number[start : data.draw(st.integers(start + 3, len(number)))]
    assert finds(piece, [SearchPart(number, "phone", "B")])
    assert highlight_ranges(f"{number[:3]} {number[3:]}", piece)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("广东中山公司", "中山", ["中山"]), ("广东中山公司", "zsgs", ["中山公司"]), ("广东中山公司", "zhongsh", ["中山"]),
        ("广东中山公司", "中山有限公司", ["中山"]), ("138 0013 8000", "00138", ["0013 8"]), ("0769-8532 1180", "0769-85321180", ["0769-8532 1180"]),
        ("Acme Café Trading", "cafe tra", ["Café", "Tra"]), ("Acme", "cme", []), ("重庆长安", "zhongqing", ["重庆"]),
        ("Ａｃｍｅ", "ac", ["Ａｃ"]), ("中山中山", "中山", ["中山中山"]), ("中山", "山中", []), ("", "x", []), ("x", "", []),
    ],
)  # fmt: skip
def test_highlights(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlight_ranges(text, query)] == marked


@given(TEXTS, TEXTS)
def test_highlights_are_ordered_ranges_of_the_text(text: str, query: str) -> None:
    end = -1
    for start, stop in highlight_ranges(text, query):
        assert end < start < stop <= len(text)
        end = stop


@pytest.mark.django_db
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, query=TEXTS, kind=st.sampled_from(["name", "text", "phone", "number", "email"]))
@example(text="o'b\\@x.cn", query="o'b\\@x", kind="email")
@example(text="中山 a:b", query="中山:* | !x", kind="name")
def test_postgresql_reads_both_literals_as_we_do(text: str, query: str, kind: Any) -> None:
    record = [SearchPart(text, kind, "A")]
    literal = query_of(query)
    with connection.cursor() as db:
        db.execute("SELECT %s::tsvector @@ %s::tsquery", [vector(record), literal])
        assert db.fetchone()[0] == (None if literal is None else finds(query, record))
