"""Identity rules as a workspace has them: those that objects declare, with the administrator's changes.

*How it works*: a row (`SchemaIdentity`) stands for a rule that was made or changed; a standard rule without
a row is as it was declared. While the keys of a changed rule are made by a job, its former definition
stays in force beside it; the two have different revisions and therefore different keys.

*See*: records/store/keys.py, which holds the rules; records/identity_rules.py, which changes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.schema.definitions import DOORS, FieldDef, IdentityPart, IdentityRule, ObjectDef
from guanxi.engine.schema.models import SchemaIdentity
from guanxi.kit.text import Text


def rules_by_object() -> dict[str, list[SchemaIdentity]]:
    """The rows of the session's workspace by object."""
    found: dict[str, list[SchemaIdentity]] = defaultdict(list)
    for row in SchemaIdentity.objects.order_by("position", "id"):
        found[row.object_key].append(row)
    return found


def with_identity(obj: ObjectDef, rows: Iterable[SchemaIdentity]) -> ObjectDef:
    """The object with the rules of the workspace; those whose fields are gone are left out."""
    changed = {row.key: row for row in rows}
    if not changed:
        return obj
    rules: list[IdentityRule] = []
    for declared in obj.identity:
        rules += _in_force(changed.pop(declared.key)) if declared.key in changed else [declared]
    for row in changed.values():
        rules += _in_force(row)
    return replace(obj, identity=tuple(rule for rule in rules if _possible(rule, obj.fields)))


def rule_from_row(row: SchemaIdentity) -> IdentityRule:
    """The rule that a row declares, whether it is in force or not."""
    return _rule(row, row.parts, row.doors, row.revision, row.state)


def _in_force(row: SchemaIdentity) -> list[IdentityRule]:
    found = []
    former: Mapping[str, Any] | None = row.former
    if former is not None:
        found.append(_rule(row, former["parts"], former["doors"], former["revision"], "on"))
    if row.is_active:
        found.append(rule_from_row(row))
    return found


def _rule(
    row: SchemaIdentity,
    parts: Iterable[Mapping[str, str]],
    doors: Mapping[str, str],
    revision: int,
    state: str,
) -> IdentityRule:
    return IdentityRule(
        key=row.key,
        parts=tuple(IdentityPart(part["field"], part["normal"]) for part in parts),
        strict_at=frozenset(door for door in DOORS if doors.get(door) == "strict"),
        warn_at=frozenset(door for door in DOORS if doors.get(door) == "warn"),
        label=Text.of(row.label) if row.label else None,
        revision=revision,
        state=state,
    )


def _possible(rule: IdentityRule, fields: Mapping[str, FieldDef]) -> bool:
    return all(part.field in fields for part in rule.parts)
