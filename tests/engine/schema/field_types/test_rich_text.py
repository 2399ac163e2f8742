import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.schema.field_types.rich_text import sanitised, text_content
from tests.engine.schema.field_types.declared import a_field, cell, parsed, refused, shown


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>',
        '<p style="background:url(http://x)">a</p>', "<iframe src=//x></iframe>", "<svg onload=alert(1)>",
        '<img src="https://tracker.example/p.gif">', "<style>p{}</style>", '<form action="//x"><input></form>',
        "<a href='data:text/html,x'>x</a>", "<math><mi//xlink:href='data:x'>", "<base href=//x>",
    ],
)  # fmt: skip
@pytest.mark.asvs("1.3.1", "1.3.5")
def test_nothing_that_runs_or_phones_home_is_kept(markup: str) -> None:
    clean = sanitised(markup).lower()
    for bad in (
        "script",
        "onerror",
        "onload",
        "style",
        "iframe",
        "javascript:",
        "data:",
        "//x",
        "tracker",
        "form",
    ):
        assert bad not in clean


def test_formatting_and_our_own_pictures_are_kept() -> None:
    markup = '<p>a <strong>b</strong></p><img src="/api/v1/files/1" alt="x">'
    assert parsed("rich_text", markup) == markup
    assert 'rel="noopener noreferrer"' in parsed("rich_text", '<a href="https://a.cn">x</a>')


@given(
    st.text(
        alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("<>/&\"'=apib ")),
        max_size=80,
    )
)
def test_cleaning_again_changes_nothing(markup: str) -> None:
    assert sanitised(sanitised(markup)) == sanitised(markup)


def test_emptiness() -> None:
    for markup in ("", "<p></p>", "<p><br></p>", "<p> </p>", "<script>x</script>"):
        assert parsed("rich_text", markup) is None


def test_search_sees_the_text_and_keeps_words_apart() -> None:
    assert text_content("<p>a</p><p>b &amp; <b>c</b></p>") == "a b & c"
    assert shown("rich_text", "<p>中山</p>") == "中山"
    assert "strong" not in a_field("rich_text").type.search_text("<strong>x</strong>", a_field("rich_text"))


def test_plain_cells_keep_their_lines() -> None:
    assert cell("rich_text", "a < b\nc") == "<p>a &lt; b</p><p>c</p>"
    assert cell("rich_text", "<p>a</p>") == "<p>a</p>"


def test_one_megabyte_at_most() -> None:
    with refused("too_long"):
        parsed("rich_text", "字" * 333_334)
    with refused("wrong_type"):
        parsed("rich_text", 5)
    with refused("bad_character"):
        parsed("rich_text", "a\x00")
