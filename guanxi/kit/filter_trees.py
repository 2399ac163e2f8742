"""Filter trees as plain data: what they mention, without knowing what it means."""

from collections.abc import Iterator
from typing import Any


def paths_in(tree: Any) -> Iterator[str]:
    """The field paths of a filter tree, wherever they stand in it."""
    if isinstance(tree, list):
        for part in tree:
            yield from paths_in(part)
    elif isinstance(tree, dict):
        if isinstance(tree.get("field"), str):
            yield tree["field"]
        for key in ("and", "or", "not"):
            if key in tree:
                yield from paths_in(tree[key])
