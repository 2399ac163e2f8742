"""A registry of named instances: field types, objects, actions, view kinds, reserved routes.

*How it works*: an instance has a stable string key; `register` refuses a key twice; lookups raise
`KeyError` unless asked with `find`. Packages register in their `AppConfig.ready` or at import.

*Rules*: a persisted key is snake_case and is never renamed.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Instances by key, in order of registration."""

    def __init__(self, noun: str, key: Callable[[T], str]) -> None:
        self.noun = noun
        self._key = key
        self._items: dict[str, T] = {}

    def register(self, item: T) -> T:
        """Add `item`; raises ValueError when its key is taken by something else."""
        key = self._key(item)
        if key in self._items and self._items[key] is not item:
            raise ValueError(f"{self.noun} {key!r} is registered twice")
        self._items[key] = item
        return item

    def get(self, key: str) -> T:
        """The item of `key`; raises KeyError."""
        return self._items[key]

    def find(self, key: str) -> T | None:
        """The item of `key`, or None."""
        return self._items.get(key)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
