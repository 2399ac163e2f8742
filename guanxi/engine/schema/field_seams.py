"""What a field brings along from elsewhere: a way to its value (`Computed`), and a lock on it (`Seal`).

*See*: definitions.py, where fields have them; records/query for the scopes of queries; vault for seals.
"""

import uuid
from typing import TYPE_CHECKING, Any, Protocol

from guanxi.kit.sql import Sql

if TYPE_CHECKING:
    from guanxi.engine.schema.definitions import FieldDef
    from guanxi.engine.schema.field_types.base import Env


class Scope(Protocol):
    """One row of an object in a query that is being compiled: what a computed field is made from."""

    @property
    def env(self) -> "Env":
        """The workspace's zone, the present moment, the person."""
        ...

    def value(self, path: str) -> "tuple[FieldDef, Sql]":
        """A field of the row, or through its links, and its value in its type's own PostgreSQL type.

        NULL where a link leads to what the actor may not see; raises Invalid for an unknown path.
        """
        ...

    def beside(self, table: str) -> str:
        """The alias of the row of another table of the workspace that has the same id; its columns are NULL without one."""
        ...


class Seal(Protocol):
    """The encryption of one field's values in one workspace; a value is in the JSON form that its type dumps."""

    def close(self, record_id: uuid.UUID, value: Any) -> str:
        """What is stored of a record's value: it opens for this record alone."""
        ...

    def open(self, record_id: uuid.UUID, sealed: Any) -> Any:
        """The value again; raises Undecipherable."""
        ...

    def blind(self, value: Any, version: int = 0) -> str:
        """What equal values have in common, and tells nothing else; under the key in force or a `version` of it."""
        ...

    def versions(self) -> tuple[int, int | None]:
        """The version of the key for `blind` in force, and the one beside it while that changes."""
        ...


class Computed(Protocol):
    """How a field without a value of its own comes to one, in every query that asks for it."""

    @property
    def inputs(self) -> frozenset[str]:
        """The paths it reads, from its own object on."""
        ...

    def compile(self, scope: Scope) -> Sql:
        """The value as a SQL expression of the field's type."""
        ...
