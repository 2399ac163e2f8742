"""Which records are compared at all: those that share a key in one of the rule's passes.

*How it works*: each pass maps keys to the nodes that have them. A block of up to MAX_BLOCK nodes is compared
each with each; in a larger one (a name that everybody has) the nodes are sorted and each is compared with the
next WINDOW of them (sorted neighbourhood, Hernández and Stolfo 1995), so that no value makes work grow with
the square of its frequency.

*Rules*: at most `max_pairs` pairs; what was cut is counted in `Capped`, never silent.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from guanxi.kit.matching.evidence import Rule, Value

MAX_BLOCK = 40
WINDOW = 8
MAX_PAIRS = 4_000_000


@dataclass(slots=True)
class Capped:
    """What was not compared: blocks that were too large, and whether the pairs ran out."""

    blocks: int = 0
    pairs: int = 0
    largest: int = 0
    ran_out: bool = False

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
) -> Iterator[tuple[int, int]]:
    """Pairs of positions (a < b), each once."""
    count = len(nodes)
    known: set[int] = set()
    order: list[str] | None = None
    keyed = [rule.blocks(node) for node in nodes]
    for number in range(max((len(passes) for passes in keyed), default=0)):
        blocks: dict[Hashable, list[int]] = defaultdict(list)
        for position, passes in enumerate(keyed):
            for key in dict.fromkeys(passes[number]):
                blocks[key].append(position)
        for members in blocks.values():
            size = len(members)
            if size < 2:
                continue
            reach = size
            if size > MAX_BLOCK:
                if order is None:
                    order = [rule.order(node) for node in nodes]
                members.sort(key=order.__getitem__)
                reach = WINDOW + 1
                capped.blocks += 1
                capped.largest = max(capped.largest, size)
                capped.pairs += size * (size - 1) // 2 - (WINDOW * size - WINDOW * (WINDOW + 1) // 2)
            for i, a in enumerate(members):
                for b in members[i + 1 : i + reach]:
                    mark = a * count + b if a < b else b * count + a
                    if mark in known:
                        continue
                    if len(known) >= max_pairs:
                        capped.ran_out = True
                        return
                    known.add(mark)
                    yield (a, b) if a < b else (b, a)
