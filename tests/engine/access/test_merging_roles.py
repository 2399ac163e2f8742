"""Roles add up: the widest cell wins, and a silent role takes nobody's mask away."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.access.rules import (
    ANY,
    FIELD_RIGHTS,
    SCOPES,
    SWITCHED,
    VERBS,
    FieldRight,
    Kind,
    Merged,
    Rights,
    Scope,
    read_rights,
)

OBJECTS = ("customer", "contact", "deal")
FIELDS = ("phone", "email")
KINDS = [Kind(key, key) for key in OBJECTS] + [Kind("product", "product", shared=True)]


def _line() -> Any:
    return st.dictionaries(st.sampled_from(VERBS), st.sampled_from(sorted(SCOPES))).map(
        lambda line: {k: v != "none" if k in SWITCHED else v for k, v in line.items()}
    )


roles = st.fixed_dictionaries(
    {
        "objects": st.dictionaries(st.sampled_from((*OBJECTS, "product", ANY)), _line()),
        "fields": st.dictionaries(
            st.sampled_from(OBJECTS),
            st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(sorted(FIELD_RIGHTS))),
        ),
        "actions": st.dictionaries(st.sampled_from(("convert", "assign")), st.booleans()),
        "areas": st.lists(st.sampled_from(("roles", "audit", "schema"))),
    }
).map(read_rights)
some = st.lists(roles, max_size=4)


def _merged(given_roles: list[Rights]) -> Merged:
    return Merged((f"r{i}", rights) for i, rights in enumerate(given_roles))


def _everything(merged: Merged) -> Any:
    cells = {(k, v): merged.cell(k, v).scope for k in KINDS for v in VERBS}
    fields = {(k, f): merged.field_right(k, f)[0] for k in KINDS for f in FIELDS}
    acts = {(k, a): bool(merged.acts(k, a, "edit")) for k in KINDS for a in ("convert", "assign")}
    return cells, fields, acts, merged.areas


@given(some)
def test_the_order_of_roles_and_having_one_twice_change_nothing(given_roles: list[Rights]) -> None:
    assert _everything(_merged(given_roles)) == _everything(_merged(given_roles[::-1]))
    assert _everything(_merged(given_roles)) == _everything(_merged(given_roles * 2))


@given(some, roles)
def test_a_further_role_never_takes_anything_away(given_roles: list[Rights], more: Rights) -> None:
    less, wider = _merged(given_roles), _merged([*given_roles, more])
    for kind in KINDS:
        for verb in VERBS:
            assert wider.cell(kind, verb).scope >= less.cell(kind, verb).scope
        for f in FIELDS:
            assert wider.field_right(kind, f)[0] >= less.field_right(kind, f)[0]
    assert wider.areas >= less.areas


@given(some)
def test_each_cell_names_roles_that_give_it_by_themselves(given_roles: list[Rights]) -> None:
    merged = _merged(given_roles)
    for kind in KINDS:
        for verb in VERBS:
            cell = merged.cell(kind, verb)
            assert bool(cell.sources) == bool(cell.scope)
            for key in cell.sources:
                alone = _merged([given_roles[int(key[1:])]])
                assert alone.cell(kind, verb).scope == cell.scope
            assert cell.scope == max(
                (_merged([r]).cell(kind, verb).scope for r in given_roles), default=Scope.NONE
            )


@given(some)
def test_nothing_can_be_done_with_what_is_not_seen(given_roles: list[Rights]) -> None:
    merged = _merged(given_roles)
    for kind in KINDS:
        if not merged.cell(kind, "see").scope:
            assert not any(merged.cell(kind, verb).scope for verb in VERBS)
            assert all(merged.field_right(kind, f)[0] is FieldRight.HIDDEN for f in FIELDS)
            assert not merged.acts(kind, "convert", "edit")


def test_a_role_that_does_not_see_an_object_leaves_anothers_mask_on() -> None:
    masks = read_rights(
        {"objects": {"contact": {"see": "all", "edit": "all"}}, "fields": {"contact": {"phone": "masked"}}}
    )
    blind = read_rights({"objects": {"deal": {"see": "all", "edit": "all"}}})
    reads = read_rights({"objects": {"contact": {"see": "own"}}})
    kind = Kind("contact", "contact")
    assert _merged([masks, blind]).field_right(kind, "phone") == (FieldRight.MASKED, ("r0",))
    assert _merged([masks, reads]).field_right(kind, "phone") == (FieldRight.READ, ("r1",))
    assert _merged([masks]).field_right(kind, "email") == (FieldRight.EDIT, ("r0",))
