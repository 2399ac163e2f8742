"""The main job: from a firm's spreadsheets to a deal moved on a board, by somebody who sees Guanxi for the first time."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Visit
from tests.e2e.conftest import OpenVisit
from tests.e2e.spreadsheets import Spreadsheets, of_the_firm
from tests.e2e.words import EN, ZH, Words
from tests.product import running

PASSWORD = "a-long-password-of-mine"
IMPORT = 240_000


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_a_newcomer_brings_the_firm_in_and_works_with_it(
    tmp_path_factory: pytest.TempPathFactory, open_visit: OpenVisit, words: Words
) -> None:
    folder = tmp_path_factory.mktemp("newcomer")
    files = of_the_firm(folder)
    with running(folder / "home", "--no-demo", GUANXI_LOCALE=words.locale) as product:
        link = re.search(r"/setup\?token=\S+", product.output)
        assert link is not None, product.output
        visit = open_visit(product.url, locale=words.locale)
        visit.forgive(r"401 (GET|DELETE) .*/(auth/session|me)\b", r"console: .*401")  # who is not signed in
        set_up(visit, words, link[0])
        import_everything(visit, words, files)
        find_customers(visit, words, files)
        write_a_note(visit, words)
        find_by_pinyin(visit, words)
        read_the_funnel(visit, words, files)
        move_deals(visit, words, files)
        ask_the_api(visit, files)
        leave_and_come_back(visit, words)
        visit.go_away()


def set_up(visit: Visit, words: Words, link: str) -> None:
    page = visit.go(link)
    page.get_by_label(words.company).fill("Global Software")
    page.get_by_label(words.name, exact=True).fill("Wang Min")
    page.get_by_label(words.email).fill("wang@example.com")
    page.get_by_label(words.password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words.make_workspace).click()
    page.wait_for_url(visit.base + "/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wang Min")


def import_everything(visit: Visit, words: Words, files: Spreadsheets) -> None:
    page = visit.go("/o/customer")
    page.get_by_role("main").get_by_role("button", name=words.import_).first.click()
    upload(page, words, files.accounts)
    run(page, words, files.account_count, words.create_options)
    visit.go("/o/product").get_by_role("main").get_by_role("button", name=words.import_).first.click()
    upload(page, words, files.products)
    run(page, words, files.product_count)
    visit.go("/settings/members").get_by_role("button", name=words.import_).click()
    upload(page, words, files.people)
    run(page, words, files.people_count)
    expect(page.get_by_role("main").get_by_text("Wang Min").first).to_be_visible()
    visit.go("/o/opportunity/import")
    upload(page, words, files.pipeline)
    run(page, words, files.deals, words.create_options, words.create_links)


def upload(page: Page, words: Words, file: Path) -> None:
    expect(page.get_by_text(words.drop_here)).to_be_visible()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=words.preview, exact=True).click()
    expect(page.get_by_text(words.will_be_created)).to_be_visible(timeout=IMPORT)


def run(page: Page, words: Words, count: int, *choices: str) -> None:
    """Switches on what is to be made besides, imports, and goes to see it."""
    for choice in choices:
        switch = page.get_by_role("switch", name=choice)
        switch.click()
        expect(switch).to_be_checked()
    page.get_by_role("button", name=words.of("run", n=f"{count:,}")).click()
    seen = page.get_by_role("link", name=words.seen)
    expect(seen).to_be_visible(timeout=IMPORT)
    seen.click()


def rows(page: Page, words: Words) -> Locator:
    return page.get_by_role("grid", name=words.customers_list).get_by_role("row")


def find_customers(visit: Visit, words: Words, files: Spreadsheets) -> None:
    """Filters with the builder, searches, and opens one: beside the list, then whole."""
    page = visit.go("/o/customer")
    expect(page.get_by_role("tab", name=words.all_customers)).to_contain_text(str(files.account_count))
    name = visit.api("GET", "/api/v1/customer?limit=1&sort=name&fields=name")["data"][0]["title"]
    page.get_by_role("button", name=words.filter, exact=True).click()
    builder = page.get_by_role("tooltip")
    builder.get_by_role("textbox").fill(name)
    expect(page.get_by_text(words.showing)).to_be_visible()
    expect(rows(page, words).filter(has_text=name)).to_be_visible()
    page.keyboard.press("Escape")
    visit.go("/o/customer")
    page.get_by_label(words.find).fill(name[:5])
    row = rows(page, words).filter(has_text=name).first
    expect(page).to_have_url(re.compile("q="))
    row.click()
    page.get_by_role("button", name=words.open_page).or_(
        page.get_by_role("link", name=words.open_page)
    ).first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def write_a_note(visit: Visit, words: Words) -> None:
    page = visit.page
    page.get_by_role("textbox", name=words.note_text).fill("Wants the offer by Friday")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(words.note_saved, exact=True)).to_be_visible()
    timeline = page.get_by_role("region", name=words.timeline)
    expect(timeline.get_by_text("Wants the offer by Friday").first).to_be_visible()


def find_by_pinyin(visit: Visit, words: Words) -> None:
    """A Chinese customer, made with `c`, is found by the initials of its name."""
    page = visit.go("/o/customer")
    expect(rows(page, words).nth(1)).to_be_visible()
    page.keyboard.press("c")
    page.get_by_role("menuitem", name=words.customer, exact=True).press("Enter")
    form = page.get_by_role("dialog")
    form.get_by_label(words.customer_name, exact=True).fill("中山市宏图自动化科技有限公司")
    form.get_by_label(words.customer_name, exact=True).press("Control+Enter")
    expect(form).to_be_hidden()
    page.get_by_label(words.find).fill("zssht")
    expect(rows(page, words).filter(has_text="中山市宏图自动化科技有限公司")).to_be_visible()


def column(page: Page, words: Words, stage: str, count: int) -> Locator:
    return page.get_by_role("region", name=words.of("column", stage=stage, n=count), exact=True)


def read_the_funnel(visit: Visit, words: Words, files: Spreadsheets) -> None:
    page = visit.go("/o/opportunity")
    page.get_by_title(words.board).click()
    for stage, count in (("Engaging", files.engaging), ("Prospecting", files.prospecting)):
        found = column(page, words, stage, count)
        expect(found.locator("header")).to_contain_text(f"{count:,}")
    for stage, count in ((words.won, files.won), (words.lost, files.lost)):
        folded = page.get_by_role("button", name=words.of("expand", stage=stage))
        expect(folded).to_contain_text(f"{count:,}")
    page.get_by_role("button", name=words.of("expand", stage=words.won)).click()
    expect(column(page, words, words.won, files.won).get_by_role("article").first).to_be_visible()


def move_deals(visit: Visit, words: Words, files: Spreadsheets) -> None:
    """One card with the mouse, one from the keyboard; the columns' figures follow at once."""
    page = visit.page
    target = column(page, words, "Engaging", files.engaging)
    source = column(page, words, "Prospecting", files.prospecting)
    source.scroll_into_view_if_needed()
    card = source.get_by_role("article").first
    card.hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200, steps=12)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 210, steps=3)
    page.mouse.up()
    expect(column(page, words, "Engaging", files.engaging + 1)).to_be_visible()
    expect(column(page, words, "Prospecting", files.prospecting - 1)).to_be_visible()
    expect(page.get_by_text(words.of("moved", stage="Engaging")).first).to_be_visible()

    card = column(page, words, "Engaging", files.engaging + 1).get_by_role("article").first
    menu = card.get_by_role("button", name=re.compile("^" + words.move))
    menu.focus()
    page.keyboard.press("Enter")
    choice = page.get_by_role("menuitem", name="Prospecting")
    expect(choice).to_be_visible()
    choice.press("Enter")
    expect(column(page, words, "Engaging", files.engaging)).to_be_visible()
    expect(page.get_by_text(words.of("moved", stage="Prospecting")).first).to_be_visible()


def ask_the_api(visit: Visit, files: Spreadsheets) -> None:
    question = {"group": ["stage"], "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}]}
    answer = visit.api("POST", "/api/v1/opportunity/query", question)["data"]
    counts = {row["labels"]["stage"]["en"]: row["values"] for row in answer}
    assert counts["Won"] == {"count": files.won, "sum_amount": files.won_value}
    assert {stage: values["count"] for stage, values in counts.items()} == {
        "Won": files.won, "Lost": files.lost, "Engaging": files.engaging, "Prospecting": files.prospecting,
    }  # fmt: skip


def leave_and_come_back(visit: Visit, words: Words) -> None:
    page = visit.page
    page.get_by_role("button", name=words.of("person_menu", name="Wang Min")).click()
    page.get_by_role("button", name=words.sign_out).click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label(words.email).fill("wang@example.com")
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.get_by_role("button", name=words.sign_in, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wang Min")
