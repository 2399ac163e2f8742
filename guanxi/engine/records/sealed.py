"""Encrypted values in rows and in the journal: the two forms, and how the doors read and write them.

*How it works*: what a field's seal says (schema/seals.py) decides which forms a write keeps: the encrypted value
(`<key>$`) with its blind index (`<key>#`), the plain one, or both while the designer's task is at work. The
journal holds `gx1.…` texts instead of values, each bound to its record and field; they are opened whatever the
field is by now, for whoever sees the field.

*Rules*: what is opened goes to people through the same rights and masks as any other value, and nowhere else.

*See*: docs/adr/0060-encryption.md.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.sealed import INDEX, TOKEN
from guanxi.engine.schema.seals import CLOSING, ON, FieldSeal
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.vault.errors import Undecipherable
from guanxi.engine.vault.sealing import is_sealed

JOURNAL = "journal"


def sealed_forms(f: FieldDef, record_id: uuid.UUID, value: Any) -> dict[str, Any]:
    """The entries of `custom` that hold a value (in its JSON form) encrypted; of None they are None."""
    assert f.seal is not None
    if value is None:
        return {f.key + TOKEN: None, f.key + INDEX: None}
    return {f.key + TOKEN: f.seal.close(record_id, value), f.key + INDEX: f.seal.blind(value)}


def stored_customs(f: FieldDef, record_id: uuid.UUID, value: Any) -> dict[str, Any]:
    """The entries of `custom` for a value in its JSON form; None for those that must not stay."""
    if f.seal is None:
        return {f.key: value}
    found = sealed_forms(f, record_id, value)
    if not (f.column or f.plain_column):
        found[f.key] = None if f.sealing == ON else value
    return found


def stored_column(f: FieldDef) -> str | None:
    """The column that a write of the field reaches: its own, or the one where its plain value stands or stood."""
    return f.column or f.plain_column


def stored_plain(f: FieldDef, value: Any) -> Any:
    """What a column of the field holds of a value."""
    return None if f.sealing == ON else value


def has_customs(f: FieldDef) -> bool:
    """Whether a write of the field reaches `custom`."""
    return f.column is None or f.seal is not None


def opened(f: FieldDef, record_id: uuid.UUID, custom: Mapping[str, Any]) -> Any:
    """The Python value of an encrypted field out of a row's `custom`; raises Undecipherable."""
    return opened_token(f, record_id, custom.get(f.key + TOKEN))


def opened_token(f: FieldDef, record_id: uuid.UUID, token: Any) -> Any:
    """The Python value of an encrypted form."""
    if token is None:
        return None
    assert f.seal is not None
    return f.type.load(f.seal.open(record_id, token), f)


def is_closing(f: FieldDef) -> bool:
    """Whether the plain value still counts, with the encrypted one beside it."""
    return f.sealing == CLOSING


# ---- The journal


def journaled(ctx: Ctx, object_key: str, record_id: uuid.UUID, key: str, pair: Sequence[Any]) -> list[Any]:
    """The old and new value of a field as the journal keeps them of an encrypted one."""
    seal = FieldSeal(ctx.workspace, object_key, key, JOURNAL)
    return [None if value is None else seal.close(record_id, value) for value in pair]


def recalled_changes(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """The changes of a journal entry with its encrypted values opened."""
    return {
        key: [_recalled(ctx, object_key, record_id, key, value) for value in pair]
        if isinstance(pair, list) and any(is_sealed(value) for value in pair)
        else pair
        for key, pair in changes.items()
    }


def _recalled(ctx: Ctx, object_key: str, record_id: uuid.UUID, key: str, value: Any) -> Any:
    if not is_sealed(value):
        return value
    try:
        return FieldSeal(ctx.workspace, object_key, key, JOURNAL).open(record_id, value)
    except Undecipherable:
        # Somebody's own text that looks like one of ours; a real one that does not open tells nothing.
        return value
