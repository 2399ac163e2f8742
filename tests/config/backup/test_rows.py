"""Rows are counted and summed up the same in any order; one that is altered or lost shows."""

from hypothesis import given
from hypothesis import strategies as st

from guanxi.config.backup.rows import SIGNATURE, TRAILER, Packer, RowFrame, Sum, batches, rows_of

rows_given = st.lists(st.binary(min_size=2, max_size=40).filter(lambda row: row != TRAILER), max_size=30)


def _sum(rows: list[bytes]) -> Sum:
    summed = Sum()
    for batch in batches(rows):
        summed.add(batch)
    return summed


@given(rows_given, st.randoms())
def test_the_order_does_not_matter(rows: list[bytes], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _sum(shuffled) == _sum(rows)
    assert _sum(rows).rows == len(rows)


@given(rows_given.filter(bool), st.data())
def test_a_row_lost_doubled_or_altered_shows(rows: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    for other in (
        rows[:at] + rows[at + 1 :],
        [*rows, rows[at]],
        [*rows[:at], rows[at] + b"x", *rows[at + 1 :]],
    ):
        assert _sum(other) != _sum(rows)


@given(rows_given)
def test_frames_give_back_the_rows_and_what_copy_takes(rows: list[bytes]) -> None:
    packer = Packer(7)
    assert packer.add(rows) is None
    frame = packer.rest()
    assert packer.rest() is None
    if frame is None:
        assert not rows
        return
    read = RowFrame.read(b"".join(frame))
    assert (read.number, read.count, read.rows()) == (7, len(rows), rows)
    assert bytes(read.data) == b"".join(rows)


@given(rows_given)
def test_the_head_of_a_copy_is_no_row_alone_or_with_the_first(rows: list[bytes]) -> None:
    assert list(rows_of([SIGNATURE, *rows, TRAILER])) == rows
    if rows:
        assert list(rows_of([SIGNATURE + rows[0], *rows[1:], TRAILER])) == rows
