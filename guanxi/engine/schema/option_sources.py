"""Options that are rows of another package: a select whose choices somebody above the schema keeps.

*How it works*: a field declared with `options_source="pools"` has, in each workspace, the options that the
source of that name reads for its object when the schema is built. Whoever changes the rows raises the
workspace's schema version (`schema.changes.bumped`), as for every other change of the schema.

*Rules*: `read` is one statement, over rows of the session's workspace.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guanxi.engine.schema.definitions import Option
from guanxi.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class OptionSource:
    """Where the options named `key` come from; `read` gives them by object."""

    key: str
    read: Callable[[], Mapping[str, tuple[Option, ...]]]


option_source_registry: Registry[OptionSource] = Registry("option source", lambda source: source.key)
