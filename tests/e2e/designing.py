"""What an administrator does in the designer and in filter builders, in Chinese."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Visit


def new_object(visit: Visit, zh: str, en: str) -> None:
    page = visit.go("/settings/objects")
    page.get_by_role("button", name="新建对象").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("中文名称").fill(zh)
    dialog.get_by_label("英文名称").fill(en)
    expect(dialog.get_by_role("textbox", name="标识")).to_have_value(en.lower())
    dialog.get_by_role("radio", name=re.compile("也都能改")).check()
    dialog.get_by_role("button", name="创建，然后加字段").click()
    expect(page.get_by_role("heading", level=1, name=zh)).to_be_visible()


def add_field(
    page: Page, kind: str, zh: str, en: str, set_up: Callable[[Locator], None] | None = None
) -> None:
    page.get_by_role("complementary", name="新建字段").get_by_role("button", name=kind, exact=True).click()
    panel = page.get_by_role("complementary", name="属性")
    panel.get_by_label("名称 中").fill(zh)
    panel.get_by_label("名称 EN").fill(en)
    if set_up:
        set_up(panel)
    panel.get_by_role("button", name="添加字段").click()
    expect(page.get_by_text(f"「{zh}」已添加，所有人马上能用")).to_be_visible()


def choose(page: Page, select: Locator, option: str) -> None:
    select.click()
    choice(page, option).click()


def choice(page: Page, option: str) -> Locator:
    """What is offered in the list that is open."""
    return page.locator(".ant-select-dropdown:visible").get_by_title(option, exact=True).last


def options(*names: str) -> Callable[[Locator], None]:
    def set_up(panel: Locator) -> None:
        for number, name in enumerate(names, 1):
            panel.get_by_role("button", name="添加选项").click()
            panel.get_by_label(re.compile("^选项名称")).nth(number - 1).fill(name)

    return set_up


def links_to(object_: str) -> Callable[[Locator], None]:
    def set_up(panel: Locator) -> None:
        panel.get_by_label("关联到").fill(object_)
        choice(panel.page, object_).click()

    return set_up


def calculates(formula: str) -> Callable[[Locator], None]:
    def set_up(panel: Locator) -> None:
        panel.get_by_label("公式", exact=True).fill(formula)
        expect(panel.get_by_text("结果是数字")).to_be_visible()

    return set_up


def switched(*names: str) -> Callable[[Locator], None]:
    def set_up(panel: Locator) -> None:
        panel.get_by_text("更多", exact=True).click()
        for name in names:
            panel.get_by_role("switch", name=name).click()

    return set_up


def condition(page: Page, box: Locator, field: str, operator: str, value: str) -> None:
    """Fills the first condition of a filter builder."""
    box.get_by_label("字段", exact=True).first.click()
    page.locator(".ant-cascader-dropdown:visible").get_by_role(
        "menuitemcheckbox", name=field, exact=True
    ).click()
    choose(page, box.get_by_label("条件", exact=True).first, operator)
    choose(page, box.get_by_label(field, exact=True).first, value)
