"""The privacy desk over HTTP: register, notices, the panel of a record, links for people, consents from elsewhere."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.engine.privacy.models import ConsentEntry, ConsentLink
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, code_of


def marketing(door: Door, **more: Any) -> dict[str, Any]:
    given = {
        "name": {"zh-CN": "营销", "en": "Marketing"},
        "basis": "consent",
        "channels": ["sms", "email"],
    } | more
    made = door.post("/privacy/purposes", given)
    assert made.status_code == 201, made.data
    return dict(made.data)


def contact(door: Door, **more: Any) -> str:
    made = door.post("/contact", {"name": "王小明"} | more)
    assert made.status_code == 201, made.data
    return str(made.data["id"])


def published(door: Door, purpose: str, **more: Any) -> dict[str, Any]:
    draft = {
        "title": {"zh-CN": "隐私告知", "en": "Notice"},
        "body": {"zh-CN": "第一行\n第二行", "en": "one\ntwo"},
        "purposes": [purpose],
    }
    made = door.post("/privacy/notices", {"name": "官网", "draft": draft})
    assert made.status_code == 201, made.data
    done = door.post(f"/privacy/notices/{made.data['id']}/publish", {"version": 1} | more)
    assert done.status_code == 200, done.data
    return dict(done.data)


def agree(door: Door, who: str, purpose: str, **more: Any) -> Any:
    body = {
        "decisions": [{"purpose": purpose, "channel": "sms", "state": "given"}],
        "source": "call",
        "note": "来电同意",
    }
    return door.post(f"/contact/{who}/consents", body | more)


def test_the_register_is_kept_and_goes_out_as_a_file(firm: Firm) -> None:
    door = firm.door()
    row = marketing(
        door,
        data=[{"object": "contact", "fields": ["phone"]}],
        recipients=[{"name": "=短信服务商", "place": "", "why": "发送", "contact": ""}],
    )
    assert row["key"] == "yingxiao"
    refused = door.post(
        "/privacy/purposes",
        {"basis": "because", "data": [{"object": "contact", "fields": ["nothing"]}], "color": "red"},
    )
    assert {error["field"] for error in refused.data["errors"]} == {"name", "basis", "data", "color"}
    changed = door.patch(f"/privacy/purposes/{row['id']}", {"retention": "两年", "version": 1})
    assert (changed.data["retention"], changed.data["version"]) == ("两年", 2)
    assert (
        code_of(door.patch(f"/privacy/purposes/{row['id']}", {"retention": "一年", "version": 1}))
        == "stale_version"
    )
    page = door.get("/privacy/register?format=html")
    assert "短信服务商" in page.content.decode()
    assert page.headers["Content-Disposition"].startswith("attachment")
    book = door.get("/privacy/register?format=xlsx")
    assert book.content[:2] == b"PK"
    assert code_of(door.get("/privacy/register?format=exe")) == "validation_failed"
    started = door.post("/privacy/purposes/starters").data["data"]
    assert [one["id"] for one in started] == [row["id"]]  # what is there already is left alone


def test_who_does_not_look_after_privacy_is_kept_out(firm: Firm, other_firm: Firm) -> None:
    boss, rep = firm.door(), firm.door(firm.add("李娜", Role.MEMBER))
    purpose = marketing(boss)
    notice = published(boss, purpose["id"])
    who = contact(boss)
    for verb, path in (
        ("GET", "/privacy/purposes"), ("POST", "/privacy/purposes"), ("PATCH", f"/privacy/purposes/{purpose['id']}"),
        ("DELETE", f"/privacy/purposes/{purpose['id']}"), ("GET", "/privacy/notices"), ("GET", "/privacy/register"),
        ("POST", f"/privacy/notices/{notice['id']}/publish"), ("POST", "/privacy/consents/import"),
    ):  # fmt: skip
        assert rep.call(verb, path, {"version": 1} if verb != "GET" else None).status_code == 403, path
    assert rep.get(f"/contact/{who}/consents").status_code == 404  # not theirs to see
    assert agree(rep, who, purpose["id"]).status_code == 404
    stranger = other_firm.door()
    for path in (
        f"/privacy/notices/{notice['id']}",
        f"/contact/{who}/consents",
        f"/contact/{who}/consent-links",
    ):
        assert stranger.get(path).status_code == 404
    assert (
        stranger.patch(f"/privacy/purposes/{purpose['id']}", {"retention": "x", "version": 1}).status_code
        == 404
    )
    assert boss.get("/privacy/purposes").data["data"][0]["retention"] == ""


def test_a_published_notice_never_changes_and_versions_are_compared(firm: Firm) -> None:
    door = firm.door()
    purpose = marketing(door)
    notice = published(door, purpose["id"])
    first = notice["versions"][0]
    draft = notice["draft"] | {"body": {"zh-CN": "第一行\n改过的第二行", "en": "one\ntwo"}}
    changed = door.patch(f"/privacy/notices/{notice['id']}", {"draft": draft, "version": notice["version"]})
    assert changed.data["versions"] == [first]
    lines = door.get(f"/privacy/notices/{notice['id']}/difference?old=1").data["lines"]["zh-CN"]
    assert [(line["kind"], line["text"]) for line in lines if line["kind"] != "same"] == [
        ("removed", "第二行"),
        ("added", "改过的第二行"),
    ]
    again = door.post(
        f"/privacy/notices/{notice['id']}/publish",
        {"version": changed.data["version"], "change_note": "改字"},
    )
    assert [version["number"] for version in again.data["versions"]] == [2, 1]
    assert again.data["versions"][1] == first
    stale = door.post(f"/privacy/notices/{notice['id']}/publish", {"version": changed.data["version"]})
    assert code_of(stale) == "stale_version"
    assert code_of(door.delete(f"/privacy/notices/{notice['id']}")) == "published"
    past = door.post(
        f"/privacy/notices/{notice['id']}/publish",
        {"version": again.data["version"], "effective_from": "2020-01-01T00:00:00Z"},
    )
    assert past.data["errors"][0]["field"] == "effective_from"


def test_anybody_reads_a_notice_by_its_address_and_nothing_else(firm: Firm) -> None:
    door = firm.door()
    notice = published(door, marketing(door)["id"])
    token = notice["url"].rpartition("/")[2]
    stranger = Door()
    page = stranger.get(f"/public/notices/{token}")
    assert page.status_code == 200
    assert (page.data["company"], page.data["number"]) == ("中山公司", 1)
    assert page.headers["Cache-Control"] == "no-store"
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    for bad in (wrong, "x", "notice_" + "a" * 26 + "_" + "b" * 32, "%00", "consent_" + "a" * 32):
        assert stranger.get(f"/public/notices/{bad}").status_code == 404, bad
    retired = door.patch(f"/privacy/notices/{notice['id']}", {"retired": True, "version": notice["version"]})
    assert retired.status_code == 200
    assert stranger.get(f"/public/notices/{token}").status_code == 404


def test_a_new_version_that_renews_asks_everybody_anew(firm: Firm) -> None:
    door = firm.door()
    purpose, who = marketing(door), contact(door)
    notice = published(door, purpose["id"])
    assert agree(door, who, purpose["id"], notice_version=notice["versions"][0]["id"]).status_code == 201
    address = f"/contact/{who}/may-contact?purpose={purpose['key']}&channel=sms"
    assert door.get(address).data["code"] == "consented"
    door.post(f"/privacy/notices/{notice['id']}/publish", {"version": notice["version"], "renews": True})
    assert door.get(address).data["code"] == "renewal_needed"
    assert agree(door, who, purpose["id"]).status_code == 201
    assert door.get(address).data["code"] == "consented"


def test_the_panel_tells_what_may_be_done_and_keeps_the_proof(firm: Firm) -> None:
    door = firm.door()
    purpose, who = marketing(door, separate=["abroad"]), contact(door)
    upload: Any = door.client.post(
        "/api/v1/files",
        {"file": SimpleUploadedFile("同意书.txt", "签字".encode(), content_type="text/plain")},
    )
    bare = door.post(
        f"/contact/{who}/consents",
        {"decisions": [{"purpose": purpose["id"], "channel": "sms", "state": "given"}], "source": "paper"},
    )
    assert [error["code"] for error in bare.data["errors"]] == ["proof_required"]
    done = agree(door, who, purpose["key"], note="", file_id=upload.json()["id"])
    assert done.status_code == 201, done.data
    entry = done.data["entries"][0]
    assert (entry["has_file"], entry["by_name"]) == (True, "王芳")
    proof = door.get(f"/contact/{who}/consents/{entry['id']}/file")
    assert proof.content.decode() == "签字"
    assert proof.headers["Content-Disposition"].startswith("attachment")
    other = contact(door, name="李四")
    assert door.get(f"/contact/{other}/consents/{entry['id']}/file").status_code == 404
    assert (
        agree(door, other, purpose["key"], file_id=upload.json()["id"]).status_code == 422
    )  # one file, one proof
    decisions = {
        one["channel"]: one for one in door.get(f"/contact/{who}/consents").data["purposes"][0]["decisions"]
    }
    assert decisions["sms"]["code"] == "separate_missing"
    assert "Sending abroad" in decisions["sms"]["reason"]
    assert decisions["email"]["code"] == "no_consent"


def link_of(door: Door, who: str, **more: Any) -> str:
    made = door.post(f"/contact/{who}/consent-links", more)
    assert made.status_code == 201, made.data
    return str(made.data["url"]).rpartition("/")[2]


def test_a_person_takes_consent_back_by_a_link_without_signing_in(firm: Firm) -> None:
    door = firm.door()
    purpose, who = marketing(door), contact(door, phone="13800138000")
    agree(door, who, purpose["id"])
    token = link_of(door, who)
    assert re.fullmatch(r"consent_[a-z2-7]{26}_[a-z2-7]{32}", token)  # 160 random bits
    with session(firm.workspace.id):
        assert token not in str(list(ConsentLink.objects.values()))
    person = Door()
    page = person.get(f"/public/consents/{token}")
    assert [(item["channel"], item["can_withdraw"]) for item in page.data["items"]] == [("sms", True)]
    assert "王小明" not in page.content.decode()
    assert "13800138000" not in page.content.decode()
    done = person.post(
        f"/public/consents/{token}",
        {"items": [{"purpose": purpose["id"], "channel": "sms"}]},
        **{"User-Agent": "Phone"},
    )
    assert done.data["items"][0]["state"] == "withdrawn"
    assert person.post(f"/public/consents/{token}", {"all": True}).status_code == 200
    with session(firm.workspace.id):
        last = ConsentEntry.objects.order_by("-id").first()
        assert last is not None
        assert (last.source, last.by, last.state) == ("link", None, "withdrawn")
        assert last.ip
        assert ConsentEntry.objects.count() == 2  # what was taken back already is not taken back twice
    assert person.post(f"/public/consents/{token}", {}).status_code == 422


def test_a_link_works_for_its_purposes_and_its_time_alone(firm: Firm, other_firm: Firm) -> None:
    door = firm.door()
    one, two, who = marketing(door), marketing(door, name="回访"), contact(door)
    agree(door, who, one["id"])
    agree(door, who, two["id"])
    token = link_of(door, who, purposes=[one["id"]])
    person = Door()
    person.post(f"/public/consents/{token}", {"all": True})
    states = {
        e["purpose"]: e["state"] for e in door.get(f"/contact/{who}/consents").data["entries"] if e["current"]
    }
    assert states == {one["id"]: "withdrawn", two["id"]: "given"}
    person.post(f"/public/consents/{token}", {"items": [{"purpose": two["id"], "channel": "sms"}]})
    assert door.get(f"/contact/{who}/may-contact?purpose={two['key']}&channel=sms").data["allowed"] is True
    link = door.get(f"/contact/{who}/consent-links").data["data"][0]["id"]
    assert other_firm.door().delete(f"/contact/{who}/consent-links/{link}").status_code == 404
    assert door.delete(f"/contact/{who}/consent-links/{link}").status_code == 204
    dead = person.get(f"/public/consents/{token}")
    never = person.get("/public/consents/consent_" + "a" * 26 + "_" + "b" * 32)
    assert (dead.status_code, dead.data) == (never.status_code, never.data)
    late = link_of(door, who)
    with session(firm.workspace.id):
        ConsentLink.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert person.get(f"/public/consents/{late}").data == dead.data


def test_a_page_of_another_site_cannot_withdraw_and_guessing_is_slowed(firm: Firm) -> None:
    door = firm.door()
    purpose, who = marketing(door), contact(door)
    agree(door, who, purpose["id"])
    token = link_of(door, who)
    browser = Door(csrf=True)
    forged = browser.post(f"/public/consents/{token}", {"all": True}, Origin="https://evil.example")
    assert code_of(forged) == "csrf_failed"
    assert (
        door.get(f"/contact/{who}/may-contact?purpose={purpose['key']}&channel=sms").data["allowed"] is True
    )
    answers = {Door().get(f"/public/consents/{token}").status_code for _ in range(30)}
    assert answers == {200, 429}


def test_links_of_merged_records_lead_to_the_survivor(firm: Firm) -> None:
    door = firm.door()
    purpose, one, two = marketing(door), contact(door), contact(door, name="王晓明")
    agree(door, one, purpose["id"])
    token = link_of(door, one)
    merged = door.post("/contact/merge", {"survivor": two, "ids": [one, two]})
    assert merged.status_code == 200, merged.data
    assert Door().post(f"/public/consents/{token}", {"all": True}).data["items"][0]["state"] == "withdrawn"
    assert (
        door.get(f"/contact/{two}/may-contact?purpose={purpose['key']}&channel=sms").data["code"]
        == "withdrawn"
    )


@pytest.mark.parametrize("match", ["phone", "id"])
def test_consents_from_elsewhere_find_their_people(firm: Firm, match: str) -> None:
    door = firm.door()
    purpose = marketing(door)
    one, two = contact(door, phone="13800138000"), contact(door, name="李四", phone="13800138000")
    three = contact(door, name="赵五", phone="13900139000")
    values = {
        "phone": ["13900139000", "138 0013 8000", "13700137000"],
        "id": [three, "no id", two.replace(two[0], "f")],
    }[match]
    rows = [
        {"value": value, "purpose": purpose["key"], "channel": "sms", "at": "2024-05-01T00:00:00Z"}
        for value in values
    ]
    rows.append({"value": values[0], "purpose": "nothing", "channel": "sms"})
    given = {"object": "contact", "match": match, "note": "旧系统导出", "rows": rows}
    trial = door.post("/privacy/consents/import", given | {"dry_run": True})
    assert (trial.data["written"], trial.data["refused"]) == (1, 3), trial.data
    with session(firm.workspace.id):
        assert not ConsentEntry.objects.exists()
    done = door.post("/privacy/consents/import", given)
    assert [error["row"] for error in done.data["errors"]] == [2, 3, 4]
    assert door.get(f"/contact/{three}/consents").data["entries"][0]["source"] == "import"
    assert door.get(f"/contact/{one}/consents").data["entries"] == []
    bad = door.post("/privacy/consents/import", given | {"match": "owner.password"})
    assert bad.status_code == 422
