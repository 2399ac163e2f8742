"""Weights from the rows themselves: u from random pairs, m by expectation maximisation.

*How it works*: u (agreement by chance) is counted on pairs drawn at random, and for equality from the
frequencies of the values. m (agreement of the same) and the share of pairs that are the same are found by
EM over the patterns of the candidate pairs, all other pairs counting as different (Winkler, "Using the EM
algorithm in the Fellegi-Sunter model", 1988). The rule's shipped m and u stand as observations of their own,
so that a small file stays near them and a large one speaks for itself.

*Rules*: deterministic (fixed seed). With fewer than three fields that are filled, nothing can be learned, and
the shipped weights hold.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from guanxi.kit.matching.evidence import Comparison, Rule, Seen, Value

SAMPLE = 20_000
ROUNDS = 12
SHIPPED_PAIRS = 100  # how many observed pairs the shipped m are worth
SHIPPED_CHANCE = 400  # and the shipped u
_FILLED = 0.2
_SPAN = 20  # how far what is counted may lead away from the shipped u of equality

Pattern = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits by comparison and level, the prior in bits, and whether they were learned."""

    bits: tuple[tuple[float, ...], ...]
    m: tuple[tuple[float, ...], ...]
    u: tuple[tuple[float, ...], ...]
    prior: float
    learned: bool

    def of_equal(self, comparison: Comparison, position: int, count: int, total: int) -> float:
        """The bits of equality in a value that `count` of `total` records have."""
        if not comparison.rarity:
            return self.bits[position][0]
        shipped = comparison.levels[0].u
        chance = min(max(count / max(total, 1), shipped / _SPAN), shipped * _SPAN)
        return log2(self.m[position][0] / chance)


def shipped(rule: Rule, records: int = 0) -> Weights:
    """The weights as the rule states them; among many records a chance agreement is likelier."""
    m = tuple(tuple(level.m for level in c.levels) for c in rule.comparisons)
    u = tuple(tuple(level.u for level in c.levels) for c in rule.comparisons)
    return _made(m, u, min(rule.prior, 1 / max(records, 1)), learned=False)


def _made(
    m: tuple[tuple[float, ...], ...], u: tuple[tuple[float, ...], ...], prior: float, *, learned: bool
) -> Weights:
    bits = tuple(tuple(log2(a / b) for a, b in zip(ms, us, strict=True)) for ms, us in zip(m, u, strict=True))
    return Weights(bits, m, u, log2(prior / (1 - prior)), learned)


def learn(
    rule: Rule,
    nodes: Sequence[Sequence[Value]],
    sizes: Sequence[int],
    seen: Sequence[Seen],
    patterns: Mapping[Pattern, int],
) -> Weights:
    """Weights for these rows; `patterns` are the candidate pairs' levels with how often they occur."""
    count = len(nodes)
    filled = [
        sum(1 for node in nodes if node[n] is not None) / max(count, 1) for n in range(len(rule.comparisons))
    ]
    useful = [c for c, share in zip(rule.comparisons, filled, strict=True) if c.learns and share >= _FILLED]
    if len(useful) < 3 or count < 50:
        return shipped(rule, sum(sizes))
    u = _by_chance(rule, nodes, seen)
    pairs = count * (count - 1) / 2
    m = [[level.m for level in c.levels] for c in rule.comparisons]
    prior = min(max(rule.prior, 1 / count), 0.1)
    for _ in range(ROUNDS):
        sums = [[SHIPPED_PAIRS * level.m for level in c.levels] for c in rule.comparisons]
        same = 0.0
        for pattern, times in patterns.items():
            odds = prior / (1 - prior)
            for n, level in enumerate(pattern):
                if level is not None:
                    odds *= m[n][level] / u[n][level]
            share = odds / (1 + odds) * times
            same += share
            for n, level in enumerate(pattern):
                if level is not None:
                    sums[n][level] += share
        prior = min(max(same / pairs, 1e-9), 0.1)
        m = [
            [max(s / sum(row), 1e-6) for s in row] if c.learns else [level.m for level in c.levels]
            for c, row in zip(rule.comparisons, sums, strict=True)
        ]
    return _made(tuple(map(tuple, m)), tuple(map(tuple, u)), prior, learned=True)


def _by_chance(rule: Rule, nodes: Sequence[Sequence[Value]], seen: Sequence[Seen]) -> list[list[float]]:
    """u of every level: counted on random pairs, for equality from frequencies."""
    draw = random.Random(1969)  # noqa: S311 - a sample, no secret
    counts = [Counter[int]() for _ in rule.comparisons]
    for _ in range(SAMPLE):
        a, b = nodes[draw.randrange(len(nodes))], nodes[draw.randrange(len(nodes))]
        if a is b:
            continue
        for n, c in enumerate(rule.comparisons):
            if c.learns and a[n] is not None and b[n] is not None:
                counts[n][c.compare(a[n], b[n], seen[n])] += 1
    found = []
    for c, counted in zip(rule.comparisons, counts, strict=True):
        if not c.learns:
            found.append([level.u for level in c.levels])
            continue
        total = counted.total()
        row = [
            (counted[n] + SHIPPED_CHANCE * level.u) / (total + SHIPPED_CHANCE)
            for n, level in enumerate(c.levels)
        ]
        row[0] = min(max(row[0], c.levels[0].u / _SPAN), c.levels[0].u * _SPAN)
        found.append(row)
    return found
