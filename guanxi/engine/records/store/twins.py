"""Keys over encrypted fields while the key of blind indexes changes: each value under both of its versions.

*How it works*: a key is a blind index then, and begins with the version that it was made under (`key_tag`). As long as
a version is to come, every rule over an encrypted field has a twin, whose keys are made under that version: the
write door claims both. So two records with one value meet under the one or the other, whichever moment each began at.

*See*: keys.py, designer/index_keys.py, docs/adr/0086-index-keys.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_seams import Seal
from guanxi.engine.vault.sealing import index_tag

if TYPE_CHECKING:
    from guanxi.engine.records.store.keys import Rule


def sealed_by(rule: "Rule", obj: ObjectDef) -> Seal | None:
    """The seal of an encrypted field that the rule compares; None for a rule over plain ones."""
    fields = (obj.fields[part.field] for part in rule.parts)
    return next((f.seal for f in fields if f.is_sealed), None)


def twin_of(rule: "Rule", obj: ObjectDef) -> "Rule | None":
    """The rule under the key of blind indexes that is to come; None where none is."""
    seal = sealed_by(rule, obj)
    now, other = seal.versions() if seal is not None else (0, None)
    return replace(rule, index=other) if other is not None and other > now else None


def with_twins(rules: Sequence["Rule"], obj: ObjectDef) -> list["Rule"]:
    """The rules, and their twins after them."""
    return [*rules, *(twin for rule in rules if (twin := twin_of(rule, obj)) is not None)]


def key_tag(rule: "Rule", version: int) -> str:
    """What the keys of a rule over encrypted fields begin with, by the version of the key of blind indexes."""
    tag = index_tag(version)
    return f"\x1e{tag}" if tag and len(rule.parts) > 1 else tag


def is_in_force(rule: "Rule", obj: ObjectDef, value: str) -> bool:
    """Whether a stored key is under the key of blind indexes in force, and not under the one beside it."""
    seal = sealed_by(rule, obj)
    if seal is None:
        return True
    now, other = (key_tag(rule, version) if version else "" for version in seal.versions())
    return value.startswith(now) and not (other and value.startswith(other))
