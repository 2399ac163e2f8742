"""Sensitive fields whose values are encrypted: how far that is, and what it makes of the field.

*How it works*: the setting `sealing` of a field, kept by the designer's task (engine/designer/sealing.py), is

- `closing`: the plain value counts; whatever is written gets its encrypted form beside it,
- `on`: the encrypted form counts, and writing takes a plain value away that is left over,
- `opening`: the encrypted form counts; whatever is written gets its plain form beside it.

In a record's `custom`, `<key>$` holds the encrypted value and `<key>#` its blind index, for standard fields
too: their columns are empty then. Where the encrypted form counts, the field has no column and the sealed sibling
of its type (field_types/sealed.py), so that everything above meets its limits without knowing of them.

*See*: engine/vault/sealing.py, docs/adr/0060-encryption.md.
"""

import uuid
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.sealed import sealed_type
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.engine.vault.errors import Undecipherable
from guanxi.engine.vault.sealing import blind_index, decrypt, encrypt, index_versions, is_sealed
from guanxi.kit.jsons import dumps, loads

CLOSING, ON, OPENING = "closing", "on", "opening"


@dataclass(frozen=True, slots=True)
class FieldSeal:
    """The seal of a field; `purpose` is `field` in rows and `journal` in the journal."""

    workspace: WorkspaceInfo
    object_key: str
    field_key: str
    purpose: str = "field"

    def close(self, record_id: uuid.UUID, value: Any) -> str:
        """The encrypted form of a value."""
        return encrypt(self.workspace, self.purpose, dumps(value).decode(), self._about(record_id))

    def open(self, record_id: uuid.UUID, sealed: Any) -> Any:
        """The value of an encrypted form; raises Undecipherable."""
        if not is_sealed(sealed):
            raise Undecipherable
        return loads(decrypt(self.workspace, self.purpose, sealed, self._about(record_id)))

    def blind(self, value: Any, version: int = 0) -> str:
        """The blind index of a value."""
        # 5 and 5.00 are one number: how many places a field shows may change.
        told = value.normalize() if isinstance(value, Decimal) else value
        purpose = f"{self.object_key}.{self.field_key}"
        return blind_index(self.workspace, purpose, dumps(told).decode(), version)

    def versions(self) -> tuple[int, int | None]:
        """The version of the key for blind indexes in force, and the one beside it while that changes."""
        return index_versions(self.workspace)

    def _about(self, record_id: uuid.UUID) -> tuple[str, ...]:
        return (self.object_key, self.field_key, str(record_id))


def can_be_sealed(obj: ObjectDef, f: FieldDef) -> bool:
    """Whether a field's values can be encrypted: titles, system and computed fields stay readable to the database.

    Numbers and dates only of fields that a workspace has added: the program computes with those of its own.
    """
    is_free = not f.system and f.key != obj.title_field and not f.type.always_readonly
    fits = f.type.can_be_sealed or (f.custom and f.type.can_be_sealed_if_custom)
    return obj.record and f.in_row and fits and is_free and not f.declared


def with_seals(obj: ObjectDef, workspace: WorkspaceInfo) -> ObjectDef:
    """The object with its encrypted fields as what they are then."""
    sealed = {
        key: _sealed(f, FieldSeal(workspace, obj.key, key)) for key, f in obj.fields.items() if f.sealing
    }
    return replace(obj, fields={**obj.fields, **sealed}) if sealed else obj


def _sealed(f: FieldDef, seal: FieldSeal) -> FieldDef:
    if f.sealing == CLOSING:
        return replace(f, seal=seal)
    return replace(
        f, seal=seal, type=sealed_type(f.type), column=None, plain_column=f.column, searchable=False
    )
