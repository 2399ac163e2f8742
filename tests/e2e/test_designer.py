"""An administrator shapes an object in the browser; a colleague's open tab has it at once."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE
from tests.e2e.conftest import OpenVisit
from tests.e2e.designing import choice
from tests.e2e.firm import Firm

FIVE = (("Text", "Serial no."), ("Date", "Warranty end"), ("Select", "State"), ("Money", "Price"), ("Link", "Owner firm"))  # fmt: skip


def add_field(page: Page, kind: str, name: str) -> None:
    page.get_by_role("complementary", name="New field").get_by_role("button", name=kind, exact=True).click()
    panel = page.get_by_role("complementary", name="Properties")
    panel.get_by_label("Name EN").fill(name)
    if kind == "Select":
        for number, option in enumerate(("Running", "Broken"), 1):
            panel.get_by_role("button", name="Add an option").click()
            panel.get_by_label(f"Name of the option {number}").fill(option)
    if kind == "Link":
        panel.get_by_label("Links to").fill("Customer")
        choice(page, "Customer").click()
    panel.get_by_role("button", name="Add field").click()
    expect(page.get_by_text(f"“{name}” is there for everybody")).to_be_visible()


def tiles(page: Page, section: str) -> list[str]:
    names = page.get_by_role("article", name=section).get_by_role("button", name=re.compile("^Settings of"))
    return [re.findall("“(.*)”", str(each.get_attribute("aria-label")))[0] for each in names.all()]


def test_an_object_of_ones_own_is_made_arranged_and_used(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in()
    page = visit.go("/settings/objects")
    page.get_by_role("button", name="New object").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Chinese name").fill("设备")
    dialog.get_by_label("English name").fill("Machine")
    expect(dialog.get_by_role("textbox", name="Key")).to_have_value("machine")
    dialog.get_by_role("button", name="Create, then add fields").click()
    expect(page.get_by_role("heading", level=1, name="Machine")).to_be_visible()

    colleague = sign_in("member")
    other = colleague.go("/")
    expect(other.get_by_role("navigation").get_by_role("link", name="Machine")).to_be_visible()

    for kind, name in FIVE:
        add_field(page, kind, name)
    assert tiles(page, "Basics") == ["Name", *(name for _, name in FIVE)]

    # By keyboard, and the order holds.
    page.get_by_role("button", name="Settings of “Price”").focus()
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text("Order saved")).to_be_visible()
    page.reload()
    expect(page.get_by_role("article", name="Basics")).to_be_visible()
    assert tiles(page, "Basics") == ["Name", "Serial no.", "Warranty end", "Price", "State", "Owner firm"]

    # By dragging.
    grip = page.get_by_role("button", name=re.compile("^Move “Owner firm”"))
    target = page.get_by_role("button", name="Settings of “Serial no.”")
    start, end = grip.bounding_box(), target.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 8, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 4, start["y"] - 20, steps=4)
    page.mouse.move(end["x"] + 20, end["y"] + 6, steps=12)
    page.wait_for_timeout(300)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.mouse.up()

    # The colleague's tab, opened before, makes one.
    other.get_by_role("navigation").get_by_role("link", name="Machine").click()
    other.get_by_role("button", name=re.compile("New machine", re.IGNORECASE)).first.click()
    form = other.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("HR-20")
    form.get_by_label("Serial no.").fill("SN-1")
    form.get_by_label("Price").fill("12000")
    form.get_by_label("Name", exact=True).press("Control+Enter")
    expect(other.get_by_role("row").filter(has_text="HR-20")).to_be_visible()
    made = colleague.api("GET", "/api/v1/machine?fields=name,serial_no,price")["data"]
    assert [(each["name"], each["serial_no"], each["price"]) for each in made] == [("HR-20", "SN-1", 12000)]


def test_who_comes_second_is_told_and_keeps_both_changes(firm: Firm, sign_in: OpenVisit) -> None:
    firm.call("POST", "/meta/objects", {"key": "shop", "label": "Shop"})
    firm.call("POST", "/meta/objects/shop/fields", {"key": "area", "type": "number", "label": "Area"})
    visit = sign_in()
    visit.forgive("409")
    page = visit.go("/settings/objects/shop?field=area")
    panel = page.get_by_role("complementary", name="Properties")
    panel.get_by_label("Help text").fill("In square metres")
    version = firm.call("GET", "/meta/objects/shop/design")["version"]
    page.route("**/meta/objects/shop/design", lambda route: route.abort())
    firm.call("PATCH", "/meta/objects/shop/fields/area", {"required": True, "version": version})
    visit.forgive("failed", "ERR_FAILED")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("alert")).to_contain_text("has just changed this object")
    page.unroute("**/meta/objects/shop/design")
    panel.get_by_role("button", name="Keep my changes too and save").click()
    expect(page.get_by_text("“Area” is saved")).to_be_visible()
    area = next(f for f in firm.call("GET", "/meta/objects/shop")["fields"] if f["key"] == "area")
    assert (area["required"], area["help"]["en"]) == (True, "In square metres")


def test_a_type_is_changed_after_a_look_at_what_is_lost(firm: Firm, sign_in: OpenVisit) -> None:
    firm.call("POST", "/meta/objects", {"key": "van", "label": "Van"})
    firm.call("POST", "/meta/objects/van/fields", {"key": "load", "type": "text", "label": "Load"})
    for load in ("12", "8", "much"):
        firm.make("van", name=f"Van {load}", load=load)
    page = sign_in().go("/settings/objects/van?field=load")
    page.get_by_role("button", name="Change type").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("New type").fill("Number")
    choice(page, "Number").click()
    expect(drawer.get_by_role("cell", name="much", exact=True)).to_be_visible()
    drawer.get_by_role("button", name="Change type, give up 1 value").click()
    expect(page.get_by_text("“Load” has its new type")).to_be_visible()
    page.get_by_role("button", name="Take this change back").click()
    expect(
        page.get_by_role("complementary", name="Properties").get_by_text(re.compile("^Text · load"))
    ).to_be_visible()
    rows = firm.call("GET", "/van?fields=load&sort=name")["data"]
    assert sorted(row["load"] for row in rows) == ["12", "8", "much"]


def test_on_a_phone_a_field_is_renamed(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in(size=PHONE)
    page = visit.go("/settings/objects/contact")
    page.get_by_role("button", name=re.compile("^Settings of “Phone”")).click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Name EN").fill("Telephone")
    panel.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“Telephone” is saved")).to_be_visible()
    assert visit.overflow() == 0
