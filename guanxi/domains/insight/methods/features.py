"""What a model may learn from: the columns of a table as numbers and as kinds, and what is left out and why.

*Rules*: a column of names or numbers that hardly repeats says who it is, not what is likely: it is left out, and so is
one that always says the same. Empty cells are a kind of their own.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from guanxi.kit.text import Text

BLANK = "—"
OTHER = "…"
MOST_KINDS = 30
_NUMBERS = 0.95
_IDENTITY = 0.5

CONSTANT = Text("总是同一个值", "always says the same")
IDENTITY = Text("几乎不重复，只说明是谁", "hardly repeats: it says who, not what is likely")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Features:
    """`numbers` has NaN for blanks; `kinds` are texts, with BLANK and OTHER. `dropped` says why a column is in neither."""

    numbers: dict[str, Floats]
    kinds: dict[str, npt.NDArray[np.str_]]
    dropped: dict[str, Text]

    @property
    def names(self) -> list[str]:
        """All columns that are used."""
        return [*self.numbers, *self.kinds]

    def __len__(self) -> int:
        return len(next(iter([*self.numbers.values(), *self.kinds.values()]), ()))

    def without(self, names: set[str]) -> "Features":
        """The same without some columns."""
        return Features(
            {k: v for k, v in self.numbers.items() if k not in names},
            {k: v for k, v in self.kinds.items() if k not in names},
            self.dropped,
        )

    def rows(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Features":
        """Some of the rows."""
        return Features(
            {k: v[chosen] for k, v in self.numbers.items()},
            {k: v[chosen] for k, v in self.kinds.items()},
            self.dropped,
        )


def features_of(table: pl.DataFrame) -> Features:
    """The features in a table of texts."""
    numbers: dict[str, Floats] = {}
    kinds: dict[str, npt.NDArray[np.str_]] = {}
    dropped: dict[str, Text] = {}
    for name in table.columns:
        column = table[name].str.strip_chars()
        column = column.set(column == "", None)
        filled = column.drop_nulls()
        distinct = filled.n_unique()
        as_number = column.str.replace_all(r"[,¥$€£%\s]", "").cast(pl.Float64, strict=False)
        if distinct + (1 if len(filled) < len(column) else 0) <= 1:
            dropped[name] = CONSTANT
        elif as_number.drop_nulls().len() >= _NUMBERS * len(filled):
            if distinct > 0.95 * len(column) and _counts_up(as_number):
                dropped[name] = IDENTITY
            else:
                numbers[name] = as_number.to_numpy().astype(np.float64)
        elif distinct > max(_IDENTITY * len(filled), MOST_KINDS):
            dropped[name] = IDENTITY
        else:
            kinds[name] = _kinds(column)
    return Features(numbers, kinds, dropped)


def _counts_up(column: pl.Series) -> bool:
    """Whether the numbers look like those of a series: whole, each once."""
    filled = column.drop_nulls()
    return bool(((filled % 1) == 0).all()) and filled.n_unique() == len(filled)


def _kinds(column: pl.Series) -> npt.NDArray[np.str_]:
    values = column.fill_null(BLANK)
    common = values.value_counts(sort=True).head(MOST_KINDS)[column.name].to_list()
    return np.asarray([text if text in set(common) else OTHER for text in values.to_list()], dtype=np.str_)
