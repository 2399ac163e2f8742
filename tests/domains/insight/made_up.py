"""Histories whose truth is known: customers drawn from the very process that the models suppose."""

import numpy as np

from guanxi.domains.insight.methods.purchases import Purchases, purchases_of


def bought(
    customers: int = 800, *, days: int = 360, r: float = 0.6, alpha: float = 40.0, a: float = 0.8, b: float = 2.5, seed: int = 7
) -> Purchases:  # fmt: skip
    """Purchases of a BG/NBD population (times in days) with gamma-gamma amounts."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, int, float]] = []
    for number in range(customers):
        rate, leaves = rng.gamma(r, 1 / alpha), rng.beta(a, b)
        usual, at = 60.0 / rng.gamma(4.0, 1 / 4.0), float(rng.integers(0, days // 3))
        repeats = 0
        while at <= days:
            rows.append((f"c{number}", int(at), round(float(rng.gamma(6.0, usual / 6.0)), 2)))
            if repeats > 0 and rng.random() < leaves:
                break
            repeats += 1
            at += rng.exponential(1 / max(rate, 1e-9))
    names, when, amounts = zip(*rows, strict=True)
    return purchases_of(names, np.array(when), np.array(amounts))
