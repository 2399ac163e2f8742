"""Keyset cursors: where a page ended, so that the next one starts there at the price of the first.

*How it works*: the order of a page is its sort keys, nulls last, and then the id. A cursor holds the
key values of the last row and a mark of the order it belongs to. `after` turns it into a predicate:
for the usual order (one key, or none, that is never NULL) a row comparison that an index serves; for
the rest the lexicographic expansion.

Of groups, which are computed as a whole, a cursor is a place among them.

*Rules*: a cursor is no secret and no permission; it is checked like any input and refused (422) when
it does not belong to the order asked for.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any

from guanxi.kit.errors import invalid
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.sql import Sql, all_of, any_of, join, sql
from guanxi.kit.text import Text

BAD_CURSOR = Text(
    "这个翻页标记不对，请从第一页开始。", "This cursor is not valid. Start from the first page."
)


MAX_PLACE = 100_000


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of the order: its SQL, the type to cast cursor values to, direction, nullability."""

    expression: Sql
    cast: str
    descending: bool
    nullable: bool


def order_by(keys: list[OrderKey]) -> Sql:
    """ORDER BY with nulls last in both directions."""
    pieces = []
    for key in keys:
        ending = " DESC" if key.descending else " ASC"
        pieces.append(key.expression + ending + (" NULLS LAST" if key.nullable else ""))
    return Sql("ORDER BY ") + join(pieces)


def encode(keys: list[OrderKey], values: tuple[Any, ...]) -> str:
    """The cursor after a row with these key values (texts as PostgreSQL writes them)."""
    return _packed([_mark(keys), *values])


def decode(keys: list[OrderKey], cursor: str) -> list[Any]:
    """The key values in a cursor of this order; raises Invalid."""
    found = _unpacked(cursor)
    if len(found) != len(keys) + 1 or found[0] != _mark(keys):
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    if any(not (value is None or (isinstance(value, str) and "\x00" not in value)) for value in found[1:]):
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return found[1:]


def encode_place(mark: str, place: int) -> str:
    """The cursor of what begins at `place` among rows whose order has this mark."""
    return _packed([mark, place])


def decode_place(mark: str, cursor: str) -> int:
    """The place in a cursor of the order with this mark; raises Invalid."""
    found = _unpacked(cursor)
    if len(found) != 2 or found[0] != mark or type(found[1]) is not int or not 0 < found[1] <= MAX_PLACE:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return found[1]


def mark_of(order: str) -> str:
    """The mark of an order, by which a cursor is known to belong to it."""
    return hashlib.blake2s(order.encode(), digest_size=6).hexdigest()


def after(keys: list[OrderKey], values: list[Any]) -> Sql:
    """The predicate of the rows that come after the cursor's."""
    if not any(key.nullable for key in keys) and len({key.descending for key in keys}) == 1:
        left = join(key.expression for key in keys)
        right = join(_param(key, value) for key, value in zip(keys, values, strict=True))
        return sql("({}) " + ("<" if keys[0].descending else ">") + " ({})", left, right)
    ways = []
    for i, key in enumerate(keys):
        same = [_equal(k, v) for k, v in zip(keys[:i], values[:i], strict=True)]
        further = _beyond(key, values[i])
        if further is not None:
            ways.append(all_of([*same, further]))
    return any_of(ways)


def _equal(key: OrderKey, value: Any) -> Sql:
    if value is None:
        return key.expression + " IS NULL"
    return sql("{} = {}", key.expression, _param(key, value))


def _beyond(key: OrderKey, value: Any) -> Sql | None:
    if value is None:
        return None  # nulls come last: nothing lies beyond them in this key
    compared = sql("{} " + ("<" if key.descending else ">") + " {}", key.expression, _param(key, value))
    return any_of([compared, key.expression + " IS NULL"]) if key.nullable else compared


def _param(key: OrderKey, value: Any) -> Sql:
    return Sql(f"%s::{key.cast}", (value,))


def _mark(keys: list[OrderKey]) -> str:
    order = "|".join(f"{key.expression.text}{key.expression.params}{key.descending}" for key in keys)
    return mark_of(order)


def _packed(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(dumps(parts)).decode().rstrip("=")


def _unpacked(cursor: str) -> list[Any]:
    try:
        found = loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise invalid("cursor", "bad_cursor", BAD_CURSOR) from None
    if not isinstance(found, list):
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return found
