"""From pairs to clusters, without chains: A like B and B like C does not make A and C the same.

*How it works*: pairs are taken from the surest down. Two clusters become one when the links between them
that were compared are, on average, sure enough, and when no more than a tenth of all pairs between them
contradict each other (another city, another number, another tax number): one odd record does not keep a
large cluster apart, and X does not bring Beijing X and Shanghai X together.

*Rules*: a cluster has at most MAX_CLUSTER nodes; a merger costs as much as the smaller side has links.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

MAX_CLUSTER = 500
_CONTRADICTED = 0.1
_ON_AVERAGE = 0.7  # of the threshold
_NEVER = 1 << 60


def cluster(
    sizes: Sequence[int],
    links: Iterable[tuple[float, int, int]],
    contradictions: Iterable[tuple[int, int]],
    apart: Iterable[tuple[int, int]] = (),
    *,
    threshold: float,
) -> list[list[int]]:
    """Lists of positions, of two and more. `links` are (score, a, b) of the pairs that were compared.

    `sizes` are how many records stand at each position; no cluster holds both of a pair that is `apart`.
    """
    # Among links that are equally sure, those of more records first: a name without a place joins the larger.
    ordered = sorted(
        links, key=lambda link: (-round(link[0], 3), -sizes[link[1]] * sizes[link[2]], link[1], link[2])
    )
    state = _Clusters(sizes, ordered, contradictions)
    state.keep_apart(apart)
    for score, a, b in ordered:
        if score < threshold:
            break
        state.join(a, b, threshold * _ON_AVERAGE)
    return sorted(sorted(found) for found in state.members.values() if len(found) > 1)


class _Clusters:
    """Clusters as they grow, by their roots, with what lies between any two of them."""

    def __init__(
        self,
        sizes: Sequence[int],
        links: Iterable[tuple[float, int, int]],
        contradictions: Iterable[tuple[int, int]],
    ) -> None:
        self.sizes = sizes
        self.parent: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self.records: dict[int, int] = {}
        # root → root → (sum of scores, pairs) and contradicted pairs, both counted in records
        self.near: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        self.against: dict[int, dict[int, int]] = defaultdict(dict)
        for score, a, b in links:
            pairs = sizes[a] * sizes[b]
            self.near[a][b] = self.near[b][a] = (score * pairs, pairs)
        for a, b in contradictions:
            self.against[a][b] = self.against[b][a] = sizes[a] * sizes[b]

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """More contradictions than any two clusters have pairs."""
        for a, b in pairs:
            if a != b:
                self.against[a][b] = self.against[b][a] = _NEVER

    def root(self, node: int) -> int:
        while self.parent.get(node, node) != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def join(self, a: int, b: int, least: float) -> None:
        """Make the clusters of two nodes one, unless something speaks against it."""
        one, other = self.root(a), self.root(b)
        if one == other or not self._may_join(one, other, least):
            return
        if len(self.near[one]) + len(self.against[one]) < len(self.near[other]) + len(self.against[other]):
            one, other = other, one
        self.members[one] = self.members.get(one, [one]) + self.members.pop(other, [other])
        self.records[one] = self._records(one) + self._records(other)
        self.parent[other] = one
        self.parent.setdefault(one, one)
        for third, (total, count) in self.near.pop(other, {}).items():
            self.near[third].pop(other, None)
            if third != one:
                before = self.near[one].get(third, (0.0, 0))
                self.near[one][third] = self.near[third][one] = (before[0] + total, before[1] + count)
        for third, pairs in self.against.pop(other, {}).items():
            self.against[third].pop(other, None)
            if third != one:
                both = self.against[one].get(third, 0) + pairs
                self.against[one][third] = self.against[third][one] = both

    def _records(self, root: int) -> int:
        return self.records.get(root, self.sizes[root])

    def _may_join(self, one: int, other: int, least: float) -> bool:
        if len(self.members.get(one, "1")) + len(self.members.get(other, "1")) > MAX_CLUSTER:
            return False
        total, pairs = self.near[one].get(other, (0.0, 0))
        if total < least * pairs:
            return False
        all_pairs = self._records(one) * self._records(other)
        return self.against[one].get(other, 0) <= _CONTRADICTED * all_pairs
