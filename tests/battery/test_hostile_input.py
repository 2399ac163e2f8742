"""Input meant to harm: it is refused by name or kept as it is, and never a fault of the server."""

import base64
import json
import string
from typing import Any

import pytest

from tests.battery.world import World, object_keys

INJECTIONS = ("' OR 1=1 --", '"; DROP TABLE customer; --', "\\'; SELECT pg_sleep(9); --", "%s", "%(x)s", "{}", "{0}", "$1", "a\x00b",
              "{{7*7}}", "{{settings}}", "().__class__", "9**9**9", "$(id)", "`id`", "../../etc/passwd", "\u202e\ufeff\u0000", "\ud7ff" * 50,
              "A" * 5000, "?", "?|", "custom->>'x'", "NULL", "CASE WHEN TRUE THEN 1 END", "pg_catalog.pg_user")  # fmt: skip
every_object = pytest.mark.parametrize("key", object_keys())


def _refused(answer: Any) -> None:
    assert answer.status_code in (400, 404, 413, 422), (answer.status_code, answer.data)
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.content.decode().lower()
    for leak in ("traceback", "psycopg", "select ", "syntax error", "/guanxi/"):
        assert leak not in told.replace("'; select pg_sleep", ""), told


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.asvs("1.2.4")
def test_names_that_reach_sql_are_known_names_or_refused(world: World, text: str) -> None:
    ask = world.boss.post
    leaf = {"field": "name", "op": "is", "value": "x"}
    for body in (
        {"filter": leaf | {"field": text}}, {"filter": leaf | {"op": text}}, {"filter": {text: [leaf]}}, {"sort": text}, {"sort": [{"field": text}]},
        {"fields": [text]}, {"group": [text]}, {"group": [{"field": "created_at", "bucket": text}]}, {"cursor": text},
        {"measures": [{"op": text}]}, {"measures": [{"op": "sum", "field": text}]},
        {"filter": leaf | {"field": f"customer.{text}"}}, {"filter": leaf | {"field": f"owner.{text}"}}, {text: 1}, {"limit": text},
        {"filter": {"field": "created_at", "op": "within", "value": text}}, {"count": text}, {"deleted": text},
        {"filter": {"field": "created_at", "op": "before", "value": {"relative": text}}},
        {"filter": {"field": "owner", "op": "within", "value": text}}, {"filter": {"field": "kind", "op": "is", "value": text}},
    ):  # fmt: skip
        _refused(ask("/customer/query", body))
    if not text.isidentifier():
        _refused(ask("/customer/query", {"measures": [{"op": "count", "as": text}]}))
    _refused(ask("/customer", {"name": "甲", text: 1}))
    _refused(ask("/customer/bulk", {"op": text, "ids": [world.id("customer", "rep")]}))
    _refused(ask("/customer/bulk", {"op": "delete", "ids": [text]}))


@pytest.mark.parametrize("text", [text for text in INJECTIONS if "\x00" not in text])
@pytest.mark.asvs("1.3.7", "1.3.10", "1.2.4")
def test_values_that_look_like_code_are_values(world: World, text: str) -> None:
    for op in ("is", "contains", "not_contains", "starts_with"):
        answer = world.boss.post(
            "/customer/query", {"filter": {"field": "name", "op": op, "value": text[:255]}}
        )
        assert answer.status_code == 200, (op, answer.data)
    assert world.boss.post("/customer/query", {"q": text[:200]}).status_code == 200
    made = world.boss.post("/customer", {"name": f"x {text[:200]}", "description": text})
    assert made.status_code == 201, made.data
    assert made.data["description"] == text.strip()


@every_object
def test_a_cursor_that_was_tampered_with_is_refused(world: World, key: str) -> None:
    by_kind = {f["type"]: f["key"] for f in world.meta[key]["fields"] if f["sortable"]}
    sortable = [
        by_kind[kind]
        for kind in ("text", "datetime", "date", "number", "select", "link", "boolean", "time")
        if kind in by_kind
    ]
    for name in sortable:
        page = world.boss.post(f"/{key}/query", {"sort": [name], "limit": 1, "fields": []}).data["page"]
        cursor = page["next"]
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        for place in range(1, len(values)):
            for bad in ("x", "9" * 400, 5, [], "2026-13-45", "\x00"):
                forged = [*values[:place], bad, *values[place + 1 :]]
                given = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
                answer = world.boss.post(
                    f"/{key}/query", {"sort": [name], "limit": 1, "fields": [], "cursor": given}
                )
                assert answer.status_code in (200, 422), (name, forged, answer.data)
        for other in (
            cursor[:-4],
            "AAAA",
            "{}",
            "é",
            base64.urlsafe_b64encode(b'["x"]').decode(),
            " ",
            "0" * 4001,
        ):
            answer = world.boss.post(f"/{key}/query", {"sort": [name], "cursor": other})
            assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "cursor"), other


