"""Creating, reading, changing, finding and deleting records through the API."""

from tests.firms import Firm


def test_a_customer_can_be_created_read_changed_found_and_deleted(firm: Firm) -> None:
    door = firm.door()
    made = door.post("/customer", {"name": "中山市恒拓自动化设备有限公司", "phone": "0760-85321180"})
    assert made.status_code == 201, made.data
    path = f"/customer/{made.data['id']}"
    assert made.data["owner"]["name"] == "王芳"
    assert made.data["phone"] == "+8676085321180"

    read = door.get(path)
    assert read.data == made.data

    assert door.patch(path, {"name": "恒拓"}).status_code == 428
    changed = door.patch(path, {"name": "恒拓", "version": 1})
    assert changed.status_code == 200, changed.data
    assert changed.data["version"] == 2
    stale = door.patch(path, {"name": "恒拓二"}, **{"If-Match": '"1"'})
    assert stale.status_code == 409
    assert stale.data["current"] == 2

    assert [hit["title"] for hit in door.get("/search?q=ht").data["data"]] == ["恒拓"]
    listed = door.get("/customer").data
    assert listed["page"] == {"next": None, "count": {"value": 1, "exact": True}}

    history = door.get(f"{path}/history").data["data"]
    assert [entry["action"] for entry in history] == ["update", "create"]
    assert history[0]["changes"][0]["old"] == "中山市恒拓自动化设备有限公司"

    assert door.delete(path, {"version": 2}).status_code == 204
    assert door.get(path).status_code == 404
    assert door.get("/search?q=恒拓").data["data"] == []
    restored = door.post(f"{path}/actions/restore")
    assert restored.status_code == 200, restored.data
    assert door.get(path).data["name"] == "恒拓"


def test_groups_answer_counts_sums_and_labels(firm: Firm) -> None:
    door = firm.door()
    for name, stage, amount in (("a", "won", 100), ("b", "won", "50.5"), ("c", "lost", 7)):
        made = door.post(
            "/opportunity", {"name": name, "stage": stage, "amount": amount, "loss_reason": "price"}
        )
        assert made.status_code == 201, made.data
    body = {
        "group": ["stage"],
        "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}],
        "sort": "-sum_amount",
    }
    answer = door.post("/opportunity/query", body)
    assert answer.status_code == 200, answer.data
    rows = [
        (row["keys"]["stage"], row["labels"]["stage"]["en"], row["values"]) for row in answer.data["data"]
    ]
    assert rows == [
        ("won", "Won", {"count": 2, "sum_amount": 150.5}),
        ("lost", "Lost", {"count": 1, "sum_amount": 7}),
    ]


def test_tags_are_added_and_removed_in_bulk_and_the_batch_can_be_undone_by_its_author(firm: Firm) -> None:
    door = firm.door()
    rows = [{"name": "甲公司", "tags": ["老客户"]}, {"name": "乙公司"}]
    ids = door.post("/customer/bulk", {"op": "create", "records": rows}).data["ids"]
    amended = door.post(
        "/customer/bulk",
        {"op": "update", "ids": ids, "add": {"tags": ["展会"]}, "remove": {"tags": ["老客户"]}},
    )
    assert amended.data["affected"] == 2, amended.data
    assert [door.get(f"/customer/{i}").data["tags"] for i in ids] == [["展会"], ["展会"]]

    undo = {"op": "undo", "batch": amended.data["batch"]}
    assert firm.door(firm.add("李雷")).post("/customer/bulk", undo).status_code == 404
    assert door.post("/customer/bulk", undo).data["affected"] == 2
    assert [door.get(f"/customer/{i}").data["tags"] for i in ids] == [["老客户"], None]
    by_name = door.post("/customer/bulk", {"op": "update", "ids": ids, "add": {"name": "x"}})
    assert by_name.data["errors"][0]["code"] == "not_a_list"


def test_records_can_be_filtered_by_their_ids_and_history_by_a_field(firm: Firm) -> None:
    door = firm.door()
    one, other = (door.post("/customer", {"name": name}).data["id"] for name in ("甲", "乙"))
    found = door.post("/customer/query", {"filter": {"field": "id", "op": "in", "value": [one]}})
    assert [row["id"] for row in found.data["data"]] == [one]
    everything = door.post("/customer/query", {"filter": {"field": "id", "op": "is_not_empty"}})
    assert {row["id"] for row in everything.data["data"]} == {one, other}
    door.patch(f"/customer/{one}", {"description": "备注", "version": 1})
    entries = door.get(f"/customer/{one}/history?field=description").data["data"]
    assert [entry["action"] for entry in entries] == ["update"]
    assert door.get(f"/customer/{one}/history?field=nothing").status_code == 422


