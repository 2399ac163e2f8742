"""The books of a drill: what was sent and answered, against what is there afterwards; and its report.

*How it works*: every write carries a mark of its own. Before it is sent the mark is noted as sent; an answer
makes it acknowledged (2xx) or refused (4xx); a broken connection leaves it open. Afterwards the marks that
the product holds are counted against that.

* **lost**: acknowledged, and not there
* **doubled**: there more than once
* **foreign**: there, though never sent, refused, or another firm's
"""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Counts:
    """What the books say of one kind of write."""

    acknowledged: int = 0
    refused: int = 0
    open: int = 0
    found: int = 0
    lost: int = 0
    doubled: int = 0
    foreign: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.foreign)


class Ledger:
    """The book of one kind of write; any number of threads write in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: dict[str, str] = {}

    def sent(self, mark: str) -> None:
        """A write with this mark is about to be sent."""
        with self._lock:
            self._state.setdefault(mark, "open")

    def acknowledged(self, mark: str) -> None:
        """The product said it is done."""
        with self._lock:
            self._state[mark] = "acknowledged"

    def refused(self, mark: str) -> None:
        """The product said that it did not do it."""
        with self._lock:
            self._state[mark] = "refused"

    def __len__(self) -> int:
        with self._lock:
            return sum(1 for state in self._state.values() if state == "acknowledged")

    def settle(self, found: Iterable[str]) -> Counts:
        """Count what was found afterwards."""
        there = Counter(found)
        with self._lock:
            state = dict(self._state)
        of = Counter(state.values())
        done = {mark for mark, how in state.items() if how == "acknowledged"}
        allowed = {mark for mark, how in state.items() if how != "refused"}
        return Counts(
            acknowledged=of["acknowledged"], refused=of["refused"], open=of["open"], found=there.total(),
            lost=len(done - set(there)),
            doubled=sum(1 for times in there.values() if times > 1),
            foreign=len(set(there) - allowed),
        )  # fmt: skip


@dataclass
class Report:
    """What a drill found."""

    name: str
    rounds: int
    books: dict[str, Counts] = field(default_factory=dict)
    figures: dict[str, float | int | str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Nothing lost, doubled or foreign, and nothing else amiss."""
        return not self.faults and all(counts.is_clean for counts in self.books.values())

    def expect(self, holds: bool, otherwise: str) -> None:
        """Note a fault unless something holds."""
        if not holds:
            self.faults.append(otherwise)

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON."""
        return asdict(self) | {"good": self.is_good}

    def table(self) -> str:
        """The books as a table, the figures, and what is amiss."""
        heads = ("acknowledged", "refused", "open", "found", "lost", "doubled", "foreign")
        lines = [f"{self.name}: {self.rounds:,} rounds, {'good' if self.is_good else 'NOT GOOD'}"]
        if self.books:
            lines.append(f"  {'':<22}" + "".join(f"{head:>14}" for head in heads))
        for kind, counts in self.books.items():
            said = asdict(counts)
            lines.append(f"  {kind:<22}" + "".join(f"{said[head]:>14,}" for head in heads))
        lines += [f"  {key}: {value}" for key, value in self.figures.items()]
        lines += [f"  ✗ {fault}" for fault in self.faults[:20]]
        if len(self.faults) > 20:
            lines.append(f"  ✗ … and {len(self.faults) - 20} more")
        return "\n".join(lines)
