"""What a query should answer, in plain Python: filters, order, groups and measures over a list of dicts.

Values are those of the API. Empty is None (or no entry); a negation holds for what is empty, a comparison
does not; texts compare without case where people search them (`contains`) and exactly where they name them.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.kit.relative_dates import resolve, start_of, window

Row = dict[str, Any]
NEGATIONS = {"is_not": "is", "not_in": "in", "not_contains": "contains", "has_none": "has_any"}
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, other: value == other,
    "gt": lambda value, other: value > other,
    "gte": lambda value, other: value >= other,
    "lt": lambda value, other: value < other,
    "lte": lambda value, other: value <= other,
    "in": lambda value, others: value in others,
    "between": lambda value, pair: pair[0] <= value <= pair[1],
    "contains": lambda value, piece: _folded(piece) in _folded(value),
    "starts_with": lambda value, piece: _folded(value).startswith(_folded(piece)),
    "has_any": lambda value, others: bool(set(value) & set(others)),
    "has_all": lambda value, others: set(value) >= set(others),
}


class Oracle:
    """The rules of one workspace at one moment; `kinds` names the type of each field."""

    def __init__(self, kinds: dict[str, str], zone: ZoneInfo, now: datetime) -> None:
        self.kinds = kinds
        self.zone = zone
        self.now = now

    def holds(self, tree: Any, row: Row) -> bool:
        """Whether a record fits a filter tree."""
        if isinstance(tree, list):
            return all(self.holds(part, row) for part in tree)
        if "and" in tree:
            return all(self.holds(part, row) for part in tree["and"])
        if "or" in tree:
            return any(self.holds(part, row) for part in tree["or"])
        if "not" in tree:
            return not self.holds(tree["not"], row)
        return self._leaf(tree["field"], tree["op"], tree.get("value"), row.get(tree["field"]))

    def ordered(self, rows: list[Row], sorts: list[str]) -> list[str]:
        """The ids in the order of the sort keys: empty ones last, ties by id in the first key's direction."""
        first_descends = sorts[0].startswith("-")
        found = sorted(rows, key=lambda row: row["id"], reverse=first_descends)
        for item in reversed(sorts):
            name = item.lstrip("-")
            full = [row for row in found if row.get(name) is not None]
            empty = [row for row in found if row.get(name) is None]
            full.sort(
                key=lambda row, name=name: self._sortable(name, row[name]), reverse=item.startswith("-")
            )
            found = full + empty
        return [row["id"] for row in found]

    def groups(
        self, rows: list[Row], keys: list[tuple[str, str | None]], summed: str
    ) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """By key values: the count and the sum, least, greatest and middle of a number."""
        members: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in rows:
            members[tuple(self._bucket(name, bucket, row.get(name)) for name, bucket in keys)].append(row)
        found = {}
        for key, group in members.items():
            numbers = [Decimal(str(row[summed])) for row in group if row.get(summed) is not None]
            total = sum(numbers) if numbers else None
            middle = round(median(numbers), 6) if numbers else None
            found[key] = (len(group), total, min(numbers, default=None), max(numbers, default=None), middle)
        return found

    def _leaf(self, name: str, op: str, operand: Any, value: Any) -> bool:
        if op in NEGATIONS:
            return not self._leaf(name, NEGATIONS[op], operand, value)
        kind = self.kinds[name]
        if kind == "boolean":
            return bool(value) == operand
        if op in ("is_empty", "is_not_empty"):
            return (value is None) == (op == "is_empty")
        if value is None:
            return False
        if kind in ("date", "datetime"):
            return self._in_time(kind, op, operand, value)
        if kind in ("number", "decimal", "money", "rating"):
            operand = (
                [Decimal(str(item)) for item in operand]
                if isinstance(operand, list)
                else Decimal(str(operand))
            )
            value = Decimal(str(value))
        return COMPARED[op](value, operand)

    def _in_time(self, kind: str, op: str, operand: Any, value: str) -> bool:
        moment = date.fromisoformat(value) if kind == "date" else datetime.fromisoformat(value)
        if op == "within":
            first, after = window(operand, self.now, self.zone)
            start, end = self._start(kind, first), self._start(kind, after)
        elif op == "between":
            start, end = self._stretch(kind, operand[0])[0], self._stretch(kind, operand[1])[1]
        else:
            start, end = self._stretch(kind, operand)
        return {
            "before": moment < start, "after": moment >= end, "on_or_before": moment < end, "on_or_after": moment >= start,
        }.get(op, start <= moment < end)  # fmt: skip

    def _stretch(self, kind: str, given: Any) -> tuple[Any, Any]:
        if isinstance(given, dict):
            found = resolve(given["relative"], self.now, self.zone)
        else:
            found = date.fromisoformat(given) if len(given) == 10 else datetime.fromisoformat(given)
        if isinstance(found, datetime):
            if kind == "datetime":
                return found, found + timedelta(microseconds=1)
            found = found.astimezone(self.zone).date()
        return self._start(kind, found), self._start(kind, found + timedelta(days=1))

    def _start(self, kind: str, day: date) -> Any:
        return day if kind == "date" else datetime.combine(day, time(), self.zone).astimezone(UTC)

    def _bucket(self, name: str, bucket: str | None, value: Any) -> Any:
        if self.kinds[name] == "boolean" or bucket is None or value is None:
            return value
        day = (
            date.fromisoformat(value)
            if len(value) == 10
            else datetime.fromisoformat(value).astimezone(self.zone).date()
        )
        return start_of(bucket, day).isoformat()

    def _sortable(self, name: str, value: Any) -> Any:
        if self.kinds[name] in ("number", "decimal", "money", "rating"):
            return Decimal(str(value))
        return datetime.fromisoformat(value) if self.kinds[name] == "datetime" else value


def _folded(text: str) -> str:
    return text.lower()
