"""Merging over the API: looked at first, done in one go, found under the old ids, taken back."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.engine.records.finding import by_key
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.transfer.importing.lookups import records
from guanxi.web.rate_limit import limiter
from tests.engine.records.consistency import disagreements
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db
FIELDS = ("name", "phone", "email", "tier", "website", "tags", "tax_number")
TAX = "91440300708461136T"


@dataclass
class Desk:
    """An administrator at their desk."""

    firm: Firm
    door: Door

    def make(self, key: str = "customer", **values: Any) -> dict[str, Any]:
        answer = self.door.post(f"/{key}", values)
        assert answer.status_code == 201, answer.data
        return answer.data

    def merge(self, kept: dict[str, Any], *others: dict[str, Any], **more: Any) -> Any:
        ids = [kept["id"], *(other["id"] for other in others)]
        return self.door.post("/customer/merge", {"survivor": kept["id"], "ids": ids, **more})

    def in_step(self) -> None:
        """Keys, search entries and journal agree with the records (the program's own fields have no journal)."""
        with session(self.firm.workspace.id):
            found = [line for key in ("customer", "contact") for line in disagreements(self.firm.ctx, key)]
        assert [line for line in found if "primary_contact" not in line] == []

    def read(self, record: dict[str, Any], key: str = "customer") -> dict[str, Any]:
        return self.door.get(f"/{key}/{record['id']}").data


@pytest.fixture
def desk(firm: Firm) -> Desk:
    return Desk(firm, firm.door())


def test_the_preview_shows_values_what_is_proposed_and_what_would_move(desk: Desk) -> None:
    thin = desk.make(name="甲公司", phone="0755-86013388")
    full = desk.make(name="甲有限公司", email="a@b.example", tier="high")
    desk.make("contact", name="李雷", customer=thin["id"])
    desk.make("contact", name="韩梅", customer=thin["id"])
    desk.make("opportunity", name="一单", customer=full["id"])
    answer = desk.door.post("/customer/merge/preview", {"ids": [thin["id"], full["id"]]})
    assert answer.status_code == 200, answer.data
    assert answer.data["survivor"] == full["id"]
    fields = {f["key"]: f for f in answer.data["fields"]}
    assert (fields["name"]["differs"], fields["name"]["proposed"]) == (True, full["id"])
    assert (fields["phone"]["differs"], fields["phone"]["proposed"]) == (False, thin["id"])
    moves = {(m["object"], m["field"]): m["counts"] for m in answer.data["moves"]}
    assert moves["contact", "customer"] == {thin["id"]: 2}
    assert moves["opportunity", "customer"] == {full["id"]: 1}
    other = desk.door.post(
        "/customer/merge/preview", {"ids": [thin["id"], full["id"]], "survivor": thin["id"]}
    )
    assert other.data["survivor"] == thin["id"]
    assert desk.read(thin)["version"] == 1


def test_chosen_values_stay_links_move_and_old_ids_lead_to_the_survivor(desk: Desk) -> None:
    kept = desk.make(name="甲公司", phone="0755-86013388", tags=["老客户"])
    gone = desk.make(name="甲有限公司", email="a@b.example", phone="0755-86013389", tax_number=TAX)
    person = desk.make("contact", name="李雷", customer=gone["id"])
    done = desk.merge(kept, gone, choose={"name": gone["id"], "phone": kept["id"]})
    assert done.status_code == 200, done.data
    record = done.data["record"]
    assert (record["name"], record["phone"], record["email"]) == (gone["name"], kept["phone"], "a@b.example")
    assert desk.read(person, "contact")["customer"]["id"] == kept["id"]
    moved = desk.door.get(f"/customer/{gone['id']}?fields=name")
    assert (moved.status_code, moved.data) == (301, {"moved_to": kept["id"]})
    assert moved.headers["Location"] == f"/api/v1/customer/{kept['id']}?fields=name"
    found = desk.door.post("/customer/duplicates", {"phone": "0755-86013389"}).data["data"]
    assert [match["id"] for match in found] == [kept["id"]]
    third = desk.make(name="丙公司")
    assert desk.merge(third, kept).status_code == 200
    assert desk.door.get(f"/customer/{gone['id']}").data == {"moved_to": third["id"]}
    desk.in_step()


def test_twenty_at_once_and_no_more(desk: Desk) -> None:
    records = [desk.make(name=f"第{n}家", phone=f"0755-860133{n:02}") for n in range(21)]
    for n, record in enumerate(records):
        desk.make("contact", name=f"联系人{n}", customer=record["id"])
    for ids in (records, [records[0]], [], records * 25):
        given = [record["id"] for record in ids]
        for path in ("/customer/merge/preview", "/customer/merge"):
            answer = desk.door.post(path, {"ids": given, "survivor": records[0]["id"]})
            assert answer.status_code == 422, (len(given), answer.data)
    many = [str(uuid.uuid4()) for _ in range(500)]
    answer = desk.door.post("/customer/merge", {"ids": many, "survivor": many[0]})
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, "too_many")
    done = desk.merge(*records[:20])
    assert (done.status_code, done.data["merged"]) == (200, 19)
    related = desk.door.post(
        "/contact/query", {"filter": {"field": "customer", "op": "is", "value": records[0]["id"]}}
    )
    assert len(related.data["data"]) == 20


