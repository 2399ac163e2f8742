"""Roles through the public door: what they give, take, mask and hide, and that nobody locks themself out."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, code_of, run_jobs

PHONE = "+8613812345678"
NOTHING = {"see": "none", "create": False, "edit": "none", "delete": "none", "export": "none", "import": False,
           "assign": "none", "bulk": "none", "merge": "none"}  # fmt: skip
ALL = {"see": "all", "create": True, "edit": "all", "delete": "all", "export": "all", "import": True,
       "assign": "all", "bulk": "all", "merge": "all"}  # fmt: skip


@pytest.fixture
def boss(firm: Firm) -> Door:
    return firm.door()


def make_role(boss: Door, key: str, **rights: Any) -> dict[str, Any]:
    made = boss.post("/roles", {"key": key, "name": {"zh-CN": key, "en": key}, "rights": rights})
    assert made.status_code == 201, made.data
    role: dict[str, Any] = made.data
    return role


def give(boss: Door, person: User, *roles: str, base: str = "limited") -> None:
    answer = boss.patch(f"/members/{person.id}", {"role": base, "extra_roles": list(roles)})
    assert answer.status_code == 200, answer.data


def person_with(firm: Firm, boss: Door, *roles: str, base: str = "limited") -> Door:
    person = firm.add("小李")
    give(boss, person, *roles, base=base)
    return firm.door(person)


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


def _contact(boss: Door) -> str:
    made = boss.post("/contact", {"name": "张三丰", "mobile": PHONE, "email": "zhang@wudang.cn"})
    assert made.status_code == 201, made.data
    return str(made.data["id"])


def _refused(answer: Any) -> None:
    assert answer.status_code == 422, answer.data
    assert {e["code"] for e in answer.data["errors"]} <= {"masked_field", "unknown_field"}, answer.data


def test_a_masked_field_shows_its_shape_and_nothing_else_anywhere(firm: Firm, boss: Door) -> None:
    make_role(boss, "masks", objects={"*": ALL}, fields={"contact": {"mobile": "masked", "email": "masked"}})
    one = _contact(boss)
    boss.patch(f"/contact/{one}", {"mobile": "+8613887654321", "version": 1})
    door = person_with(firm, boss, "masks")
    seen = door.get(f"/contact/{one}").data
    assert (seen["mobile"], seen["email"]) == ("138****4321", "z***@wudang.cn")
    meta = {f["key"]: f for f in door.get("/meta/objects/contact").data["fields"]}
    assert meta["mobile"]["masked"]
    assert meta["mobile"]["readonly"]
    assert meta["mobile"]["operators"] == []
    told = [door.get(f"/contact/{one}"), door.get(f"/contact/{one}/history"), door.get(f"/contact/{one}/timeline"),
            door.post("/contact/query", {}), door.get("/search?q=张三丰"), door.get(f"/contact/{one}/history?field=mobile"),
            door.get("/search?q=13887654321"), door.get("/contact?q=13887654321")]  # fmt: skip
    for answer in told:
        assert answer.status_code == 200, answer.data
        text = answer.content.decode()
        assert "87654321" not in text
        assert "12345678" not in text
        assert "zhang@" not in text
    assert door.get("/search?q=13887654321").data["data"] == []
    assert door.get("/contact?q=13887654321").data["data"] == []
    assert [hit["id"] for hit in door.get("/search?q=张三丰").data["data"]] == [one]
    assert [hit["id"] for hit in door.get("/search?q=zsf").data["data"]] == [one]
    for body in (
        {"filter": {"field": "mobile", "op": "is", "value": "13887654321"}}, {"sort": "mobile"}, {"group": ["mobile"]},
        {"measures": [{"op": "distinct", "field": "email"}]}, {"marks": [{"field": "email", "op": "is_empty"}]},
    ):  # fmt: skip
        _refused(door.post("/contact/query", body))
    _refused(door.patch(f"/contact/{one}", {"mobile": "13900000000", "version": 2}))
    ordered = door.post("/exports", {"object": "contact", "format": "csv"})
    run_jobs()
    export = door.get(f"/exports/{ordered.data['id']}").data
    assert export["status"] == "done", export
    sent: Any = door.client.get(export["url"])
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert "138****4321" in text
    assert "87654321" not in text


def test_revealing_gives_the_value_and_is_written_down(firm: Firm, boss: Door) -> None:
    make_role(boss, "masks", objects={"*": ALL}, fields={"contact": {"mobile": "masked", "email": "hidden"}})
    one = _contact(boss)
    door = person_with(firm, boss, "masks")
    shown = door.post(f"/contact/{one}/reveal", {"field": "mobile"})
    assert (shown.status_code, shown.data) == (200, {"field": "mobile", "value": PHONE})
    entry = boss.get(f"/contact/{one}/history").data["data"][0]
    assert (entry["action"], entry["actor"]["name"]) == ("reveal", "小李")
    assert [change["field"] for change in entry["changes"]] == ["mobile"]
    assert PHONE not in boss.get(f"/contact/{one}/history?limit=1").content.decode()
    for field, code in (
        ("email", "unknown_field"),
        ("name", "not_masked"),
        ("nope", "unknown_field"),
        (None, "unknown_field"),
    ):
        refused = door.post(f"/contact/{one}/reveal", {"field": field})
        assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, code)
    assert door.post(f"/contact/{firm.admin.id}/reveal", {"field": "mobile"}).status_code == 404
    boss.patch(
        "/roles/masks",
        {
            "version": 1,
            "rights": {"objects": {"*": ALL | {"see": "own"}}, "fields": {"contact": {"mobile": "masked"}}},
        },
    )
    assert door.post(f"/contact/{one}/reveal", {"field": "mobile"}).status_code == 404


def test_a_hidden_field_does_not_exist(firm: Firm, boss: Door) -> None:
    make_role(
        boss,
        "blind",
        objects={"*": ALL},
        fields={"contact": {"mobile": "hidden"}, "customer": {"industry": "read"}},
    )
    one = _contact(boss)
    door = person_with(firm, boss, "blind")
    assert "mobile" not in door.get(f"/contact/{one}").data
    assert "mobile" not in {f["key"] for f in door.get("/meta/objects/contact").data["fields"]}
    assert PHONE not in door.get(f"/contact/{one}/history").content.decode()
    assert door.get("/search?q=13812345678").data["data"] == []
    for body in (
        {"filter": {"field": "mobile", "op": "is_empty"}},
        {"sort": "mobile"},
        {"fields": ["mobile"]},
    ):
        _refused(door.post("/contact/query", body))
    _refused(door.patch(f"/contact/{one}", {"mobile": "13900000000", "version": 1}))
    customer = door.post("/customer", {"name": "中山公司"}).data
    refused = door.patch(f"/customer/{customer['id']}", {"industry": "software", "version": 1})
    assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, "readonly_field")


def test_what_is_made_of_a_hidden_field_is_hidden_unless_it_is_declared_to_reveal(
    firm: Firm, boss: Door
) -> None:
    for key, config in (("twice", {}), ("told", {"reveals": True})):
        made = boss.post(
            "/meta/objects/contact/fields",
            {"key": key, "type": "formula", "label": key, "config": {"expression": "LEN(email)"}, **config},
        )
        assert made.status_code == 201, made.data
    one = _contact(boss)
    assert boss.get(f"/contact/{one}").data["told"] == 15
    for right in ("hidden", "masked"):
        make_role(boss, right, objects={"*": ALL}, fields={"contact": {"email": right}})
        door = person_with(firm, boss, right)
        seen = door.get(f"/contact/{one}").data
        assert "twice" not in seen
        assert seen["told"] == 15
        _refused(door.post("/contact/query", {"filter": {"field": "twice", "op": "is", "value": 15}}))
        found = door.post("/contact/query", {"filter": {"field": "told", "op": "is", "value": 15}})
        assert [row["id"] for row in found.data["data"]] == [one]


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
    one = _contact(boss)
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
    assert boss.get("/access/settings").data == {"separate_duties": False}
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