def test_cursors_of_history_and_timeline_are_checked(world: World) -> None:
    path = f"/customer/{world.id('customer', 'rep')}"
    for cursor in (
        "x",
        "0|0",
        "2026-01-01T00:00:00+00:00|x",
        "infinity|01990000-0000-7000-8000-000000000001",
        "'; --",
    ):
        for what in ("history", "timeline"):
            _refused(world.boss.get(f"{path}/{what}?cursor={cursor.replace('+', '%2B')}"))
    for moment in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2026-01-01"):
        assert world.boss.get(
            f"{path}/timeline?cursor={moment}|01990000-0000-7000-8000-000000000001"
        ).status_code in (200, 422)
    for limit in ("0", "-1", "201", "1e3", "²", "x", "9999999999"):
        for what in (f"{path}/history", f"{path}/timeline", "/customer"):
            _refused(world.boss.get(f"{what}?limit={limit}"))


def _nested(depth: int, kind: str) -> Any:
    tree: Any = {"field": "name", "op": "is_not_empty"}
    for _ in range(depth):
        tree = {"not": tree} if kind == "not" else [tree] if kind == "list" else {kind: [tree]}
    return tree


@pytest.mark.asvs("2.4.1")
def test_deep_and_wide_requests_meet_a_stated_limit(world: World) -> None:
    leaf = {"field": "name", "op": "is_not_empty"}
    for kind in ("and", "or", "not", "list"):
        assert world.boss.post("/customer/query", {"filter": _nested(5, kind)}).status_code == 200
        for depth in (9, 40, 400):
            _refused(world.boss.post("/customer/query", {"filter": _nested(depth, kind)}))
    for body in (
        {"filter": {"or": [leaf] * 5000}}, {"sort": ["name"] * 6}, {"fields": ["name"] * 500}, {"group": ["name"] * 5},
        {"measures": [{"op": "count", "as": f"a{i}"} for i in range(21)]}, {"q": "长" * 201},
        {"filter": {"field": "name", "op": "in", "value": ["x"] * 1001}}, {"filter": {"field": "name", "op": "contains", "value": "x" * 1001}},
    ):  # fmt: skip
        _refused(world.boss.post("/customer/query", body))
    one = world.id("customer", "rep")
    for body in ({"op": "create", "records": [{}] * 5001}, {"op": "delete", "ids": [one] * 50_001}, {"op": "create", "records": []},
                 {"op": "update", "ids": [], "set": {"name": "x"}}, {"op": "update", "ids": [one], "set": {}}, {"op": "delete"}):  # fmt: skip
        _refused(world.boss.post("/customer/bulk", body))


@pytest.mark.parametrize("raw", [b"{", b"[1]", b'"x"', b"5", b"null", b"\xff\xfe", b'{"name": NaN}', b'{"name": "\\ud800"}', b"[" * 100_000,
                                 b'{"a":' * 5000 + b"1" + b"}" * 5000])  # fmt: skip
@pytest.mark.asvs("15.3.5")
def test_a_body_that_is_no_json_object_is_refused(world: World, raw: bytes) -> None:
    for method, path in (("POST", "/customer"), ("POST", "/customer/query"), ("POST", "/customer/bulk"), ("POST", "/meta/objects"),
                         ("PATCH", f"/customer/{world.id('customer', 'rep')}"), ("PATCH", "/workspace")):  # fmt: skip
        answer: Any = world.boss.client.generic(
            method, f"/api/v1{path}", raw, content_type="application/json"
        )
        assert answer.status_code in (400, 422), (path, answer.content)
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.asvs("1.3.3")
def test_a_text_with_a_nul_is_refused_wherever_it_stands(world: World) -> None:
    for f in world.fields("gadget"):
        for value in ("a\x00b", ["a\x00b"], {"text": "a\x00b", "lat": 1, "lng": 1, "street": "a\x00b"}):
            answer = world.boss.post("/gadget", {"name": "甲", f["key"]: value})
            assert answer.status_code == 422, (f["key"], value, answer.data)
            assert {error["field"].split(".")[0] for error in answer.data["errors"]} == {f["key"]}
    for path in (
        "/customer?q=a%00b",
        "/search?q=a%00b",
        "/customer?sort=a%00",
        "/customer/%00",
        "/%00",
        "/customer?filter=%00",
        "/meta/objects/%00",
    ):
        answer = world.boss.get(path)
        assert answer.status_code in (400, 404, 422), (path, answer.status_code)


@pytest.mark.parametrize(
    "given",
    ["x", "5", "customer/../lead", "%2e%2e", "0" * 36, "{01990000-0000-7000-8000-000000000001}", "é" * 36],
)
def test_an_id_that_is_none_is_not_found(world: World, given: str) -> None:
    for verb, path in (
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/history"),
        ("GET", "/timeline"),
        ("POST", "/actions/restore"),
    ):
        answer = world.boss.call(verb, f"/customer/{given}{path}", {"version": 1} if verb != "GET" else None)
        assert answer.status_code == 404, (verb, path, answer.status_code, answer.data)


@pytest.mark.asvs("1.1.1", "1.2.3")
def test_every_printable_character_comes_back_as_it_was(world: World) -> None:
    text = string.punctuation + string.digits + "　中文，。！é ü 𠀀 👩‍👩‍👧 \u200b|\u00a0|"
    made = world.boss.post("/customer", {"name": "甲", "description": f"<{text}>"})
    assert made.data["description"] == f"<{text}>"


def test_a_nul_in_preferences_is_refused(world: World) -> None:
    for preferences in ({"a": "x\x00y"}, {"x\x00y": 1}, {"a": {"b": ["\x00"]}}):
        _refused(world.boss.patch("/me", {"preferences": preferences}))
