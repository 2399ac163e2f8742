"""Every object: what an export holds, an import recognises by its headers and finds unchanged."""

import pytest

from tests.battery.world import World, object_keys
from tests.engine.transfer.desk import Desk

NOT_IN_SHEETS = {"files", "file", "image", "sub_table", "json", "serial"}
"""Types that a cell of a sheet holds for reading only."""


@pytest.mark.parametrize("key", object_keys())
def test_what_an_export_holds_an_import_finds_unchanged(world: World, key: str) -> None:
    made = world.boss.post(f"/{key}", world.draft(key))
    assert made.status_code == 201, made.data
    desk = Desk(world.boss)
    content = desk.export(
        object=key, format="csv", filter={"field": "id", "op": "is", "value": made.data["id"]}
    )
    job = desk.draft(key, content)
    title = world.meta[key]["title_field"]
    mapped = {
        field if isinstance(field, str) else field["field"] for field in job["mapping"].values() if field
    }
    wanted = {
        f["key"] for f in world.fields(key) if f["type"] not in NOT_IN_SHEETS and f["declared"] == f["type"]
    }
    assert mapped >= wanted, (wanted - mapped, [column["header"] for column in job["columns"]])
    done = desk.run(desk.change(job["id"], options={"mode": "update", "key": [title]}))
    assert done["counts"] == {"created": 0, "updated": 0, "refused": 0, "unchanged": 1, "fixed": 0}, (
        desk.rows(done)
    )