def test_a_merge_with_what_one_may_not_see_or_edit_is_refused(desk: Desk) -> None:
    rep, reader, boss = desk.firm.add("何销售"), desk.firm.add("看客", Role.READ_ONLY), desk.firm.admin
    mine = desk.firm.door(rep).post("/customer", {"name": "我的"}).data
    theirs = desk.make(name="别人的", owner=str(boss.id))
    ids = {"ids": [mine["id"], theirs["id"]], "survivor": mine["id"]}
    for path in ("/customer/merge/preview", "/customer/merge"):
        assert desk.firm.door(rep).post(path, ids).status_code == 404
        assert desk.firm.door(reader).post(path, ids).status_code == 403
    assert desk.read(mine)["version"] == 1


@pytest.mark.parametrize(
    "more",
    [
        {"choose": {"name": "x"}},
        {"choose": []},
        {"choose": {"nothing": str(uuid.uuid4())}},
        {"choose": {"created_at": str(uuid.uuid4())}},
        {"values": {"nothing": 1}},
        {"values": {"owner": str(uuid.uuid4())}},
        {"values": 5},
        {"ids": "all"},
        {"survivor": "x"},
    ],
)
def test_nonsense_is_refused_and_nothing_moves(desk: Desk, more: dict[str, Any]) -> None:
    one, two = desk.make(name="一"), desk.make(name="二")
    answer = desk.merge(one, two, **more)
    assert answer.status_code == 422, answer.data
    assert desk.read(two)["version"] == 1


def test_taking_a_merge_back_keeps_what_was_changed_since_and_says_so(desk: Desk) -> None:
    kept = desk.make(name="甲公司")
    gone = desk.make(name="甲有限公司", email="a@b.example", phone="0755-86013389", tax_number=TAX)
    person, other = (desk.make("contact", name=name, customer=gone["id"]) for name in ("李雷", "韩梅"))
    batch = desk.merge(kept, gone).data["batch"]
    record = desk.read(kept)
    desk.door.patch(f"/customer/{kept['id']}", {"email": "new@b.example", "version": record["version"]})
    elsewhere = desk.make(name="别家")
    moved = desk.read(person, "contact")
    desk.door.patch(f"/contact/{person['id']}", {"customer": elsewhere["id"], "version": moved["version"]})
    late = desk.make("contact", name="后来的", customer=kept["id"])
    (listed,) = desk.door.get(f"/customer/{kept['id']}/merges").data["data"]
    assert (listed["batch"], listed["records"][0]["title"]) == (batch, gone["name"])
    done = desk.door.post(f"/customer/{kept['id']}/unmerge", {"batch": batch})
    assert done.status_code == 200, done.data
    assert done.data["restored"] == [gone["id"]]
    left = {(item["object"], item["record"]["id"]): item for item in done.data["left"]}
    assert set(left) == {("customer", kept["id"]), ("contact", person["id"])}
    told = left["customer", kept["id"]]
    assert told["detail"]["fields"][0]["en"] == "E-mail"
    assert (told["by"]["name"], bool(told["at"])) == (desk.firm.admin.name, True)
    now = desk.read(kept)
    assert (now["email"], now["phone"], now["tax_number"]) == ("new@b.example", None, None)
    back = desk.read(gone)
    assert (back["email"], back["tax_number"]) == ("a@b.example", TAX)
    assert desk.read(other, "contact")["customer"]["id"] == gone["id"]
    assert desk.read(person, "contact")["customer"]["id"] == elsewhere["id"]
    assert desk.read(late, "contact")["customer"]["id"] == kept["id"]
    assert desk.door.post(f"/customer/{kept['id']}/unmerge", {"batch": batch}).status_code == 404
    desk.in_step()


