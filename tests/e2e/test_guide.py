"""The guide: both languages say the same, and every picture is taken from the running product.

`UPDATE_SCREENSHOTS=1 script/test tests/e2e/test_guide.py` takes the pictures anew, from the sample firm.
"""

import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE, Visit
from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import PASSWORD, signed_in
from tests.e2e.test_pages import settle
from tests.product import guanxi, running

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
IMAGES = GUIDE / "images"
COMPANY = {"zh": "岭南智造", "en": "Lingnan Machines"}
NAME = {"zh": "王敏", "en": "Wang Min"}
CALLERS = {
    "objects": {
        "*": {"see": "own", "create": True, "edit": "own", "assign": "own"},
        "lead": {"see": "all", "edit": "team", "delete": "own"},
        "customer": {"see": "team_below", "assign": "team"},
        "opportunity": {"see": "team", "edit": "own"},
    },
    "fields": {"customer": {"phone": "masked", "mobile": "masked", "email": "masked"}},
}
README = {"zh": "README.zh-CN.md", "en": "README.md"}


def chapters(language: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((GUIDE / language).glob("*.md"))}


def test_both_languages_have_the_same_chapters_with_the_same_sections() -> None:
    zh, en = chapters("zh"), chapters("en")
    assert list(zh) == list(en)
    for name, text in zh.items():
        levels = [re.findall(r"^(#+) ", each, re.MULTILINE) for each in (text, en[name])]
        assert levels[0] == levels[1], name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_picture_and_chapter_that_the_guide_points_to_is_there(language: str) -> None:
    texts = {GUIDE / language / name: text for name, text in chapters(language).items()}
    readme = GUIDE.parents[1] / README[language]
    texts[readme] = readme.read_text(encoding="utf-8")
    missing = [
        f"{path.name}: {target}"
        for path, text in texts.items()
        for target in re.findall(r"\]\(([^)#:]+)\)", text)
        if not (path.parent / target).exists()
    ]
    assert missing == []


# Not skipped but left out: the pictures change with every change of the product, and are taken on request.
if os.environ.get("UPDATE_SCREENSHOTS"):

    @pytest.mark.parametrize(("language", "locale"), [("zh", "zh-CN"), ("en", "en")])
    def test_pictures_are_taken(
        tmp_path_factory: pytest.TempPathFactory, open_visit: OpenVisit, language: str, locale: str
    ) -> None:
        home = tmp_path_factory.mktemp(f"pictures-{language}") / "home"
        with running(home, "--no-demo", GUANXI_LOCALE=locale) as product:
            made = guanxi(
                home, "init", "--workspace", COMPANY[language], "--email", "guide@example.com",
                "--password", PASSWORD, "--name", NAME[language], "--locale", locale.lower(),
            )  # fmt: skip
            assert made.returncode == 0, made.stderr
            visit = open_visit(product.url, locale=locale, state=signed_in(product.url, "guide@example.com"))
            workspace = visit.api("GET", "/api/v1/me")["workspace"]["slug"]
            filled = guanxi(home, "demo", "--workspace", workspace, "--locale", locale.lower(), seconds=300)
            assert filled.returncode == 0, filled.stderr
            page = visit.go("/")
            expect(page.get_by_role("heading", level=1)).to_contain_text(NAME[language])
            take(page, f"{language}-workbench")
            callers = {
                "key": "callers",
                "name": {"zh-CN": "电话销售", "en": "Phone sales"},
                "rights": CALLERS,
            }
            visit.api("POST", "/api/v1/roles", callers)
            first = visit.api("GET", "/api/v1/opportunity?limit=1&sort=-amount&fields=customer,name")["data"][
                0
            ]
            customer = f"/o/customer/{first['customer']['id']}"
            for name, path in {
                "customers": "/o/customer",
                "preview": f"/o/customer?open={first['customer']['id']}",
                "customer": customer,
                "board": "/o/opportunity?kind=board",
                "import": "/o/customer/import",
                "members": "/settings/members",
                "roles": "/settings/roles",
                "role": "/settings/roles/callers",
                "pipelines": "/settings/pipelines",
                "objects": "/settings/objects",
                "designer": "/settings/objects/customer?field=credit_limit",
            }.items():
                visit.go(path)
                take(page, f"{language}-{name}")
            take_leaving(visit, language)
            visit.go("/o/customer/import")
            page.locator("input[type=file]").set_input_files(
                {
                    "name": "customers.csv",
                    "mimeType": "text/csv",
                    "buffer": "客户名称,手机,行业,最近合同\n佛山明达五金,13800138001,制造业,A-1\n".encode(),
                }
            )
            expect(page.locator("table")).to_be_visible()
            take(page, f"{language}-mapping")
            phone = open_visit(product.url, locale=locale, size=PHONE, state=visit.context.storage_state())
            phone.forgive(".*")
            for name, path in {"phone-workbench": "/", "phone-customer": customer}.items():
                phone.go(path)
                take(phone.page, f"{language}-{name}")
            dark = open_visit(product.url, locale=locale, theme="dark", state=visit.context.storage_state())
            dark.forgive(".*")
            dark.go("/o/opportunity?kind=board")
            take(dark.page, f"{language}-board-dark")


def take_leaving(visit: Visit, language: str) -> None:
    """The plan of a hand-over, and the banner while looking as somebody else."""
    zh = language == "zh"
    page = visit.go("/settings/members")
    _menu(page, "交接工作" if zh else "Hand over work")
    page.locator("#hand-over-to").click()
    for place in (0, 3):
        page.locator(".ant-select-item-option:visible").nth(place).click()
    page.keyboard.press("Escape")
    take(page, f"{language}-hand-over")
    visit.go("/settings/members")
    _menu(page, "以他的身份查看" if zh else "Look as this person")
    page.get_by_role("button", name="开始查看" if zh else "Begin").click()
    end = page.get_by_role("button", name="结束查看" if zh else "End")
    expect(end).to_be_visible()
    visit.go("/o/customer")
    take(page, f"{language}-view-as")
    end.click()
    expect(end).to_have_count(0)


def _menu(page: Page, item: str) -> None:
    page.locator("tbody tr").nth(2).get_by_role("button").last.click()
    page.get_by_role("menuitem", name=item).click()


def take(page: Page, name: str) -> None:
    """A picture of the page as it stands, in few colours, so that the repository stays small."""
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    if "customer" in name and not name.endswith("customers"):
        expect(
            page.get_by_role("main").get_by_text(re.compile("动态|跟进记录|Activity|Note")).first
        ).to_be_visible()
    settle(page)
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
