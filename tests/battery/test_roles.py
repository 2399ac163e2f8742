"""Who may see and do what, through every way of asking."""

from typing import Any

import pytest

from guanxi.engine.access import rights
from tests.battery.test_tenants import _attempts
from tests.battery.wall_oracle import SHARED
from tests.battery.world import HIDDEN, World, object_keys
from tests.firms import run_jobs

every_object = pytest.mark.parametrize("key", object_keys())
every_owned_object = pytest.mark.parametrize("key", [key for key in object_keys() if key not in SHARED])


def _writes(world: World, key: str, whose: str) -> list[tuple[str, str, Any]]:
    """Every way to write to a record and to make one."""
    record_id = world.id(key, whose)
    least, one = world.least(key, "新的"), f"/{key}/{record_id}"
    title = world.meta[key]["title_field"]
    return [
        ("POST", f"/{key}", least), ("PATCH", one, {title: "改", "version": 1}), ("DELETE", one, {"version": 1}),
        ("POST", f"/{key}/bulk", {"op": "create", "records": [least]}),
        ("POST", f"/{key}/bulk", {"op": "update", "ids": [record_id], "set": {title: "改"}}),
        ("POST", f"/{key}/bulk", {"op": "update", "filter": None, "set": {title: "改"}}),
        ("POST", f"/{key}/bulk", {"op": "delete", "ids": [record_id]}),
        ("POST", f"/{key}/bulk", {"op": "restore", "ids": [record_id]}),
        *(("POST", f"{one}/actions/{action['key']}", {"others": [world.id(key, "boss")], "owner": str(world.people["boss"].id)}
           if action["key"] in ("merge", "assign") else {})
          for action in world.meta[key]["actions"]),
    ]  # fmt: skip


def _ids(answer: Any) -> set[str]:
    assert answer.status_code == 200, answer.data
    return {row["id"] for row in answer.data["data"]}


@every_object
@pytest.mark.parametrize("who", ["reader", "reading token"])
@pytest.mark.asvs("8.2.1")
def test_who_only_reads_sees_everything_and_writes_nothing(world: World, key: str, who: str) -> None:
    door, record = world.doors[who], world.boss.get(f"/{key}/{world.id(key, 'rep')}").data
    assert door.get(f"/{key}/{record['id']}").data == record
    for verb, path, body in _writes(world, key, "rep"):
        answer = door.call(verb, path, body)
        assert answer.status_code == 403, (verb, path, answer.data)
    assert world.boss.get(f"/{key}/{record['id']}").data == record
    everyone = {world.id(key, whose) for whose in ("boss", "rep", "peer", "stranger")}
    assert _ids(door.post(f"/{key}/query", {"limit": 200})) >= everyone


@every_object
def test_what_meta_says_one_can_do_is_what_one_can_do(world: World, key: str) -> None:
    for who in ("boss", "manager", "rep", "reader", "reading token"):
        can = world.doors[who].get(f"/meta/objects/{key}").data["can"]
        assert set(can) == set(rights.VERBS) - {"read"}
        made = world.doors[who].post(f"/{key}", world.least(key, "试试"))
        assert made.status_code == (201 if can["create"] else 403), who
        answer = world.doors[who].post(
            f"/{key}/bulk", {"op": "create", "records": [world.least(key, "试试")]}
        )
        assert answer.status_code == (200 if can["bulk"] else 403), who


@every_owned_object
def test_a_member_cannot_tell_a_colleagues_record_from_one_that_is_not_there(world: World, key: str) -> None:
    record = world.boss.get(f"/{key}/{world.id(key, 'stranger')}").data
    for verb, path, body in _attempts_of(world, key):
        answer = world.doors["rep"].call(verb, path, body)
        assert (answer.status_code, answer.data["code"]) == (404, "not_found"), (verb, path, answer.data)
    assert world.boss.get(f"/{key}/{record['id']}").data == record


