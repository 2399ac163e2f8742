"""A title made of columns: `{product} {account}` becomes "GTX Basic Cancity".

Placeholders are headers of the file, upper and lower case alike. Where cells are empty the separators
around them go too, so that a missing account does not leave a trailing dash.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

NO_PLACEHOLDER = Text(
    "标题模板里至少要有一个 {列名}。",
    "The title template needs at least one column in braces, as in {account}.",
)
UNKNOWN_COLUMN = Text(
    "标题模板里的「{column}」不是文件的列。", "“{column}” in the title template is no column of the file."
)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class TitleTemplate:
    """Literal pieces with the columns between them: `literals` has one more than `columns`."""

    literals: tuple[str, ...]
    columns: tuple[int, ...]

    def fill(self, cells: Sequence[str]) -> str:
        """The title of one row."""
        text = ""
        gap = self.literals[0]
        for column, literal in zip(self.columns, self.literals[1:], strict=True):
            value = cells[column].strip() if column < len(cells) else ""
            if value:
                text += (gap if text else gap.lstrip()) + value
                gap = literal
            else:
                # Of the two separators around an empty cell, the first serves both.
                gap = gap if text or gap.strip() else literal
        tail = self.literals[-1]
        return (text + tail if gap is tail and tail.strip() else text).strip()


def read_template(template: str, columns: Mapping[str, int]) -> TitleTemplate:
    """The template; `columns` are the file's by folded header. Raises Invalid naming what is no column."""
    literals: list[str] = []
    found: list[int] = []
    at = 0
    for match in _PLACEHOLDER.finditer(template):
        name = match[1].strip()
        index = columns.get(name.casefold())
        if index is None:
            raise invalid("options.title", "unknown_column", UNKNOWN_COLUMN, column=name[:60])
        literals.append(template[at : match.start()])
        found.append(index)
        at = match.end()
    if not found:
        raise invalid("options.title", "no_column", NO_PLACEHOLDER)
    return TitleTemplate((*literals, template[at:]), tuple(found))
