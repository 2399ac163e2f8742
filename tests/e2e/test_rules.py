"""An administrator makes rules without code, and the form of a colleague follows them, in Chinese."""

from playwright.sync_api import expect

from tests.e2e.browser import Visit
from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import Firm


def test_a_form_shows_requires_and_refuses_as_one_types(firm: Firm, sign_in: OpenVisit) -> None:
    firm.call("POST", "/meta/objects", {"key": "device", "label": {"zh-CN": "设备", "en": "Device"}})
    for key, kind, label, more in (
        ("state", "select", "状态", {"options": [{"value": "ok", "label": "正常"}, {"value": "broken", "label": "故障"}]}),
        ("fault", "text", "故障说明", {}),
        ("price", "number", "价格", {}),
    ):  # fmt: skip
        firm.call("POST", "/meta/objects/device/fields", {"key": key, "type": kind, "label": label, **more})
    effects = [{"kind": "show", "fields": ["fault"]}, {"kind": "require", "fields": ["fault"]}]
    condition = {"field": "state", "op": "is", "value": "broken"}
    firm.call("POST", "/meta/objects/device/rules", {"condition": condition, "effects": effects})
    visit = sign_in()
    visit.api("PATCH", "/api/v1/me", {"locale": "zh-CN"})
    try:
        _follow(firm, visit)
    finally:
        visit.api("PATCH", "/api/v1/me", {"locale": "en"})


def _follow(firm: Firm, visit: Visit) -> None:
    page = visit.go("/settings/rules?object=device")
    expect(page.get_by_text("当状态是故障时，显示「故障说明」，「故障说明」必填")).to_be_visible()
    page.get_by_role("button", name="新建校验").click()
    editor = page.get_by_role("dialog", name="新建校验")
    expect(editor.get_by_role("combobox", name="字段").first).to_be_visible()
    page.keyboard.press("Escape")
    firm.call("POST", "/meta/objects/device/validations", {
        "condition": {"field": "price", "op": "lt", "value": 0}, "field": "price",
        "message": {"zh-CN": "价格不能是负数。", "en": "A price is not negative."},
    })  # fmt: skip

    visit.forgive("422")
    page = visit.go("/o/device")
    page.get_by_role("button", name="新建设备").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("名称", exact=True).fill("一号机")
    expect(form.get_by_label("故障说明")).to_have_count(0)
    form.get_by_label("状态").click()
    page.get_by_title("故障", exact=True).click()
    expect(form.get_by_label("故障说明")).to_be_visible()
    form.get_by_label("价格").fill("-5")
    expect(form.get_by_text("价格不能是负数。")).to_be_visible()
    form.get_by_label("价格").press("Control+Enter")
    summary = form.get_by_role("alert").first
    expect(summary).to_contain_text("故障说明")
    expect(summary).to_contain_text("价格不能是负数。")
    form.get_by_label("价格").fill("5")
    form.get_by_label("故障说明").fill("不通电")
    form.get_by_label("故障说明").press("Control+Enter")
    expect(page.get_by_text("已新建「一号机」")).to_be_visible()