def _attempts_of(world: World, key: str) -> list[tuple[str, str, Any]]:
    """The attempts on a foreign record, aimed at the stranger's from the representative's own."""
    foreign, boss = world.id(key, "foreign"), world.id(key, "boss")
    stranger, own = world.id(key, "stranger"), world.id(key, "rep")
    person, me = str(world.people["boss"].id), str(world.people["rep"].id)

    def aimed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: aimed(item) for name, item in value.items()}
        if isinstance(value, list):
            return [aimed(item) for item in value]
        if not isinstance(value, str):
            return value
        return value.replace(foreign, stranger).replace(boss, own).replace(person, me)

    return [(verb, aimed(path), aimed(body)) for verb, path, body in _attempts(world, key)]


@every_owned_object
@pytest.mark.asvs("8.2.2", "15.3.1")
def test_what_a_member_may_not_see_is_in_no_answer(world: World, key: str) -> None:
    door, meta = world.doors["rep"], world.meta[key]
    title, hidden = meta["title_field"], world.id(key, "stranger")
    by_title = {"field": title, "op": "contains", "value": HIDDEN}
    asked: list[dict[str, Any]] = [
        {"limit": 200}, {"filter": by_title}, {"filter": {"not": by_title}, "limit": 200}, {"q": HIDDEN},
        {"sort": title, "limit": 200}, {"fields": ["id", "owner.name"], "limit": 200},
        {"group": ["owner"], "measures": [{"op": "count"}, {"op": "distinct", "field": title}]},
        *({"group": [f["key"]], "limit": 200} for f in meta["fields"] if f["groupable"]),
    ]  # fmt: skip
    for body in asked:
        told = door.post(f"/{key}/query", body).content.decode()
        assert HIDDEN not in told, body
        assert hidden not in told, body
        assert str(world.people["stranger"].id) not in told, body
    own = {world.id(key, "rep")}
    assert _ids(door.post(f"/{key}/query", {"limit": 200})) == own
    assert door.post(f"/{key}/query", {"measures": [{"op": "count"}]}).data["data"][0]["values"] == {
        "count": 1
    }
    assert door.get(f"/search?q={HIDDEN}&objects={key}").data["data"] == []
    assert {hit["id"] for hit in door.get(f"/search?q=rep&objects={key}").data["data"]} <= own
    hint = door.post(f"/{key}/duplicates", {title: f"{HIDDEN} {key}"})
    assert hint.status_code == 200
    assert HIDDEN not in hint.content.decode()
    assert all(
        row["id"] is None and row["title"] is None and not row["can_open"] for row in hint.data["data"]
    )


@every_owned_object
def test_an_export_holds_what_its_person_sees(world: World, key: str) -> None:
    door = world.doors["rep"]
    ordered = door.post("/exports", {"object": key, "format": "csv"})
    assert ordered.status_code == 202, ordered.data
    run_jobs()
    export = door.get(f"/exports/{ordered.data['id']}").data
    assert (export["status"], export["row_count"]) == ("done", 1), export
    sent: Any = door.client.get(export["url"])
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert HIDDEN not in text
    assert world.records[key]["rep"]["title"] in text
    for other in ("peer", "boss", "foreign"):
        assert world.doors[other].get(f"/exports/{ordered.data['id']}").status_code == (
            200 if other == "boss" else 404
        ), other
    assert world.doors["reader"].post("/exports", {"object": key, "format": "csv"}).status_code == 403


@pytest.fixture
def in_teams(world: World) -> World:
    assert world.boss.patch("/workspace", {"member_scope": "team"}).status_code == 200
    return world