def test_a_number_given_to_another_since_keeps_a_merge_and_is_named(desk: Desk) -> None:
    kept, gone = desk.make(name="甲公司"), desk.make(name="甲有限公司", tax_number=TAX)
    merged = desk.merge(kept, gone, choose={"tax_number": kept["id"]})
    assert merged.status_code == 200, merged.data
    boss = desk.firm.door(desk.firm.add("钱主管", Role.ADMIN))
    version = desk.read(kept)["version"]
    given = boss.patch(f"/customer/{kept['id']}", {"tax_number": TAX, "version": version})
    assert given.status_code == 200, given.data
    path, body = f"/customer/{kept['id']}/unmerge", {"batch": merged.data["batch"]}
    for refused in (desk.door.post(path, body), desk.door.post(f"/changes/{merged.data['batch']}/undo", {})):
        assert (refused.status_code, refused.data["code"]) == (409, "taken_since"), refused.data
        assert "“甲有限公司”" in refused.data["detail"]
        assert "“甲公司”" in refused.data["detail"]
        (later,) = refused.data["left"]
        assert (later["record"]["id"], later["by"]["name"]) == (kept["id"], "钱主管")
        assert later["detail"]["fields"][0]["en"] in refused.data["detail"]
    version = desk.read(kept)["version"]
    boss.patch(f"/customer/{kept['id']}", {"tax_number": None, "version": version})
    holder = boss.post("/customer", {"name": "乙公司", "tax_number": TAX})
    assert holder.status_code == 201, holder.data
    assert "“乙公司”" in desk.door.post(path, body).data["detail"]
    version = holder.data["version"]
    boss.patch(f"/customer/{holder.data['id']}", {"tax_number": None, "version": version})
    assert desk.door.post(path, body).status_code == 200
    assert desk.read(gone)["tax_number"] == TAX
    desk.in_step()


def test_merges_are_taken_back_from_the_last_one_on(desk: Desk) -> None:
    one, two, three = (desk.make(name=name) for name in ("一", "二", "三"))
    first = desk.merge(two, one).data["batch"]
    second = desk.merge(three, two).data["batch"]
    assert desk.door.post(f"/customer/{three['id']}/unmerge", {"batch": first}).status_code == 404
    assert desk.door.post(f"/customer/{three['id']}/unmerge", {"batch": second}).status_code == 200
    stranger = desk.firm.door(desk.firm.add("路人"))
    assert stranger.post(f"/customer/{two['id']}/unmerge", {"batch": first}).status_code == 404
    assert desk.door.post(f"/customer/{two['id']}/unmerge", {"batch": first}).status_code == 200
    assert [desk.read(record)["name"] for record in (one, two, three)] == ["一", "二", "三"]


def test_a_reimport_finds_the_survivor_by_what_the_merged_one_was_known_by(desk: Desk) -> None:
    kept = desk.make(name="甲公司", phone="0755-86013388")
    gone = desk.make(name="甲有限公司（旧）", phone="0755-86013389", tax_number=TAX)
    desk.door.patch(f"/customer/{kept['id']}", {"tax_number": "91110000600037341L", "version": 1})
    assert desk.merge(kept, gone).status_code == 200
    with session(desk.firm.workspace.id):
        ctx = desk.firm.ctx
        obj = get_object(ctx, "customer")
        keys = {"tax_number": TAX, "phone": "+8675586013389", "name": gone["name"]}
        for name, value in keys.items():
            found = by_key(ctx, obj, [obj.fields[name]], [(value,)])
            assert found == {(value,): [uuid.UUID(kept["id"])]}, name
        both = [obj.fields["name"], obj.fields["phone"]]
        pair = (keys["name"], keys["phone"])
        assert by_key(ctx, obj, both, [pair]) == {pair: [uuid.UUID(kept["id"])]}
        assert records(ctx, obj, [gone["id"], gone["name"]], None) == {
            gone["id"]: uuid.UUID(kept["id"]), gone["name"]: uuid.UUID(kept["id"]),
        }  # fmt: skip


_VALUE = {
    "phone": st.sampled_from([None, "0755-86013388", "0755-86013389"]),
    "email": st.sampled_from([None, "a@b.example", "c@d.example"]),
    "tier": st.sampled_from([None, "high", "low"]),
    "website": st.sampled_from([None, "https://a.example"]),
    "tags": st.sampled_from([None, ["甲"], ["甲", "乙"], ["丙"]]),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.data(),
    count=st.integers(2, 4),
    people=st.lists(st.integers(0, 3), max_size=4),
    keep=st.integers(0, 3),
)
def test_merging_and_taking_it_back_changes_nothing(
    desk: Desk, data: st.DataObject, count: int, people: list[int], keep: int
) -> None:
    limiter.forget()
    records = [
        desk.make(name=f"{n}号{uuid.uuid4().hex[:6]}", **data.draw(st.fixed_dictionaries(_VALUE)))
        for n in range(count)
    ]
    contacts = [desk.make("contact", name="人", customer=records[p % count]["id"]) for p in people]
    survivor = records[keep % count]
    others = [record for record in records if record is not survivor]
    before = [{key: desk.read(r)[key] for key in FIELDS} for r in records]
    links = [desk.read(c, "contact")["customer"] for c in contacts]
    choose = {key: data.draw(st.sampled_from(records))["id"] for key in ("name", "phone", "tier")}
    merged = desk.merge(survivor, *others, choose=choose)
    assert merged.status_code == 200, merged.data
    done = desk.door.post(f"/customer/{survivor['id']}/unmerge", {"batch": merged.data["batch"]})
    assert (done.status_code, done.data["left"]) == (200, []), done.data
    assert [{key: desk.read(r)[key] for key in FIELDS} for r in records] == before
    assert [desk.read(c, "contact")["customer"] for c in contacts] == links
    desk.in_step()
