"""The big list of naughty strings through the record doors: made, read, found by filter, and told unchanged.

But for what turns the direction of writing around, which no text keeps (kit/bidi.py).
"""

import json

import pytest

from guanxi.kit.bidi import strip_bidi
from tests.battery.world import World
from tests.engine.transfer.data import data_folder


@pytest.mark.realdata
@pytest.mark.asvs("1.1.1", "1.1.2")
def test_naughty_strings_are_kept_read_and_found_exactly(world: World) -> None:
    naughty = json.loads((data_folder("torture/blns") / "blns.json").read_text(encoding="utf-8"))
    texts = [
        text
        for text in dict.fromkeys(naughty)
        if strip_bidi(text).strip() and "\x00" not in text and len(text) <= 1000
    ]
    assert len(texts) > 400
    rows = [{"name": f"{number}", "f_long_text": text} for number, text in enumerate(texts)]
    made = world.boss.post("/gadget/bulk", {"op": "create", "records": rows})
    assert made.status_code == 200, made.data["errors"][:3]
    for record_id, text in zip(made.data["ids"], texts, strict=True):
        assert (
            world.boss.get(f"/gadget/{record_id}?fields=f_long_text").data["f_long_text"]
            == strip_bidi(text).strip()
        ), text
    for record_id, text in list(zip(made.data["ids"], texts, strict=True))[::7]:
        tree = {"field": "f_long_text", "op": "contains", "value": text}
        found = world.boss.post("/gadget/query", {"filter": tree, "fields": [], "limit": 200, "count": False})
        assert found.status_code == 200, (text, found.data)
        assert (
            text != text.strip()
            or record_id in {row["id"] for row in found.data["data"]}
            or found.data["page"]["next"]
        ), text
        assert world.boss.post("/gadget/query", {"q": text[:200]}).status_code in (200, 422), text