@every_owned_object
def test_a_member_sees_the_teams_records_where_the_firm_says_so_and_cannot_change_them(
    in_teams: World, key: str
) -> None:
    world, door = in_teams, in_teams.doors["rep"]
    assert _ids(door.post(f"/{key}/query", {"limit": 200})) == {world.id(key, "rep"), world.id(key, "peer")}
    record = world.records[key]["peer"]
    assert door.get(f"/{key}/{record['id']}").data == record
    title = world.meta[key]["title_field"]
    for verb, body in (("PATCH", {title: "改", "version": 1}), ("DELETE", {"version": 1})):
        answer = door.call(verb, f"/{key}/{record['id']}", body)
        assert (answer.status_code, answer.data["code"]) == (403, "forbidden")
    own = world.id(key, "rep")
    mixed = door.post(f"/{key}/bulk", {"op": "update", "ids": [own, record["id"]], "set": {title: "改"}})
    assert mixed.status_code == 403
    assert door.get(f"/{key}/{own}").data == world.records[key]["rep"]


@every_owned_object
def test_a_manager_sees_and_changes_what_the_people_below_have(world: World, key: str) -> None:
    door = world.doors["manager"]
    assert _ids(door.post(f"/{key}/query", {"limit": 200})) == {world.id(key, "rep"), world.id(key, "peer")}
    assert door.get(f"/{key}/{world.id(key, 'stranger')}").status_code == 404
    title = world.meta[key]["title_field"]
    path = f"/{key}/{world.id(key, 'rep')}"
    assert door.patch(path, {title: "经理改过", "version": 1}).status_code == 200
    handed = door.patch(path, {"owner": str(world.people["peer"].id), "version": 2})
    assert handed.status_code == 200, handed.data
    away = door.patch(path, {"owner": str(world.people["stranger"].id), "version": 3})
    assert (away.status_code, away.data["errors"][0]["field"]) == (422, "owner")


@every_owned_object
def test_a_member_can_hand_records_to_nobody(world: World, key: str) -> None:
    door, path = world.doors["rep"], f"/{key}/{world.id(key, 'rep')}"
    boss = str(world.people["boss"].id)
    second = door.post(f"/{key}", world.least(key, "第二条")).data["id"]
    for verb, address, body in (
        ("PATCH", path, {"owner": boss, "version": 1}), ("POST", f"/{key}", world.least(key, "给老板") | {"owner": boss}),
        ("POST", f"/{key}/bulk", {"op": "update", "ids": [world.id(key, "rep")], "set": {"owner": boss}}),
        ("POST", f"{path}/actions/assign", {"owner": boss}),
        ("POST", f"{path}/actions/merge", {"others": [second], "values": {"owner": boss}}),
    ):  # fmt: skip
        answer = door.call(verb, address, body)
        assert (answer.status_code, answer.data["code"]) == (422, "validation_failed"), (address, answer.data)
        assert [error["code"] for error in answer.data["errors"]] == ["not_assignable"]


@every_owned_object
def test_a_record_that_somebody_else_made_cannot_be_made_ownerless_by_a_member(
    world: World, key: str
) -> None:
    given = world.boss.post(f"/{key}", world.least(key, "交办") | {"owner": str(world.people["rep"].id)}).data
    answer = world.doors["rep"].patch(f"/{key}/{given['id']}", {"owner": None, "version": 1})
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "owner"), answer.data
    assert world.boss.get(f"/{key}/{given['id']}").data == given


