"""Which records are compared at all: those that share a key in one of the rule's passes.

*How it works*: each pass maps keys to the nodes that have them. A block of up to MAX_BLOCK nodes is compared
each with each; in a larger one (a name that everybody has) the nodes are sorted and each is compared with the
next WINDOW of them (sorted neighbourhood, Hernández and Stolfo 1995), so that no value makes work grow with
the square of its frequency.

*Rules*: at most `max_pairs` pairs; what was cut is counted in `Capped`, never silent (but for loose passes, whose
large blocks are chance).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from guanxi.kit.matching.evidence import Pass, Rule, Value

MAX_BLOCK = 40
WINDOW = 8
MAX_LOOSE = 8
LOOSE_WINDOW = 3
MAX_PAIRS = 3_000_000


@dataclass(slots=True)
class Capped:
    """What was not compared: blocks that were too large, and whether the pairs ran out."""

    blocks: int = 0
    pairs: int = 0
    largest: int = 0
    ran_out: bool = False

    def count(self, size: int, window: int) -> None:
        """A block of `size` was compared within a window only."""
        self.blocks += 1
        self.largest = max(self.largest, size)
        self.pairs += size * (size - 1) // 2 - (window * size - window * (window + 1) // 2)

    def as_json(self) -> dict[str, object]:
        """For files and answers."""
        return {
            "blocks": self.blocks,
            "pairs": self.pairs,
            "largest_block": self.largest,
            "ran_out": self.ran_out,
        }


def candidates(
    rule: Rule, nodes: Sequence[Sequence[Value]], capped: Capped, *, max_pairs: int = MAX_PAIRS
) -> Iterator[tuple[int, int, bool]]:
    """Pairs of positions (a < b), each once, and whether only a loose pass brought them together."""
    count = len(nodes)
    known: set[int] = set()
    order: list[str] = []
    for step in rule.passes:
        for members in _blocks(step, nodes):
            size = len(members)
            reach = size
            if size > (MAX_LOOSE if step.loose else MAX_BLOCK):
                order = order or [rule.order(node) for node in nodes]
                members.sort(key=order.__getitem__)
                window = LOOSE_WINDOW if step.loose else WINDOW
                reach = window + 1
                if not step.loose:
                    capped.count(size, window)
            for i, a in enumerate(members):
                for b in members[i + 1 : i + reach]:
                    mark = a * count + b if a < b else b * count + a
                    if mark in known:
                        continue
                    if len(known) >= max_pairs:
                        capped.ran_out = True
                        return
                    known.add(mark)
                    yield (a, b, step.loose) if a < b else (b, a, step.loose)


def _blocks(step: Pass, nodes: Sequence[Sequence[Value]]) -> Iterator[list[int]]:
    """The positions that share a key, of two and more."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for position, node in enumerate(nodes):
        for key in dict.fromkeys(step.keys(node)):
            blocks[key].append(position)
    return (members for members in blocks.values() if len(members) > 1)
