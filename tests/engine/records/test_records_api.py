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
        made = door.post("/opportunity", {"name": name, "stage": stage, "amount": amount, "loss_reason": "price"})
        assert made.status_code == 201, made.data
    body = {"group": ["stage"], "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}], "sort": "-sum_amount"}
    answer = door.post("/opportunity/query", body)
    assert answer.status_code == 200, answer.data
    rows = [(row["keys"]["stage"], row["labels"]["stage"]["en"], row["values"]) for row in answer.data["data"]]
    assert rows == [
        ("won", "Won", {"count": 2, "sum_amount": 150.5}),
        ("lost", "Lost", {"count": 1, "sum_amount": 7}),
    ]