@every_object
@pytest.mark.asvs("8.2.2")
def test_a_link_to_what_one_may_not_see_is_null_and_cannot_be_set(world: World, key: str) -> None:
    links = [
        f
        for f in world.meta[key]["fields"]
        if f["type"] in ("link", "links") and f["target"] not in SHARED and not f["readonly"]
        and (key, f["key"]) != ("referral", "referrer")  # which may not be the customer
    ]  # fmt: skip
    values = {f["key"]: _hidden(world, f) for f in links}
    if key in SHARED:
        assert not values
        return
    record = world.records[key]["rep"]
    path, door = f"/{key}/{record['id']}", world.doors["rep"]
    if values:
        refused = door.patch(path, values | {"version": 1})
        assert {error["field"] for error in refused.data["errors"]} == set(values), refused.data
    linked = world.boss.patch(path, values | {"version": 1})
    assert linked.status_code == 200, linked.data
    read = door.get(path)
    asked = [read, door.get(f"{path}/history"), door.get(f"{path}/timeline"), door.post(f"/{key}/query", {}),
             door.get(f"/search?q={HIDDEN}")]  # fmt: skip
    assert {answer.status_code for answer in asked} == {200}
    told = [answer.content for answer in asked]
    for f in links:
        assert read.data[f["key"]] in (None, []), f["key"]
        if f["type"] == "links":
            continue
        title = world.meta[f["target"]]["title_field"]
        through = door.post(
            f"/{key}/query", {"fields": [f"{f['key']}.{title}", f"{f['key']}.owner"], "sort": f["key"]}
        )
        assert through.data["data"][0][f"{f['key']}.{title}"] is None
        grouped = door.post(f"/{key}/query", {"group": [f["key"], f"{f['key']}.{title}"]})
        assert len(grouped.data["data"]) == 1
        told += [through.content, grouped.content]
        found = door.post(
            f"/{key}/query", {"filter": {"field": f"{f['key']}.{title}", "op": "contains", "value": HIDDEN}}
        )
        assert found.data["data"] == []
    for content in told:
        assert HIDDEN not in content.decode()
        assert str(world.people["stranger"].id) not in content.decode()
    kept = door.patch(path, {world.meta[key]["title_field"]: "只改标题", "version": linked.data["version"]})
    assert kept.status_code == 200, kept.data
    still = world.boss.get(path).data
    for name in values:
        assert still[name] == linked.data[name]


def _hidden(world: World, field: dict[str, Any]) -> Any:
    hidden = world.id(field["target"], "stranger")
    return [hidden] if field["type"] == "links" else hidden


def test_links_to_the_unseen_survive_a_change_of_the_links_one_sees(world: World) -> None:
    path, door = f"/gadget/{world.id('gadget', 'rep')}", world.doors["rep"]
    own, hidden = world.id("customer", "rep"), world.id("customer", "stranger")
    world.boss.patch(path, {"f_links": [hidden, own], "version": 1})
    assert [item["id"] for item in door.get(path).data["f_links"]] == [own]
    assert door.patch(path, {"f_links": [], "version": 2}).data["f_links"] == []
    assert [item["id"] for item in world.boss.get(path).data["f_links"]] == [hidden]


def test_two_hidden_targets_make_one_group(world: World) -> None:
    customers = [world.id("customer", "stranger"), world.id("customer", "boss")]
    for customer in customers:
        body = world.least("contact", "我的") | {"customer": customer, "owner": str(world.people["rep"].id)}
        assert world.boss.post("/contact", body).status_code == 201
    answer = world.doors["rep"].post("/contact/query", {"group": ["customer"]}).data["data"]
    assert [(row["keys"]["customer"], row["values"]["count"]) for row in answer] == [(None, 3)]


def test_who_sees_a_customer_sees_its_contacts_and_deals_and_cannot_change_a_colleagues(world: World) -> None:
    stranger = str(world.people["stranger"].id)
    for key in ("contact", "opportunity", "task"):
        body = world.least(key, "同事的") | {"customer": world.id("customer", "rep"), "owner": stranger}
        made = world.boss.post(f"/{key}", body).data
        path, door = f"/{key}/{made['id']}", world.doors["rep"]
        assert door.get(path).status_code == 200
        assert door.patch(path, {"version": 1, world.meta[key]["title_field"]: "改"}).status_code == 403
        assert door.delete(path, {"version": 1}).status_code == 403
        timeline = door.get(f"/customer/{world.id('customer', 'rep')}/timeline").data["data"]
        assert made["id"] in {entry["record_id"] for entry in timeline}
