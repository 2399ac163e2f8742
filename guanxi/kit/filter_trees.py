"""Filter trees as plain data: what they mention, without knowing what it means."""

from collections.abc import Iterator
from typing import Any


def leaves_in(tree: Any) -> Iterator[tuple[str, Any]]:
    """The field paths of a filter tree with what each is compared to, wherever they stand in it."""
    if isinstance(tree, list):
        for part in tree:
            yield from leaves_in(part)
    elif isinstance(tree, dict):
        if isinstance(tree.get("field"), str):
            yield tree["field"], tree.get("value")
        for key in ("and", "or", "not"):
            if key in tree:
                yield from leaves_in(tree[key])


def paths_in(tree: Any) -> Iterator[str]:
    """The field paths of a filter tree."""
    return (path for path, _ in leaves_in(tree))
