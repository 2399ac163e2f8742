"""Two firms, one database: neither can read, change, link to or even notice the other's records."""

from typing import Any

import pytest
from django.db import connection

from guanxi.engine.schema.registry import object_registry
from guanxi.engine.tenancy.context import session
from tests.battery.world import CUSTOM, SECRET, World, object_keys

every_object = pytest.mark.parametrize("key", object_keys())


def _stored(world: World, key: str, record_id: str) -> list[tuple[Any, ...]]:
    """Everything the database keeps of a record of the other firm."""
    table = "custom_record" if key == CUSTOM else object_registry.get(key).table
    found: list[tuple[Any, ...]] = []
    with session(world.other.workspace.id), connection.cursor() as db:
        for statement in (
            f"SELECT t::text FROM {table} t WHERE id = %s",
            "SELECT t::text FROM search_entry t WHERE record_id = %s",
            "SELECT t::text FROM record_key t WHERE record_id = %s ORDER BY id",
            "SELECT t::text FROM journal_entry t WHERE record_id = %s ORDER BY id",
            "SELECT t::text FROM record_link t WHERE %s IN (source_id, target_id) ORDER BY id",
        ):
            db.execute(statement, [record_id])
            found += db.fetchall()
    return found


def _attempts(world: World, key: str) -> list[tuple[str, str, Any]]:
    """Every verb on every address of a record, with the other firm's id in the path or in the body."""
    foreign, own = world.id(key, "foreign"), world.id(key, "boss")
    one, title = f"/{key}/{foreign}", world.meta[key]["title_field"]
    inputs = {"assign": {"owner": str(world.people["boss"].id)}, "merge": {"others": [own]}}
    actions = [action["key"] for action in world.meta[key]["actions"]]
    assert {"restore", "merge"} <= set(actions)
    attempts: list[tuple[str, str, Any]] = [
        ("GET", one, None), ("GET", f"{one}?deleted=true", None), ("GET", f"{one}?fields=id", None), ("GET", f"{one}/history", None),
        ("GET", f"{one}/timeline", None),
        ("PATCH", one, {title: "改", "version": 1}), ("PATCH", one, {"version": 1}), ("DELETE", one, {"version": 1}),
        ("POST", f"/{key}/{own}/actions/merge", {"others": [foreign]}),
        ("POST", f"/{key}/bulk", {"op": "update", "ids": [own, foreign], "set": {title: "改"}}),
        ("POST", f"/{key}/bulk", {"op": "delete", "ids": [own, foreign]}),
        ("POST", f"/{key}/bulk", {"op": "restore", "ids": [foreign]}),
    ]  # fmt: skip
    for action in actions:
        attempts.append(("POST", f"{one}/actions/{action}", inputs.get(action, {})))
        if action in ("restore", "assign"):
            attempts.append(
                ("POST", f"/{key}/actions/{action}", {"ids": [own, foreign], **inputs.get(action, {})})
            )
    return attempts


@every_object
@pytest.mark.asvs("8.4.1")
def test_every_verb_on_a_foreign_record_answers_404_and_changes_nothing(world: World, key: str) -> None:
    foreign = world.id(key, "foreign")
    before, own_before = _stored(world, key, foreign), world.boss.get(f"/{key}/{world.id(key, 'boss')}").data
    assert before
    for verb, path, body in _attempts(world, key):
        answer = world.boss.call(verb, path, body)
        assert (answer.status_code, answer.data["code"]) == (404, "not_found"), (verb, path, answer.data)
    assert _stored(world, key, foreign) == before
    assert world.boss.get(f"/{key}/{world.id(key, 'boss')}").data == own_before


@every_object
def test_a_link_to_a_foreign_record_cannot_be_set(world: World, key: str) -> None:
    links = [f for f in world.fields(key) if f["type"] in ("link", "links")]
    values: dict[str, Any] = {}
    for f in links:
        foreign = world.id(f["target"], "foreign")
        values[f["key"]] = [foreign] if f["type"] == "links" else foreign
    people = {f["key"]: str(world.other.admin.id) for f in world.fields(key) if f["type"] == "user"}
    answer = world.boss.post(f"/{key}", world.least(key, "连过去") | values | people)
    assert answer.status_code == 422, answer.data
    assert {error["field"] for error in answer.data["errors"]} == set(values) | set(people)
    assert SECRET not in answer.content.decode()


@every_object
@pytest.mark.asvs("8.4.1")
def test_nothing_that_reads_tells_of_the_other_firm(world: World, key: str) -> None:
    title, foreign = world.meta[key]["title_field"], world.id(key, "foreign")
    group = [f["key"] for f in world.meta[key]["fields"] if f["groupable"]]
    reads: list[tuple[str, Any]] = [
        (f"/{key}/query", {"limit": 200}), (f"/{key}/query", {"limit": 200, "deleted": True}),
        (f"/{key}/query", {"q": SECRET}),
        (f"/{key}/query", {"filter": {"field": "id", "op": "in", "value": [foreign]}}), (f"/{key}/query", {"filter": {"field": title, "op": "contains", "value": SECRET}}),
        (f"/{key}/query", {"sort": f"-{title}", "limit": 200}), (f"/{key}/duplicates", {title: f"{SECRET} {key}"}),
        *((f"/{key}/query", {"group": [name], "limit": 200}) for name in group),
        *((f"/{key}/query", {"filter": {"field": f["key"], "op": op, "value": [foreign] if op != "is" else foreign}})
          for f in world.meta[key]["fields"] if f["type"] in ("link", "links") for op in f["operators"]
          if op in ("is", "in", "has_any")),
    ]  # fmt: skip
    for path, body in reads:
        answer = world.boss.post(path, body)
        assert answer.status_code == 200, (path, body, answer.data)
        told = answer.content.decode()
        assert SECRET not in told, (path, body)
        assert foreign not in told, (path, body)
    assert world.boss.get(f"/search?q={SECRET}&objects={key}").data["data"] == []
    own = world.doors["foreign"].get(f"/search?q={SECRET}&objects={key}").data["data"]
    assert foreign in {hit["id"] for hit in own}


def test_the_other_firms_made_object_is_not_this_firms(world: World) -> None:
    made = world.doors["foreign"].post("/meta/objects", {"key": "secret_thing", "label": SECRET})
    assert made.status_code == 201, made.data
    for verb, path in (("GET", "/meta/objects/secret_thing"), ("GET", "/secret_thing"), ("POST", "/secret_thing"),
                       ("POST", "/secret_thing/query"), ("DELETE", "/meta/objects/secret_thing")):  # fmt: skip
        answer = world.boss.call(verb, path, {})
        assert (answer.status_code, answer.data["code"]) == (404, "unknown_object"), path
    assert "secret_thing" not in world.boss.get("/meta/objects").content.decode()