def test_groups_are_paged_each_once_and_in_one_order(firm: Firm) -> None:
    door = firm.door()
    days = [f"2026-03-0{n}" for n in range(1, 8)]
    for day in days:
        assert door.post("/opportunity", {"name": day, "expected_close_date": day}).status_code == 201
    asked = {"group": [{"field": "expected_close_date", "bucket": "day"}], "sort": "-count", "limit": 3}
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        answer = door.post("/opportunity/query", {**asked, "cursor": cursor})
        assert answer.status_code == 200, answer.data
        seen += [row["keys"]["expected_close_date"] for row in answer.data["data"]]
        assert (answer.data["page"]["count"] is None) == (cursor is not None)
        cursor = answer.data["page"]["next"] or cursor
    assert answer.data["page"]["next"] is None
    assert seen == days
    for other in ({**asked, "group": ["stage"]}, {**asked, "sort": "count"}, {"sort": "name"}):
        assert door.post("/opportunity/query", {**other, "cursor": cursor}).status_code == 422


def test_a_hit_shows_the_field_that_it_was_found_by(firm: Firm) -> None:
    door = firm.door()
    made = door.post("/meta/objects/customer/fields",
                     {"key": "plate", "type": "text", "label": "车牌", "searchable": True})  # fmt: skip
    assert made.status_code == 201, made.data
    story = "前面的话。" * 30 + "约在翠亨新区的旧厂房见面" + "后面的话。" * 30
    row = {"name": "恒拓", "plate": "粤T88X61", "email": "caigou@hengtuo.cn", "description": story}
    assert door.post("/customer", row).status_code == 201

    def marked(q: str) -> list[tuple[str, str]]:
        hits = door.get(f"/search?q={q}").data["data"]
        return [
            (h["field"], h["text"][a:b]) for hit in hits for h in hit["highlights"] for a, b in h["ranges"]
        ]

    assert marked("恒拓") == [("title", "恒拓")]
    assert marked("caigou") == [("email", "caigou")]
    assert marked("粤T88") == [("plate", "粤T88")]
    assert marked("翠亨新区") == [("description", "翠亨新区")]
    text = door.get("/search?q=翠亨新区").data["data"][0]["highlights"][0]["text"]
    assert len(text) < 130
    assert text.startswith("…")


def test_everything_that_is_wrong_is_told_at_once(firm: Firm) -> None:
    door = firm.door()
    assert door.post("/opportunity", {"name": "甲", "number": "N-1"}).status_code == 201
    wrong = door.post("/opportunity", {"number": "n-1", "amount": "many", "contact": str(firm.workspace.id)})
    assert wrong.status_code == 422
    told = {error["field"]: error["code"] for error in wrong.data["errors"]}
    assert told == {
        "name": "required", "number": "not_unique", "amount": "wrong_type", "contact": "unknown_record"
    }  # fmt: skip
    other = door.post("/opportunity", {"name": "乙", "number": "N-2"}).data
    changed = door.patch(f"/opportunity/{other['id']}", {"number": "N-1", "amount": "many", "version": 1})
    assert {error["field"] for error in changed.data["errors"]} == {"number", "amount"}
    kept = door.patch(f"/opportunity/{other['id']}", {"number": "N-2", "amount": "many", "version": 1})
    assert {error["field"] for error in kept.data["errors"]} == {"amount"}

    rows = [{"name": "丙"}, {"amount": "many"}, {"name": "丁", "number": "N-1", "zz": 1}, 5]
    many = door.post("/opportunity/bulk", {"op": "create", "records": rows})
    assert {(error["field"], error["code"]) for error in many.data["errors"]} == {
        ("records.1.amount", "wrong_type"), ("records.1.name", "required"),
        ("records.2.zz", "unknown_field"), ("records.2.number", "not_unique"),
        ("records.3", "wrong_type"), ("records.3.name", "required"),
    }  # fmt: skip
    assert door.get("/opportunity?q=丙").data["data"] == []
