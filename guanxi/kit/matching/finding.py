"""The finder: rows in, explained pairs and clusters out.

*How it works*: rows that are prepared alike become one node. Candidate pairs of nodes are compared once; the
levels give the patterns that the weights are learned from, then the scores. Clusters of nodes are unfolded
into clusters of rows.

*Rules*: pairs below POSSIBLE are forgotten. Scores are probabilities (0 to 1) under the rule's model.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from guanxi.kit.matching.blocking import MAX_PAIRS, Capped, candidates
from guanxi.kit.matching.clustering import cluster
from guanxi.kit.matching.evidence import Reason, Row, Rule, Seen, Value
from guanxi.kit.matching.weights import Pattern, Weights, learn
from guanxi.kit.text import Text

THRESHOLD = 0.8
POSSIBLE = 0.5
VETOED = 0.3
MAX_UNFOLDED = 300
_WORTH = 0.05
_SAME = Text("完全相同", "identical")

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows (positions, a < b) that may be the same."""

    a: int
    b: int
    score: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Found:
    """The result. `clusters` are lists of row positions; `pairs()` explains every pair in them."""

    rule: Rule
    rows: int
    clusters: list[list[int]]
    capped: Capped
    weights: Weights
    compared: int
    _nodes: list[tuple[Value, ...]] = field(repr=False)
    _node_of: list[int] = field(repr=False)
    _seen: list[Seen] = field(repr=False)
    _possible: list[tuple[float, int, int]] = field(repr=False)
    _members: list[list[int]] = field(repr=False)

    def explain(self, a: int, b: int) -> Pair:
        """The score of any two rows and the reasons, the weightiest first."""
        one, other = self._nodes[self._node_of[a]], self._nodes[self._node_of[b]]
        pattern = _pattern(self.rule, one, other, self._seen)
        bits = _bits(self.rule, self.weights, pattern, one, self._seen, len(self._node_of))
        score = _score(self.rule, self.weights, pattern, bits)
        reasons = [
            Reason(c.key, c.label, c.levels[level].key, c.levels[level].text, weight)
            for c, level, weight in zip(self.rule.comparisons, pattern, bits, strict=True)
            if level is not None
        ]
        reasons.sort(key=lambda reason: -abs(reason.bits))
        return Pair(min(a, b), max(a, b), score, tuple(reasons))

    def pairs(self) -> Iterator[Pair]:
        """Every pair of every cluster; of a cluster of more than MAX_UNFOLDED rows, each with the first."""
        for rows in self.clusters:
            together = (
                combinations(rows, 2)
                if len(rows) <= MAX_UNFOLDED
                else ((rows[0], other) for other in rows[1:])
            )
            for a, b in together:
                yield self.explain(a, b)

    def possible(self) -> Iterator[Pair]:
        """Pairs that scored POSSIBLE and more without ending up in one cluster, surest first."""
        place = {row: n for n, rows in enumerate(self.clusters) for row in rows}
        for _, one, other in sorted(self._possible, reverse=True):
            a, b = self._members[one][0], self._members[other][0]
            if place.get(a, -1) != place.get(b, -2):
                yield self.explain(a, b)


class _Compared:
    """The candidate pairs in little memory: positions, and the number of each pair's pattern."""

    def __init__(self) -> None:
        self.left, self.right, self.which = array("L"), array("L"), array("L")
        self.firm = 0
        self.patterns: list[Pattern] = []
        self._numbers: dict[Pattern, int] = {}

    def add(self, a: int, b: int, *, loose: bool) -> None:
        """Pairs of loose passes come last."""
        self.left.append(a)
        self.right.append(b)
        self.firm += not loose

    def drop(self, hopeless: Callable[[int, int], bool]) -> None:
        """Take out the loose pairs that are not worth comparing."""
        loose = [
            pair
            for pair in zip(self.left[self.firm :], self.right[self.firm :], strict=True)
            if not hopeless(*pair)
        ]
        del self.left[self.firm :], self.right[self.firm :]
        self.left.extend(a for a, _ in loose)
        self.right.extend(b for _, b in loose)

    def judge(self, pattern: Pattern) -> None:
        """The next pair's pattern; millions of pairs have few hundred."""
        number = self._numbers.get(pattern)
        if number is None:
            number = self._numbers[pattern] = len(self.patterns)
            self.patterns.append(pattern)
        self.which.append(number)

    def counts(self) -> dict[Pattern, int]:
        return {self.patterns[number]: count for number, count in Counter(self.which).items()}

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return zip(self.left, self.right, self.which, strict=True)


