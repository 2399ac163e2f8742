"""Verbs on records: one class each, registered, and thereby a button, an endpoint and a flow step.

*How it works*: an `Action` names its objects, its input fields and the right it needs; the API calls
`run` with records that the caller may edit. Results are JSON.

*Rules*: an action writes through `store` only; it states its input as fields, so that the form, the
validation and the OpenAPI document come from one place.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from guanxi.engine.access.matrix import action_sources
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text


class Action:
    """Base of an action; subclasses are named verb + noun (`ConvertLead`)."""

    key: ClassVar[str]
    label: ClassVar[Text]
    icon: ClassVar[str] = "zap"
    objects: ClassVar[tuple[str, ...] | None] = None
    """The objects it is for; None: every object."""
    verb: ClassVar[str] = "edit"
    bulk: ClassVar[bool] = False
    danger: ClassVar[bool] = False
    deleted: ClassVar[bool] = False
    """True when it works on records in the recycle bin."""
    when: ClassVar[tuple[str, tuple[str, ...]] | None] = None
    """A field and its values that the action is for: pages offer it for such records alone; `run` checks by itself."""
    raw_input: ClassVar[bool] = False
    """True when `run` reads the JSON input itself instead of parsed field values."""

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """The input as fields (none by default)."""
        return ()

    def applies(self, obj: ObjectDef) -> bool:
        """True when the action exists for `obj`."""
        return self.objects is None or obj.key in self.objects

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Do it; `data` holds the parsed input by field key. Returns JSON; raises `Problem`."""
        raise NotImplementedError


action_registry: Registry[Action] = Registry("action", lambda action: action.key)


def _actions_of(obj: ObjectDef) -> list[tuple[str, Text, str]]:
    return [(each.key, each.label, each.verb) for each in action_registry if each.applies(obj)]


action_sources.append(_actions_of)
