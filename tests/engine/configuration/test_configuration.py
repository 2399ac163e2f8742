"""A workspace's shape as a document, and templates that come and go without a trace."""

from typing import Any

import pytest

from guanxi.engine.configuration.templates import template_registry
from guanxi.engine.tenancy.context import Role
from tests.firms import Firm

KEYS = [template.key for template in template_registry]


def shape(firm: Firm) -> Any:
    return firm.door().get("/configuration").data


def test_five_industries_are_offered(firm: Firm) -> None:
    found = firm.door().get("/templates").data["data"]
    assert [row["key"] for row in found] == ["b2b", "retail", "education", "manufacturing", "real_estate"]
    for row in found:
        for name in ("label", "about"):
            assert row[name]["zh-CN"] != row[name]["en"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_a_template_comes_with_samples_and_goes_without_a_trace(firm: Firm, key: str, language: str) -> None:
    door = firm.door(language=language)
    before = shape(firm)
    steps = door.get(f"/templates/{key}/preview").data["data"]
    assert {step["state"] for step in steps} == {"create"}
    made = door.post(f"/templates/{key}")
    assert made.status_code == 201, made.content
    assert len(made.data["data"]) == len(steps)
    for sample in template_registry.get(key).samples:
        page = door.get(f"/{sample.object}").data
        assert len(page["data"]) >= len(sample.rows[language]), sample.object
    assert door.post(f"/templates/{key}").status_code == 409
    assert {step["state"] for step in door.get(f"/templates/{key}/preview").data["data"]} == {"same"}
    gone = door.call("DELETE", f"/templates/{key}")
    assert gone.status_code == 204, gone.content
    assert door.post(f"/templates/{key}").status_code == 201
    assert door.call("DELETE", f"/templates/{key}").status_code == 204
    after = shape(firm)
    assert after["objects"] == before["objects"]
    assert after["fields"] == before["fields"]
    assert after["views"] == before["views"]
    assert after["pipelines"] == before["pipelines"]


def test_a_template_whose_pipeline_has_deals_stays(firm: Firm) -> None:
    door = firm.door()
    before = {row["id"] for row in door.get("/pipelines?object=opportunity").data["data"]}
    door.post("/templates/education")
    (pipeline,) = [
        row for row in door.get("/pipelines?object=opportunity").data["data"] if row["id"] not in before
    ]
    deal = door.post("/opportunity", {"name": "报名", "stage": pipeline["stages"][0]["key"]})
    assert deal.status_code == 201, deal.data
    kept = door.call("DELETE", "/templates/education")
    assert kept.status_code == 409, kept.data
    assert door.get("/course").data["data"], "nothing has gone"
    other = next(row for row in door.get("/pipelines?object=opportunity").data["data"] if row["id"] in before)
    moved = door.patch(f"/opportunity/{deal.data['id']}", {"stage": other["stages"][0]["key"], "version": 1})
    assert moved.status_code == 200, moved.data
    assert door.call("DELETE", "/templates/education").status_code == 204


def test_a_template_that_holds_own_data_stays(firm: Firm) -> None:
    door = firm.door(language="zh-CN")
    door.post("/templates/manufacturing")
    customer = door.post("/customer", {"name": "中山公司"}).data
    own = door.post("/equipment", {"name": "车床", "customer": customer["id"]})
    assert own.status_code == 201, own.content
    answer = door.call("DELETE", "/templates/manufacturing")
    assert answer.status_code == 409
    assert "设备" in answer.data["title"]
    assert door.get("/equipment").data["data"]
    door.call("DELETE", f"/equipment/{own.data['id']}", **{"If-Match": f'"{own.data["version"]}"'})
    assert door.call("DELETE", "/templates/manufacturing").status_code == 204


def test_values_of_ones_own_in_a_standard_object_keep_it_too(firm: Firm) -> None:
    door = firm.door()
    door.post("/templates/b2b", {"samples": False})
    assert not door.get("/project").data["data"]
    customer = door.post("/customer", {"name": "中山公司", "decision_process": "董事会"})
    assert customer.status_code == 201, customer.content
    assert door.call("DELETE", "/templates/b2b").status_code == 409


def test_a_configuration_makes_another_workspace_alike(firm: Firm, other_firm: Firm) -> None:
    for key in KEYS:
        firm.door().post(f"/templates/{key}", {"samples": False})
    document = shape(firm)
    door = other_firm.door()
    planned = door.post("/configuration/preview", document).data["data"]
    assert not shape(other_firm)["objects"]
    made = door.post("/configuration", document)
    assert made.status_code == 200, made.content
    assert len(made.data["data"]) == sum(step["state"] == "create" for step in planned)
    copied = shape(other_firm)
    for part in ("objects", "fields"):
        for row in [*document[part], *copied[part]]:
            row.pop("position", None)
        assert sorted(copied[part], key=str) == sorted(document[part], key=str)
    assert {str(v["name"]) for v in copied["views"]} == {str(v["name"]) for v in document["views"]}
    again = door.post("/configuration", document).data["data"]
    assert again == []


def test_what_is_there_is_told_and_left_alone(firm: Firm) -> None:
    door = firm.door()
    door.post("/templates/b2b", {"samples": False})
    document = shape(firm)
    document["objects"][0]["label"] = {"zh-CN": "别的名字", "en": "Another name"}
    document["fields"].append({"object": "project", "key": "status", "type": "text", "label": "x"})
    document["fields"].append({"object": "nothing", "key": "a", "type": "text", "label": "x"})
    document["fields"].append({"object": "customer", "key": "version", "type": "text", "label": "x"})
    document["objects"].append({"key": "me", "label": "x"})
    steps = door.post("/configuration/preview", document).data["data"]
    states = {(step["kind"], step["object"], step["key"], step["state"]) for step in steps}
    assert ("object", "project", "project", "differs") in states
    assert ("field", "project", "status", "impossible") in states
    assert ("field", "nothing", "a", "impossible") in states
    assert {("object", "me", "me", "impossible"), ("field", "customer", "version", "impossible")} <= states, (
        "reserved"
    )
    refused = door.post("/configuration", document)
    assert refused.status_code == 422
    assert {error["field"] for error in refused.data["errors"]} == {
        "object.me.me", "field.project.status", "field.nothing.a", "field.customer.version"
    }  # fmt: skip


@pytest.mark.parametrize("body", [{}, {"guanxi_configuration": 99}, {"guanxi_configuration": 1, "objects": "x"},
                                  {"guanxi_configuration": 1, "fields": [1]}])  # fmt: skip
def test_what_is_no_configuration_is_refused(firm: Firm, body: Any) -> None:
    assert firm.door().post("/configuration", body).status_code == 422


@pytest.mark.parametrize("part", [
    {"objects": [{"key": "DROP TABLE", "label": "x"}]}, {"objects": [{"key": "user", "label": "x"}]},
    {"objects": [{"key": "a_thing"}]}, {"pipelines": [{"object": "opportunity", "name": "x", "stages": []}]},
    {"views": [{"object": "customer", "name": "x", "definition": {"filter": {"field": "nope", "op": "is", "value": 1}}}]},
])  # fmt: skip
def test_bad_parts_leave_nothing_behind(firm: Firm, part: Any) -> None:
    good = {"key": "fine_thing", "label": {"zh-CN": "好的", "en": "Fine"}}
    body = {"guanxi_configuration": 1, **part, "objects": [good, *part.get("objects", [])]}
    assert firm.door().post("/configuration", body).status_code in (409, 422)
    assert firm.door().get("/fine_thing").status_code == 404


@pytest.mark.parametrize("part", [
    {"objects": [{"label": "x"}]}, {"objects": [{"key": ["x"], "label": "x"}]}, {"objects": [{"key": 5, "label": "x"}]},
    {"objects": [{"key": "a\x00b", "label": "x"}]}, {"objects": [{"key": "a_thing", "label": "x", "icon": "\x00"}]},
    {"objects": [{"key": "a_thing", "label": {"zh-CN": 5}}]}, {"objects": [{"key": "a_thing", "label": "x", "parents": 5}]},
    {"fields": [{"object": "customer", "type": "text", "label": "x"}]},
    {"fields": [{"object": "customer", "key": ["f"], "type": "text", "label": "x"}]},
    {"fields": [{"object": "customer", "key": 7, "type": "text", "label": "x"}]},
    {"fields": [{"object": "customer", "key": "f", "type": ["text"], "label": "x"}]},
    {"views": [{"object": "customer"}]}, {"views": [{"object": "customer", "name": 5}]},
    {"views": [{"object": "customer", "name": "x" * 10_000}]}, {"views": [{"object": "customer", "name": {"a": 1}}]},
    {"views": [{"object": "customer", "name": ["x"]}]}, {"views": [{"object": "customer", "name": "x", "kind": 5}]},
    {"views": [{"object": "customer", "name": "x", "definition": [1]}]},
    {"pipelines": [{"object": "opportunity", "name": 5, "stages": []}]},
    {"rules": [{"object": "customer", "name": ["x"]}]}, {"validations": [{"object": ["customer"], "name": "x"}]},
    {"layouts": [{"object": "customer", "name": {"zh-CN": 5}}]}, {"identity_rules": [{"object": "customer", "parts": []}]},
    {"pipelines": [{"object": "opportunity", "name": "x", "stages": 5}]},
])  # fmt: skip
def test_a_document_written_by_hand_is_refused_by_place_and_spoils_no_page(firm: Firm, part: Any) -> None:
    door, (name,) = firm.door(), part
    for path in ("/configuration/preview", "/configuration"):
        answer = door.post(path, {"guanxi_configuration": 1, **part})
        assert answer.status_code == 422, answer.data
        assert answer.data["errors"][0]["field"].startswith(f"{name}.0"), answer.data
    for path in ("/views?object=customer", "/pipelines", "/meta/objects", "/configuration"):
        assert door.get(path).status_code == 200


STAGES = [{"name": "a"}, {"name": "b", "kind": "won"}, {"name": "c", "kind": "lost"}]


@pytest.mark.parametrize(("part", "place"), [
    ({"rules": [{"object": "customer", "effects": [{"kind": "evil"}]}]}, "rules.0.effects.0"),
    ({"pipelines": [{"object": "customer", "name": "x", "stages": STAGES}]}, "pipelines.0.object"),
    ({"fields": [{"object": "customer", "key": "to", "type": "link", "label": "x", "target": "x"}]}, "fields.0.target"),
])  # fmt: skip
def test_what_cannot_be_made_says_where_in_the_document_it_stands(firm: Firm, part: Any, place: str) -> None:
    answer = firm.door().post("/configuration", {"guanxi_configuration": 1, **part})
    assert (answer.status_code, [error["field"] for error in answer.data["errors"]]) == (422, [place])


def test_more_than_there_may_be_is_refused_before_the_first_is_made(firm: Firm) -> None:
    many = [{"object": "customer", "key": f"f{n}", "type": "text", "label": "x"} for n in range(301)]
    answer = firm.door().post("/configuration", {"guanxi_configuration": 1, "fields": many})
    assert (answer.status_code, answer.data["code"]) == (413, "too_many_fields")
    things = [{"key": f"o{n}", "label": "x"} for n in range(201)]
    answer = firm.door().post("/configuration", {"guanxi_configuration": 1, "objects": things})
    assert (answer.status_code, answer.data["code"]) == (413, "too_many_objects")


def test_only_administrators_shape_a_workspace(firm: Firm) -> None:
    door = firm.door(firm.add("李明", Role.MANAGER))
    assert door.get("/configuration").status_code == 403
    assert door.post("/configuration/preview", {"guanxi_configuration": 1}).status_code == 403
    assert door.post("/templates/b2b").status_code == 403
    assert door.call("DELETE", "/templates/b2b").status_code == 403


RULED: dict[str, list[dict[str, Any]]] = {
    "rules": [{"effects": [{"kind": "default", "field": "cost", "formula": "count * 2"}]}],
    "validations": [
        {"formula": "cost < 100", "field": "cost", "message": {"zh-CN": "太贵", "en": "Too dear"}},
        {"condition": {"field": "count", "op": "lt", "value": 0}, "field": "count", "message": "x"},
    ],
    "watches": [{"fields": ["cost"], "action": "notify", "message": {"zh-CN": "改了", "en": "Changed"}}],
    "layouts": [
        {"name": "A", "kind": "form", "definition": {"tabs": [{"label": "T", "sections": [
            {"label": "S", "columns": 2, "collapsed": False, "fields": ["name", "cost"]}]}]}},
    ],
}  # fmt: skip


def test_rules_layouts_and_duplicate_rules_travel_with_the_objects_they_are_about(
    firm: Firm, other_firm: Firm
) -> None:
    door, there = firm.door(), other_firm.door()
    door.post("/meta/objects", {"key": "job", "label": "Job"})
    for key in ("count", "cost"):
        door.post("/meta/objects/job/fields", {"key": key, "type": "number", "label": key})
    for kind, rows in RULED.items():
        for row in rows:
            made = door.post(f"/meta/objects/job/{kind}", row)
            assert made.status_code == 201, made.data
    parts = [{"field": "name", "normal": "text"}]
    told = door.put("/meta/objects/job/identity/same_name", {"label": "Same", "parts": parts})
    assert told.status_code < 300, told.data
    document = shape(firm)
    planned = there.post("/configuration/preview", document).data["data"]
    counted = {kind: sum(step["kind"] == kind for step in planned if step["state"] == "create")
               for kind in ("rule", "validation", "watch", "layout", "identity")}  # fmt: skip
    assert counted == {"rule": 1, "validation": 2, "watch": 1, "layout": 1, "identity": 1}
    applied = there.post("/configuration", document)
    assert applied.status_code < 300, applied.data
    assert there.post("/job", {"name": "j", "count": 3}).data["cost"] == 6
    refused = there.post("/job", {"name": "k", "count": 60})
    assert [(e["field"], e["message"]) for e in refused.data["errors"]] == [("cost", "Too dear")]
    again = shape(other_firm)
    assert {k: again[k] for k in RULED} == {k: document[k] for k in RULED}
    assert again["identity_rules"] == document["identity_rules"]
    assert {step["state"] for step in there.post("/configuration/preview", document).data["data"]} == {"same"}


def test_a_layout_that_says_something_else_is_told_and_left(firm: Firm) -> None:
    door = firm.door()
    layout = dict(RULED["layouts"][0])
    layout["definition"] = {"tabs": [{"label": "T", "sections": [{"label": "S", "columns": 1, "collapsed": False,
                                                                  "fields": ["name"]}]}]}  # fmt: skip
    door.post("/meta/objects/customer/layouts", layout)
    document = shape(firm)
    document["layouts"][0]["definition"]["tabs"][0]["sections"][0]["fields"] = ["name", "phone"]
    states = {
        s["state"]
        for s in door.post("/configuration/preview", document).data["data"]
        if s["kind"] == "layout"
    }
    assert states == {"differs"}
    nowhere = {**document, "layouts": [{**document["layouts"][0], "object": "nope"}]}
    assert door.post("/configuration", nowhere).status_code == 422
