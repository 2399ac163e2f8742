"""Features as a matrix: learned on some records, applied to others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods.features import Features

Floats = npt.NDArray[np.float64]
FEWEST_OF_A_KIND = 10


@dataclass(frozen=True, slots=True)
class Encoding:
    """How each column becomes numbers: median, mean and spread of numbers, the kinds that are common enough."""

    usual: dict[str, float]
    mean: dict[str, float]
    spread: dict[str, float]
    kinds: dict[str, list[str]]

    def lines(self, features: Features) -> Floats:
        """For models that weigh: numbers to unit spread with a mark for blanks, a column a kind."""
        columns = []
        for name, values in features.numbers.items():
            blank = ~np.isfinite(values)
            filled = np.where(blank, self.usual[name], values)
            columns += [(filled - self.mean[name]) / self.spread[name], blank.astype(np.float64)]
        for name, texts in features.kinds.items():
            columns += [(texts == kind).astype(np.float64) for kind in self.kinds[name]]
        return np.column_stack(columns) if columns else np.zeros((len(features), 0))

    def places(self, features: Features) -> Floats:
        """For models that split: numbers as they are, kinds by their place (blank where unknown)."""
        columns = list(features.numbers.values())
        for name, texts in features.kinds.items():
            places = {kind: float(place) for place, kind in enumerate(self.kinds[name])}
            columns.append(np.array([places.get(text, np.nan) for text in texts.tolist()]))
        return np.column_stack(columns) if columns else np.zeros((len(features), 0))

    def is_kind(self, features: Features) -> list[bool]:
        """Which columns of `places` are kinds."""
        return [False] * len(features.numbers) + [True] * len(features.kinds)


def encoding_of(features: Features) -> Encoding:
    """Learn from records how to encode any."""
    usual, mean, spread = {}, {}, {}
    for name, values in features.numbers.items():
        known = values[np.isfinite(values)]
        usual[name] = float(np.median(known)) if len(known) else 0.0
        filled = np.where(np.isfinite(values), values, usual[name])
        mean[name], spread[name] = float(filled.mean()), float(filled.std()) or 1.0
    kinds = {}
    for name, texts in features.kinds.items():
        found, counts = np.unique(texts, return_counts=True)
        kinds[name] = found[counts >= min(FEWEST_OF_A_KIND, max(len(texts) // 20, 1))].tolist()
    return Encoding(usual, mean, spread, kinds)
