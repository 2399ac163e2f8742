"""Roles through the public door: what they give, take, mask and hide, and that nobody locks themself out."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.engine.tenancy.context import Role, session
from tests.engine.access.people import ALL, NOTHING, give, make_contact, make_role, person_with
from tests.firms import Door, Firm, code_of, run_jobs


def test_only_the_chosen_roles_without_any_is_nothing(firm: Firm, boss: Door) -> None:
    one = boss.post("/customer", {"name": "中山公司"}).data["id"]
    door = person_with(firm, boss)
    assert door.get("/meta/objects").data["data"] == []
    for path in ("/customer", f"/customer/{one}", f"/customer/{one}/history", f"/customer/{one}/timeline",
                 "/views?object=customer", "/meta/objects/customer"):  # fmt: skip
        assert door.get(path).status_code == 404, path
    assert door.post("/customer", {"name": "x"}).status_code == 404
    assert door.get("/search?q=中山").data["data"] == []
    assert door.get("/me").data["can"] == {
        "settings": False,
        "members": False,
        "import": False,
        "export": False,
    }


def test_a_role_gives_what_it_says_and_two_add_up_with_the_reason(firm: Firm, boss: Door) -> None:
    make_role(boss, "reads", objects={"customer": {"see": "all"}})
    make_role(boss, "leads", objects={"lead": {"see": "own", "create": True, "edit": "own"}})
    one = boss.post("/customer", {"name": "中山公司"}).data
    door = person_with(firm, boss, "reads", "leads")
    assert {obj["key"] for obj in door.get("/meta/objects").data["data"]} >= {"customer", "lead"}
    assert door.get(f"/customer/{one['id']}").status_code == 200
    assert door.patch(f"/customer/{one['id']}", {"name": "改", "version": 1}).status_code == 403
    assert door.post("/customer", {"name": "新"}).status_code == 403
    lead = door.post("/lead", {"name": "线索"})
    assert lead.status_code == 201, lead.data
    assert door.delete(f"/lead/{lead.data['id']}", {"version": 1}).status_code == 403
    told = {obj["key"]: obj for obj in door.get("/access/matrix").data["objects"]}
    assert told["customer"]["verbs"]["see"] == {"scope": "all", "from": ["reads"]}
    assert told["lead"]["verbs"]["edit"] == {"scope": "own", "from": ["leads"]}
    assert told["contact"]["verbs"]["see"] == {"scope": "none", "from": []}
    assert boss.get(f"/customer/{one['id']}").data["name"] == "中山公司"


def test_verbs_reach_as_far_as_they_say(firm: Firm, boss: Door) -> None:
    line = ALL | {
        "edit": "all",
        "delete": "own",
        "export": "own",
        "bulk": "own",
        "merge": "none",
        "assign": "own",
    }
    make_role(boss, "wide", objects={"customer": line})
    others = [boss.post("/customer", {"name": f"他人{i}公司"}).data["id"] for i in range(2)]
    door = person_with(firm, boss, "wide")
    own = door.post("/customer", {"name": "自己公司"}).data["id"]
    assert door.patch(f"/customer/{others[0]}", {"name": "改过", "version": 1}).status_code == 200
    assert door.delete(f"/customer/{others[0]}", {"version": 2}).status_code == 403
    assert (
        door.post(
            "/customer/bulk", {"op": "update", "ids": [own, others[1]], "set": {"name": "批"}}
        ).status_code
        == 403
    )
    assert (
        door.post("/customer/bulk", {"op": "update", "ids": [own], "set": {"description": "批"}}).status_code
        == 200
    )
    assert door.post("/customer/merge", {"ids": [own, others[1]], "survivor": own}).status_code == 403
    taken = door.patch(f"/customer/{others[1]}", {"owner": str(firm.admin.id), "version": 1})
    assert taken.status_code in (200, 422)
    ordered = door.post("/exports", {"object": "customer", "format": "csv"})
    assert ordered.status_code == 202, ordered.data
    run_jobs()
    assert door.get(f"/exports/{ordered.data['id']}").data["row_count"] == 1
    assert door.delete(f"/customer/{own}", {"version": 2}).status_code == 204
    assert boss.get(f"/customer/{others[1]}").data["name"] == "他人1公司"


def test_changing_a_role_holds_from_the_next_request_and_asks_for_its_version(firm: Firm, boss: Door) -> None:
    make_role(boss, "reads", objects={"customer": {"see": "all"}})
    door = person_with(firm, boss, "reads")
    assert door.get("/customer").status_code == 200
    assert boss.patch("/roles/reads", {"rights": {"objects": {}}}).status_code == 428
    assert boss.patch("/roles/reads", {"version": 7, "rights": {"objects": {}}}).status_code == 409
    assert boss.patch("/roles/reads", {"version": 1, "rights": {"objects": {}}}).data["version"] == 2
    assert door.get("/customer").status_code == 404


def test_a_built_in_role_is_adjusted_and_goes_back(firm: Firm, boss: Door) -> None:
    member = firm.door(firm.add("小王"))
    assert member.post("/customer", {"name": "一"}).status_code == 201
    before = boss.get("/roles/member").data
    assert (before["version"], before["builtin"], before["adjusted"]) == (0, True, False)
    rights = before["rights"] | {"objects": {"*": before["rights"]["objects"]["*"] | {"create": False}}}
    changed = boss.patch("/roles/member", {"version": 0, "rights": rights})
    assert (changed.status_code, changed.data["adjusted"]) == (200, True), changed.data
    assert member.post("/customer", {"name": "二"}).status_code == 403
    assert boss.delete("/roles/member").status_code == 204
    assert member.post("/customer", {"name": "二"}).status_code == 201
    assert boss.get("/roles/member").data == before
    for key in ("admin", "limited"):
        assert code_of(boss.patch(f"/roles/{key}", {"version": 0, "rights": {}})) == "fixed_role"


def test_a_role_somebody_has_is_not_deleted(firm: Firm, boss: Door) -> None:
    make_role(boss, "reads", objects={"customer": {"see": "all"}})
    person = firm.add("小李")
    give(boss, person, "reads")
    refused = boss.delete("/roles/reads")
    assert (refused.status_code, refused.data["code"], refused.data["count"]) == (409, "role_in_use", 1)
    give(boss, person)
    assert boss.delete("/roles/reads").status_code == 204
    assert boss.get("/roles/reads").status_code == 404
    assert boss.delete("/roles/reads").status_code == 404
    unknown = boss.patch(f"/members/{person.id}", {"extra_roles": ["reads"]})
    assert (unknown.status_code, unknown.data["errors"][0]["code"]) == (422, "unknown_role")


BAD = [
    ({"objects": {"nope": {}}}, "rights.objects.nope", "unknown_object"),
    ({"objects": {"customer": {"fly": "all"}}}, "rights.objects.customer.fly", "unknown_verb"),
    ({"objects": {"customer": {"see": "everything"}}}, "rights.objects.customer.see", "wrong_type"),
    ({"objects": {"customer": {"create": "all"}}}, "rights.objects.customer.create", "wrong_type"),
    ({"objects": {"customer": {"see": True}}}, "rights.objects.customer.see", "wrong_type"),
    ({"objects": []}, "rights.objects", "wrong_type"),
    ({"fields": {"customer": {"nope": "read"}}}, "rights.fields.customer.nope", "unknown_field"),
    ({"fields": {"customer": {"industry": "maybe"}}}, "rights.fields.customer.industry", "wrong_type"),
    ({"fields": {"customer": {"name": "masked"}}}, "rights.fields.customer.name", "always_seen"),
    ({"fields": {"customer": {"owner": "hidden"}}}, "rights.fields.customer.owner", "always_seen"),
    ({"areas": ["heaven"]}, "rights.areas", "unknown_area"),
    ({"areas": [1]}, "rights.areas", "unknown_area"),
    ({"actions": {"convert": "yes"}}, "rights.actions.convert", "wrong_type"),
    ({"other": {}}, "rights", "wrong_type"),
]


@pytest.mark.parametrize(("rights", "path", "code"), BAD)
def test_bad_rights_are_refused_at_their_path(boss: Door, rights: Any, path: str, code: str) -> None:
    refused = boss.post("/roles", {"key": "bad", "name": {"zh-CN": "坏"}, "rights": rights})
    assert refused.status_code == 422, refused.data
    assert (refused.data["errors"][0]["field"], refused.data["errors"][0]["code"]) == (path, code)
    assert boss.get("/roles/bad").status_code == 404


def test_every_template_can_be_taken(firm: Firm, boss: Door) -> None:
    templates = boss.get("/roles/templates").data["data"]
    assert {t["key"] for t in templates} >= {"sales", "sales_manager", "service", "marketing", "finance", "executive",
                                             "auditor", "security_officer", "administrator", "viewer"}  # fmt: skip
    for template in templates:
        made = boss.post(
            "/roles", {"key": f"my_{template['key']}", "name": template["name"], "template": template["key"]}
        )
        assert made.status_code == 201, made.data
        assert made.data["rights"] == template["rights"]
        copied = boss.post(
            "/roles", {"name": {"en": f"Copy of {template['key']}"}, "copy_of": f"my_{template['key']}"}
        )
        assert copied.status_code == 201, copied.data
        assert copied.data["rights"] == template["rights"]
    marketer = person_with(firm, boss, "my_marketing")
    one = make_contact(boss)
    assert marketer.get(f"/contact/{one}").data["mobile"] == "138****5678"
    auditor = person_with(firm, boss, "my_auditor")
    assert auditor.get(f"/contact/{one}").status_code == 404


AREA_DOORS: list[tuple[str, str, str, Any]] = [
    ("workspace", "PATCH", "/workspace", {"name": "新名字"}),
    ("members", "POST", "/teams", {"name": "新部门"}),
    ("roles", "POST", "/roles", {"key": "another", "name": {"en": "Another"}, "rights": {}}),
    ("schema", "POST", "/meta/objects/customer/fields", {"key": "f1", "type": "text", "label": "一"}),
    (
        "rules",
        "POST",
        "/meta/objects/customer/rules",
        {"name": "规则", "effects": [{"kind": "hide", "fields": ["source"]}]},
    ),
    ("system", "GET", "/doctor", None),
    ("quality", "GET", "/quality", None),
]


@pytest.mark.parametrize("area", [row[0] for row in AREA_DOORS])
def test_an_area_opens_its_part_of_the_settings_and_no_other(firm: Firm, boss: Door, area: str) -> None:
    make_role(boss, "opens", objects={"*": ALL}, areas=[area])
    door = person_with(firm, boss, "opens")
    assert door.get("/me").data["areas"] == [area]
    for key, verb, path, body in AREA_DOORS:
        answer = door.call(verb, path, body)
        assert (answer.status_code < 300) == (key == area), (key, answer.status_code, answer.data)


def test_who_looks_after_people_cannot_make_themselves_more(firm: Firm, boss: Door) -> None:
    make_role(boss, "people", objects={"*": NOTHING}, areas=["members"])
    person = firm.add("小李")
    give(boss, person, "people")
    door = firm.door(person)
    colleague = firm.add("小王")
    for body in ({"role": "admin"}, {"role": "manager"}, {"extra_roles": []}, {"extra_roles": ["people"]}):
        for who in (person, colleague):
            if who is person and body == {"extra_roles": ["people"]}:
                continue
            if who is colleague and body == {"extra_roles": []}:
                continue
            assert door.patch(f"/members/{who.id}", body).status_code == 403, body
    assert door.post("/members/invite", {"name": "新人", "role": "admin"}).status_code == 403
    assert door.post("/members/invite", {"name": "新人", "role": "member"}).status_code == 201
    assert door.patch(f"/members/{firm.admin.id}", {"role": "member"}).status_code == 403
    assert boss.get(f"/members/{person.id}").data["extra_roles"] == ["people"]


def test_a_reading_token_reads_and_its_person_keeps_their_areas(firm: Firm, boss: Door) -> None:
    door = Door(firm.token(scopes=["read"]))
    assert door.get("/roles").status_code == 200
    assert door.post("/roles", {"key": "x1", "name": {"en": "X"}, "rights": {}}).status_code == 403


def test_separated_duties_take_from_administrators_what_others_keep(firm: Firm, boss: Door) -> None:
    refused = boss.patch("/access/settings", {"separate_duties": True})
    assert (refused.status_code, refused.data["code"]) == (409, "nobody_in_charge")
    assert boss.get("/access/settings").data == {"separate_duties": False, "asked": None}
    boss.post("/roles", {"key": "officer", "name": {"en": "Officer"}, "template": "security_officer"})
    person = firm.add("老赵")
    give(boss, person, "officer")
    assert boss.patch("/access/settings", {"separate_duties": True}).status_code == 200
    officer = firm.door(person)
    assert not {"roles", "audit", "security"} & set(boss.get("/me").data["areas"])
    assert boss.post("/roles", {"key": "x1", "name": {"en": "X"}, "rights": {}}).status_code == 403
    assert boss.patch(f"/members/{firm.admin.id}", {"extra_roles": ["officer"]}).status_code == 403
    assert officer.post("/roles", {"key": "x1", "name": {"en": "X"}, "rights": {}}).status_code == 201
    assert officer.get("/customer").status_code == 404
    own = officer.patch(f"/members/{person.id}", {"extra_roles": ["officer", "x1"]})
    assert own.status_code == 403
    last = boss.patch(f"/members/{person.id}", {"status": "disabled"})
    assert (last.status_code, last.data["code"]) == (409, "nobody_in_charge")
    assert officer.delete("/roles/officer").status_code == 409
    empty = officer.patch("/roles/officer", {"version": 1, "rights": {"objects": {}, "areas": []}})
    assert (empty.status_code, empty.data["code"]) == (409, "nobody_in_charge")
    assert officer.patch("/access/settings", {"separate_duties": False}).status_code == 200
    assert "roles" not in boss.get("/me").data["areas"]
    assert boss.post("/access/settings/confirm").status_code == 200
    assert "roles" in boss.get("/me").data["areas"]


def test_roles_of_another_firm_are_not_there(firm: Firm, other_firm: Firm, boss: Door) -> None:
    make_role(boss, "reads", objects={"customer": {"see": "all"}})
    other = other_firm.door()
    assert other.get("/roles/reads").status_code == 404
    assert other.patch("/roles/reads", {"version": 1, "rights": {}}).status_code == 404
    assert other.get(f"/access/matrix?user={firm.admin.id}").status_code == 404
    with session(other_firm.workspace.id), connection.cursor() as db:
        db.execute("SELECT count(*) FROM access_role")
        assert db.fetchone() == (0,)
    assert boss.get("/roles/reads").data["version"] == 1


def test_members_ask_about_themselves_only(firm: Firm, boss: Door) -> None:
    door = firm.door(firm.add("小李"))
    assert door.get("/access/matrix").status_code == 200
    assert door.get(f"/access/matrix?user={firm.admin.id}").status_code == 403
    for path in (
        "/roles",
        "/roles/member",
        "/roles/templates",
        "/access/people?object=customer",
        "/access/settings",
    ):
        assert door.get(path).status_code == 403, path


def test_who_may(firm: Firm, boss: Door) -> None:
    make_role(boss, "masks", objects={"contact": {"see": "team"}}, fields={"contact": {"mobile": "masked"}})
    person = firm.add("小李")
    give(boss, person, "masks")
    manager = firm.add("老王", Role.MANAGER)
    told = boss.get("/access/people?object=contact&verb=see&field=mobile").data
    found = {row["id"]: row for row in told["data"]}
    assert told["count"] == 3
    assert found[str(person.id)]["scope"] == "team"
    assert found[str(person.id)]["field"] == {"right": "masked", "from": ["masks"]}
    assert found[str(manager.id)]["scope"] == "team_below"
    assert {row["id"] for row in boss.get("/access/people?object=contact&verb=delete").data["data"]} == {
        str(manager.id), str(firm.admin.id)
    }  # fmt: skip
    assert boss.get("/access/people?object=contact&verb=fly").status_code == 422
    assert boss.get("/access/people?object=nope").status_code == 404


def test_a_warm_request_asks_nothing_more_for_stored_roles(firm: Firm, boss: Door) -> None:
    person = firm.add("小李")
    door = firm.door(person)

    def statements() -> int:
        door.get("/customer")
        with CaptureQueriesContext(connection) as captured:
            assert door.get("/customer").status_code == 200
        return len(captured)

    before = statements()
    make_role(boss, "masks", objects={"*": ALL}, fields={"customer": {"industry": "masked"}})
    give(boss, person, "masks")
    assert statements() == before
