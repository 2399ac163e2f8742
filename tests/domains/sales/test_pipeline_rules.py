"""What a deal passes on its way, whatever the stages."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.pipeline.rules import Place, may_go_back, move, split, unticked


@st.composite
def _pipelines(draw: st.DrawFn) -> list[Place]:
    backs = st.sampled_from([{}, {"back": "previous"}, {"back": "none"}])
    way = [Place(f"s{n}", "open", "p", draw(backs)) for n in range(draw(st.integers(1, 6)))]
    other = [Place("o", "open", "q")]
    return [*way, Place("won", "won", "p", draw(backs)), Place("lost", "lost", "p"), *other]


@given(_pipelines(), st.data())
def test_no_gate_on_the_way_is_jumped_over(places: list[Place], data: st.DataObject) -> None:
    own = [p for p in places if p.pipeline == "p"]
    way = [p for p in own if p.kind == "open"]
    origin, target = data.draw(st.sampled_from(way)), data.draw(st.sampled_from(own))
    found = move(places, origin, target)
    assert found.entered[-1] is target and origin not in found.entered[:-1]
    if target.kind == "lost":
        assert found.entered == (target,) and not found.leaves and not found.is_back
    elif target.kind == "won" or way.index(target) > way.index(origin):
        # One leap asks for just what small steps would.
        steps = (
            [*way[way.index(origin) + 1 :], target]
            if target.kind == "won"
            else way[way.index(origin) + 1 : way.index(target) + 1]
        )
        assert list(found.entered) == steps and found.leaves and not found.is_back
    elif target is not origin:
        assert (
            found.is_back
            and found.entered == (target,)
            and found.steps == way.index(origin) - way.index(target)
        )
        back = origin.guide.get("back", "any")
        assert may_go_back(found) == (back == "any" or (back == "previous" and found.steps == 1))


@given(_pipelines())
def test_a_new_deal_and_one_of_another_pipeline_meet_what_their_stage_asks(places: list[Place]) -> None:
    for target in places:
        assert move(places, None, target).entered == (target,)
        if target.pipeline == "p":
            assert move(places, places[-1], target).entered == (target,)
    won = next(p for p in places if p.kind == "won")
    again = move(places, won, places[0])
    assert again.is_back and again.steps == sum(p.kind == "open" and p.pipeline == "p" for p in places)


def test_only_what_is_required_has_to_be_ticked() -> None:
    items = [{"key": "a"}, {"key": "b", "required": False}, {"key": "c", "required": True}]
    place = Place("s", "open", "p", {"checklist": items})
    assert [item["key"] for item in unticked(place, ["c", "gone"])] == ["a"]
    assert [item["key"] for item in unticked(place, None)] == ["a", "c"]


@st.composite
def _shares(draw: st.DrawFn) -> list[Decimal]:
    """Shares with two decimals that come to 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=6)))
    ends = [0, *cuts, 10_000]
    return [Decimal(b - a).scaleb(-2) for a, b in pairwise(ends)]


@given(_shares(), st.integers(0, 10**15), st.sampled_from([0, 2, 3]))
def test_shares_of_an_amount_come_to_it_and_none_is_a_unit_off(
    shares: list[Decimal], minor: int, places: int
) -> None:
    amount = Decimal(minor).scaleb(-places)
    parts = split(amount, shares, places)
    unit = Decimal(1).scaleb(-places)
    assert sum(parts) == amount
    for part, share in zip(parts, shares, strict=True):
        assert part % unit == 0
        assert abs(part - amount * share / 100) < unit
