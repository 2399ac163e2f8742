"""Who looks after people does not shut out administrators, and no officer widens the role they have."""

from typing import Any

import pytest

from tests.engine.access.people import ALL, NOTHING, give, make_role, person_with
from tests.firms import Firm, code_of


@pytest.mark.parametrize("of", ["administrator", "officer"])
def test_who_looks_after_people_shuts_out_nobody_who_looks_after_more(firm: Firm, of: str) -> None:
    boss = firm.door()
    make_role(boss, "people", objects={"*": NOTHING}, areas=["members"])
    make_role(boss, "officer", objects={"*": NOTHING}, areas=["security"])
    hers, above, colleague = person_with(firm, boss, "people"), firm.add("老赵"), firm.add("小钱")
    give(
        boss, above, *(["officer"] if of == "officer" else []), base="limited" if of == "officer" else "admin"
    )

    changes: list[dict[str, Any]] = [{"status": "disabled"}, {"name": "甲"}, {"team": None}]
    for change in changes:
        refused = hers.patch(f"/members/{above.id}", change)
        assert (refused.status_code, code_of(refused)) == (403, "looks_after_more"), change
    leaving = hers.post(f"/members/{above.id}/hand-over", {"to": [str(colleague.id)], "deactivate": True})
    assert leaving.status_code == 403
    told = boss.get(f"/members/{above.id}").data
    assert (told["status"], told["name"]) == ("active", "老赵")

    assert boss.patch(f"/members/{above.id}", {"status": "disabled"}).status_code == 200
    assert hers.patch(f"/members/{above.id}", {"status": "active"}).status_code == 403
    assert hers.patch(f"/members/{colleague.id}", {"status": "disabled"}).status_code == 200


def test_with_duties_separated_nobody_gives_more_to_a_role_of_their_own(firm: Firm) -> None:
    boss = firm.door()
    given: dict[str, Any] = {"objects": {"*": NOTHING}, "areas": ["roles", "security"]}
    make_role(boss, "officer", **given)
    officer = person_with(firm, boss, "officer")
    wider: list[dict[str, Any]] = [
        {**given, "areas": ["audit", "roles", "security"]},
        {**given, "objects": {"*": ALL}},
        {**given, "objects": {"*": NOTHING, "customer": {**NOTHING, "see": "own"}}},
    ]
    assert officer.patch("/roles/officer", {"version": 1, "rights": wider[0]}).status_code == 200
    assert boss.patch("/roles/officer", {"version": 2, "rights": given}).status_code == 200
    assert boss.patch("/access/settings", {"separate_duties": True}).status_code == 200
    for rights in wider:
        refused = officer.patch("/roles/officer", {"version": 3, "rights": rights})
        assert (refused.status_code, code_of(refused)) == (403, "own_roles"), rights
    assert officer.get("/audit").status_code == 403
    assert officer.get("/customer").status_code == 404
    assert officer.get("/roles/officer").data["version"] == 3

    less = {**given, "areas": ["roles"]}
    assert officer.patch("/roles/officer", {"version": 3, "rights": less}).status_code == 200
    made = officer.post(
        "/roles", {"key": "others", "name": {"en": "Others"}, "rights": {"objects": {"*": ALL}}}
    )
    assert made.status_code == 201