def find(
    rows: Iterable[Row],
    rule: Rule,
    *,
    threshold: float = THRESHOLD,
    max_pairs: int = MAX_PAIRS,
    apart: Collection[tuple[int, int]] = (),
    progress: Progress | None = None,
) -> Found:
    """The duplicates among `rows` by `rule`; `progress` is told shares from 0 to 1.

    `apart` are pairs of rows that somebody has said are two: no cluster holds both.
    """
    tell = progress or (lambda share: None)
    nodes, node_of, members = _prepared(rows, rule, {row for pair in apart for row in pair})
    tell(0.2)
    sizes = [len(some) for some in members]
    seen = _counted(rule, nodes, sizes)
    capped = Capped()
    compared = _Compared()
    for a, b, loose in candidates(rule, nodes, capped, max_pairs=max_pairs):
        compared.add(a, b, loose=loose)
    first = ((nodes[a][0], nodes[b][0]) for a, b in zip(compared.left, compared.right, strict=True))
    rule.survey(first, seen[0])
    compared.drop(lambda a, b: rule.hopeless(nodes[a][0], nodes[b][0], seen[0]))
    tell(0.4)
    for a, b in zip(compared.left, compared.right, strict=True):
        compared.judge(_pattern(rule, nodes[a], nodes[b], seen))
    tell(0.7)
    weights = learn(rule, nodes, sizes, seen, compared.counts())
    links, contradictions = _scored(rule, weights, nodes, seen, compared, len(node_of))
    tell(0.85)
    kept_apart = [(node_of[a], node_of[b]) for a, b in apart if max(a, b) < len(node_of)]
    found = cluster(sizes, links, contradictions, kept_apart, threshold=threshold)
    together = [sorted(row for node in some for row in members[node]) for some in found]
    linked = {node for some in found for node in some}
    together += [list(some) for n, some in enumerate(members) if len(some) > 1 and n not in linked and any(
        value is not None for value in nodes[n])]  # fmt: skip
    possible = [link for link in links if link[0] >= POSSIBLE]
    tell(1.0)
    return Found(rule, len(node_of), sorted(together), capped, weights, len(compared.left), nodes, node_of, seen,
                 possible, members)  # fmt: skip


def _prepared(
    rows: Iterable[Row], rule: Rule, alone: Collection[int] = ()
) -> tuple[list[tuple[Value, ...]], list[int], list[list[int]]]:
    """(the nodes' values, the node of each row, the rows of each node); empty rows and those `alone` are nodes of their own."""
    known: dict[Hashable, int] = {}
    nodes: list[tuple[Value, ...]] = []
    node_of: list[int] = []
    members: list[list[int]] = []
    for position, row in enumerate(rows):
        values = tuple(c.prepare(row) for c in rule.comparisons)
        empty = all(value is None for value in values)
        single = empty or position in alone or not rule.identical(values)
        key: Hashable = ("single", position) if single else values
        node = known.setdefault(key, len(nodes))
        if node == len(nodes):
            nodes.append(values)
            members.append([])
        node_of.append(node)
        members[node].append(position)
    return nodes, node_of, members


def _counted(rule: Rule, nodes: Sequence[Sequence[Value]], sizes: Sequence[int]) -> list[Seen]:
    """How many records have each value, by comparison."""
    seen: list[Seen] = []
    for n, c in enumerate(rule.comparisons):
        counts: Seen = Counter()
        for node, size in zip(nodes, sizes, strict=True):
            if node[n] is not None:
                for key in c.counted(node[n]):
                    counts[key] += size
        seen.append(counts)
    return seen


def _pattern(rule: Rule, one: Sequence[Value], other: Sequence[Value], seen: Sequence[Seen]) -> Pattern:
    return tuple(
        [
            None if a is None or b is None else c.compare(a, b, s)
            for c, a, b, s in zip(rule.comparisons, one, other, seen, strict=True)
        ]
    )


def _bits(
    rule: Rule, weights: Weights, pattern: Pattern, one: Sequence[Value], seen: Sequence[Seen], total: int
) -> list[float]:
    return [
        0.0 if level is None
        else weights.of_equal(c, n, seen[n][c.counted(one[n])[0]], total) if level == 0
        else weights.bits[n][level]
        for n, (c, level) in enumerate(zip(rule.comparisons, pattern, strict=True))
    ]  # fmt: skip


def _score(rule: Rule, weights: Weights, pattern: Pattern, bits: Sequence[float]) -> float:
    exponent = weights.prior + sum(bits)
    score = 1 / (1 + 2.0**-exponent) if exponent > -60 else 0.0
    if score >= VETOED and rule.veto(_levels(rule, pattern)):
        return VETOED
    return score


def _levels(rule: Rule, pattern: Pattern) -> Mapping[str, str]:
    return {
        c.key: c.levels[level].key
        for c, level in zip(rule.comparisons, pattern, strict=True)
        if level is not None
    }


def _scored(
    rule: Rule,
    weights: Weights,
    nodes: Sequence[Sequence[Value]],
    seen: Sequence[Seen],
    compared: _Compared,
    total: int,
) -> tuple[list[tuple[float, int, int]], list[tuple[int, int]]]:
    """(links with a score worth anything, pairs that contradict each other)."""
    links: list[tuple[float, int, int]] = []
    contradictions: list[tuple[int, int]] = []
    against = [
        any(
            level is not None and c.levels[level].contradicts
            for c, level in zip(rule.comparisons, pattern, strict=True)
        )
        for pattern in compared.patterns
    ]
    rare = [n for n, c in enumerate(rule.comparisons) if c.rarity]
    plain: dict[int, float] = {}  # patterns whose score does not hang on how rare a value is
    scores = array("f")
    for a, b, number in compared:
        pattern = compared.patterns[number]
        score = plain.get(number, -1.0)
        if score < 0:
            score = _score(rule, weights, pattern, _bits(rule, weights, pattern, nodes[a], seen, total))
            if all(pattern[n] != 0 for n in rare):
                plain[number] = score
        scores.append(score)
        if against[number] and score < POSSIBLE:
            contradictions.append((a, b))
        if score >= _WORTH:
            links.append((score, a, b))
    # What is hardly alike counts only where chains could form: between records that something links.
    linked = {node for score, a, b in links if score >= POSSIBLE for node in (a, b)}
    links += [
        (score, a, b)
        for score, (a, b, _) in zip(scores, compared, strict=True)
        if score < _WORTH and a in linked and b in linked
    ]
    return links, contradictions
