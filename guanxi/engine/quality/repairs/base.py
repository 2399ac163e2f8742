"""What a repair is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.registry import Registry
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Mend:
    """How one field is put right.

    `wanted` is the predicate of the rows in question; `source` the path whose stored value `value` turns
    into the new one (None: nothing to propose; a `Refusal` counts as that).
    """

    field: FieldDef
    source: str
    wanted: Sql
    value: Callable[[Any, Env], Any]


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of repair; `mends` gives what it can do for the object that a compiler stands for."""

    key: str
    label: Text
    doc: Text
    mends: Callable[[Compiler], Sequence[Mend]]


repair_registry: Registry[Repair] = Registry("repair", lambda repair: repair.key)
