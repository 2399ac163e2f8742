"""Numbers, sums and dates of fields of one's own are encrypted like texts."""

from typing import Any

import pytest

from tests.engine.vault.test_sensitive_fields import Deliver, encrypt, found, holders_of, query
from tests.firms import Door, Firm


@pytest.fixture
def door(firm: Firm) -> Door:
    made = firm.door()
    assert made.post("/meta/objects", {"key": "thing", "label": "Thing"}).status_code == 201
    return made


@pytest.mark.parametrize(
    ("kind", "config", "values", "words", "other", "refused"),
    [
        ("date", {}, ("1987-06-05", "1991-12-24"), ("1987-06-05", "1991-12-24"), "1987-06-05", ("before", "1990-01-01")),
        ("number", {"decimals": 2}, (87654.25, 91234), ("87654.25", "91234"), "87654.250", ("gt", 5)),
        ("money", {}, (87654.25, 91234.5), ("87654.25", "91234.5"), "87654.25", ("gt", 5)),
    ],
)  # fmt: skip
def test_numbers_and_dates_of_ones_own_are_encrypted_too(
    firm: Firm, door: Door, deliver: Deliver, kind: str, config: dict[str, Any], values: tuple[Any, ...],
    words: tuple[str, ...], other: Any, refused: tuple[str, Any],
) -> None:  # fmt: skip
    path = "/meta/objects/thing/fields/secret"
    body = {"key": "secret", "type": kind, "label": "Secret", "config": config}
    assert door.post("/meta/objects/thing/fields", body).status_code == 201
    ids = [door.post("/thing", {"name": "甲", "secret": value}).data["id"] for value in (*values, None)]
    door.patch(f"/thing/{ids[0]}", {"secret": values[1], "version": 1})
    door.patch(f"/thing/{ids[0]}", {"secret": values[0], "version": 2})
    assert {line.split(":")[0] for line in holders_of(firm, *words)} >= {"custom_record", "journal_entry"}
    encrypt(door, deliver, path)
    ids.append(door.post("/thing", {"name": "乙", "secret": values[0]}).data["id"])
    assert holders_of(firm, *words) == []
    assert [door.get(f"/thing/{i}").data["secret"] for i in ids] == [values[0], values[1], None, values[0]]
    assert found(door, "thing", {"field": "secret", "op": "is", "value": other}) == {ids[0], ids[3]}
    assert found(door, "thing", {"field": "secret", "op": "is_empty"}) == {ids[2]}
    op, value = refused
    assert query(door, "thing", {"field": "secret", "op": op, "value": value}).status_code == 422
    assert query(door, "thing", None, sort="secret").status_code == 422
    told = [(c["old"], c["new"]) for e in door.get(f"/thing/{ids[0]}/history").data["data"] for c in e["changes"]
            if c["field"] == "secret"]  # fmt: skip
    assert told == [(values[1], values[0]), (values[0], values[1]), (None, values[0])]
    encrypt(door, deliver, path, on=False)
    assert [door.get(f"/thing/{i}").data["secret"] for i in ids] == [values[0], values[1], None, values[0]]
    assert found(door, "thing", {"field": "secret", "op": op, "value": value})
