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
