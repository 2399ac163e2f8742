"""The area “jobs and undo” shows what others did; what is in it stays under the rights to the records."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door, Firm, run_jobs

SECRET = "北海机密公司"
OWN = ALL | {verb: "own" for verb, reach in ALL.items() if reach == "all"}


def _helper(firm: Firm, boss: Door, **rights: Any) -> Door:
    make_role(boss, "helps", **({"objects": {"*": OWN}} | rights), areas=["changes"])
    return person_with(firm, boss, "helps")


def _exported(boss: Door) -> str:
    ordered = boss.post("/exports", {"object": "customer", "format": "csv"})
    run_jobs()
    return str(ordered.data["id"])


def test_the_export_of_a_colleague_who_sees_more_cannot_be_downloaded(firm: Firm) -> None:
    boss = firm.door()
    boss.post("/customer", {"name": SECRET})
    export = _exported(boss)
    door = _helper(firm, boss)
    assert door.get(f"/exports/{export}").status_code == 404
    assert door.get(f"/exports/{export}/download").status_code == 404


def test_an_export_with_fields_that_one_sees_masked_cannot_be_downloaded(firm: Firm) -> None:
    boss = firm.door()
    boss.post("/customer", {"name": "中山公司", "mobile": "13812345678"})
    export = _exported(boss)
    door = _helper(firm, boss, objects={"*": ALL}, fields={"customer": {"mobile": "masked"}})
    assert door.get(f"/exports/{export}/download").status_code == 404
    whole = person_with(firm, boss, "everything") if make_role(
        boss, "everything", objects={"*": ALL}, areas=["changes"]
    ) else door  # fmt: skip
    assert whole.get(f"/exports/{export}/download").status_code == 200


def test_the_file_of_a_colleagues_import_is_not_read_by_who_sees_less(firm: Firm) -> None:
    boss = firm.door()
    sheet = SimpleUploadedFile("a.csv", f"客户名称\n{SECRET}\n".encode(), content_type="text/csv")
    job: Any = boss.client.post("/api/v1/imports", {"file": sheet, "object": "customer"})
    path = f"/imports/{job.json()['id']}"
    door = _helper(firm, boss)
    for verb, rest in (
        ("GET", ""),
        ("GET", "/rows"),
        ("GET", "/errors.xlsx"),
        ("POST", "/preview"),
        ("POST", "/undo"),
    ):
        answer = door.call(verb, path + rest)
        assert answer.status_code == 404, (verb, rest)
    assert door.get("/imports").data["data"] == []
    assert boss.get(path).status_code == 200


def test_what_was_refused_or_stands_in_the_way_is_not_named_to_who_does_not_see_it(firm: Firm) -> None:
    boss = firm.door()
    one = boss.post("/customer", {"name": SECRET}).data["id"]
    missing = str(firm.admin.id)
    body = {"object": "customer", "op": "update", "ids": [one, missing], "set": {"description": "x"}}
    job = boss.post("/jobs", body).data["id"]
    run_jobs()
    door = _helper(firm, boss)
    assert door.get(f"/jobs/{job}").data["refused"] == 1
    assert door.get(f"/jobs/{job}/refused").data["data"] == []
    assert missing not in door.get(f"/jobs/{job}/refused").content.decode()
    boss.patch(f"/customer/{one}", {"description": "y", "version": 2})
    change = next(c for c in boss.get("/changes").data["data"] if c["id"] == job)
    assert boss.get(f"/changes/{change['id']}").data["check"]["left"][0]["record"]["title"] == SECRET
    told = door.get(f"/changes/{change['id']}")
    assert told.status_code == 200, told.data
    assert told.data["check"]["count"] == 1
    assert one not in told.content.decode()
    assert SECRET not in told.content.decode()


def test_the_title_of_what_a_colleague_deleted_is_not_told(firm: Firm) -> None:
    boss = firm.door()
    one = boss.post("/customer", {"name": SECRET}).data["id"]
    boss.delete(f"/customer/{one}", {"version": 1})
    change = boss.get("/changes").data["data"][0]
    assert change["title"] == SECRET
    door = _helper(firm, boss)
    told = door.post(f"/changes/{change['id']}/undo", {"partial": True})
    assert SECRET not in told.content.decode()
