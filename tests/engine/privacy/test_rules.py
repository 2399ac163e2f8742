"""What consent means, over every history a person may have: the last word counts, and nothing but consent is consent."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.privacy.rules import (
    ALLOWED,
    BASES,
    CHANNELS,
    CONSENT,
    GENERAL,
    GIVEN,
    REASONS,
    SEPARATE,
    STATES,
    Demand,
    Said,
    judge,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
moments = st.integers(-1000, 0).map(lambda days: NOW + timedelta(days=days))
words = st.builds(
    Said,
    st.sampled_from(STATES),
    moments,
    st.none() | st.integers(-10, 10).map(lambda d: NOW + timedelta(days=d)),
)
places = st.sampled_from(
    [*((channel, GENERAL) for channel in CHANNELS), *((GENERAL, scope) for scope in SEPARATE)]
)
demands = st.builds(
    Demand, st.sampled_from(sorted(BASES)), st.sets(st.sampled_from(sorted(CHANNELS)), min_size=1),
    st.sets(st.sampled_from(sorted(SEPARATE))), st.none() | moments, st.booleans(),
)  # fmt: skip


@given(demands, st.sampled_from(sorted(CHANNELS)), st.dictionaries(places, words))
def test_who_may_be_contacted_has_said_so_or_need_not(
    demand: Demand, channel: str, said: dict[tuple[str, str], Said]
) -> None:
    code, _, _ = judge(demand, channel, said, NOW)
    assert code in REASONS
    if code not in ALLOWED:
        return
    assert channel in demand.channels
    assert not demand.retired
    needed = [(GENERAL, scope) for scope in demand.separate]
    needed += [(channel, GENERAL)] if demand.basis == CONSENT else []
    for place in needed:
        word = said[place]
        assert word.state == GIVEN
        assert word.expires_at is None or word.expires_at > NOW
        assert demand.renewed_at is None or word.at >= demand.renewed_at


@given(demands, st.sampled_from(sorted(CHANNELS)), st.dictionaries(places, words))
def test_a_word_taken_away_never_opens_a_door_that_rests_on_consent(
    demand: Demand, channel: str, said: dict[tuple[str, str], Said]
) -> None:
    if demand.basis != CONSENT or judge(demand, channel, said, NOW)[0] in ALLOWED:
        return
    for place in said:
        less = {key: word for key, word in said.items() if key != place}
        assert judge(demand, channel, less, NOW)[0] not in ALLOWED
