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
from guanxi.engine.schema.field_types.base import FieldType
from guanxi.engine.schema.field_types.sealed import sealed_type
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.engine.vault.errors import Undecipherable
from guanxi.engine.vault.sealing import blind_index, decrypt, encrypt, index_versions, is_sealed
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

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
        told = dict(sorted(told.items())) if isinstance(told, dict) else told
        purpose = f"{self.object_key}.{self.field_key}"
        return blind_index(self.workspace, purpose, dumps(told).decode(), version)

    def versions(self) -> tuple[int, int | None]:
        """The version of the key for blind indexes in force, and the one beside it while that changes."""
        return index_versions(self.workspace)

    def _about(self, record_id: uuid.UUID) -> tuple[str, ...]:
        return (self.object_key, self.field_key, str(record_id))


_TITLE = Text(
    "记录的名称要用来搜索、排序，并显示在每一处链接里，不能加密。",
    "What records are called is searched, sorted and shown in every link, so it cannot be encrypted.",
)
_KEPT = Text(
    "这个字段由系统填写，系统要用它的值，不能加密。",
    "The program fills in this field and needs its value, so it cannot be encrypted.",
)
_DERIVED = Text(
    "值由别的字段算出，不能加密；请加密它用到的字段。",
    "Its values come of other fields, so it cannot be encrypted. Encrypt the fields it is made of.",
)
_COMPUTED_WITH = Text(
    "系统要用它计算、汇总、排序或判断到期，数据库必须读得到原值，不能加密。",
    "The program computes, totals, sorts or goes by it, so the database needs the value and it cannot be encrypted.",
)
_FILES = Text("文件总是加密保存的，不需要再设。", "Files are always stored encrypted; nothing to switch on.")
_LINKS = Text(
    "它指向别的记录，数据库要沿着它查找，不能加密。",
    "It leads to other records and the database follows it, so it cannot be encrypted.",
)
_CHOICES = Text(
    "可选的值不多，加密以后从哪些记录相同也猜得出来，所以不提供加密。",
    "It has few possible values: which records are equal would tell them even if encrypted, so that is not offered.",
)


def why_plain(obj: ObjectDef, f: FieldDef) -> Text | None:
    """Why a field's values cannot be encrypted; None where they can."""
    if f.key == obj.title_field:
        return _TITLE
    if f.computed is not None or f.rollup is not None or f.declared:
        return _DERIVED
    if f.system or not obj.record:
        return _KEPT
    if (reason := why_type_plain(f.type)) is not None:
        return reason
    return _COMPUTED_WITH if f.type.computed_with and not (f.custom or f.encryptable) else None


def why_type_plain(kind: FieldType) -> Text | None:
    """Why values of a type cannot be encrypted, whatever the field; None where they can."""
    if kind.derived:
        return _DERIVED
    if kind.always_readonly:
        return _KEPT
    if kind.references == "file":
        return _FILES
    if kind.references is not None or kind.storage != "value":
        return _LINKS
    return None if kind.can_be_sealed else _CHOICES


def can_be_sealed(obj: ObjectDef, f: FieldDef) -> bool:
    """Whether a field's values can be encrypted."""
    return why_plain(obj, f) is None


def with_seals(obj: ObjectDef, workspace: WorkspaceInfo) -> ObjectDef:
    """The object with its encrypted fields as what they are then.

    A field that was marked before marks meant encryption, and cannot be encrypted, is confidential.
    """
    sealed = {
        key: _sealed(f, FieldSeal(workspace, obj.key, key)) for key, f in obj.fields.items() if f.sealing
    }
    marked = {
        key: replace(f, sensitive=False, confidential=True)
        for key, f in obj.fields.items()
        if f.sensitive and not f.sealing and why_plain(obj, f) is not None
    }
    return replace(obj, fields={**obj.fields, **sealed, **marked}) if sealed or marked else obj


def _sealed(f: FieldDef, seal: FieldSeal) -> FieldDef:
    if f.sealing == CLOSING:
        return replace(f, seal=seal)
    return replace(
        f, seal=seal, type=sealed_type(f.type), column=None, plain_column=f.column, searchable=False
    )
