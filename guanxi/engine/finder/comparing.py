"""From an object's fields to what a rule compares, and a record's values as texts.

*How it works*: fields are recognised by their keys, labels and synonyms, as columns of a file are
(kit/matching/headers.py); what a field's type writes for people is what is compared.

*Rules*: hidden fields are not compared, so that no score tells of them.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps
from guanxi.kit.matching import headers

Columns = Mapping[str, list[str]]  # role → field keys


def columns_of(ctx: Ctx, obj: ObjectDef, rule: str) -> dict[str, list[str]]:
    """The fields of `obj` by the role they have for `rule`; the title is the name where nothing else is."""
    fields = [f for f in rights.readable(ctx, obj).values() if f.in_row and not f.system]
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    ways: tuple[Callable[[FieldDef], list[str]], ...] = (
        lambda f: [f.key],
        lambda f: [f.label.en],
        lambda f: [f.label.zh],
        lambda f: list(f.synonyms),
    )
    for names in ways:
        for field in fields:
            if field.key in taken:
                continue
            role = next(iter(headers.guess(names(field), rule).values()), None)
            if role and (role not in found or role in headers.SEVERAL):
                found.setdefault(role, []).append(field.key)
                taken.add(field.key)
    if not {"name", "given_name", "surname"} & set(found) and obj.title_field in obj.fields:
        found["name"] = [obj.title_field]
    return found


def default_rule(obj: ObjectDef) -> str:
    """People where the records belong to a company or have a birthday; companies else."""
    roles = {headers.guess([f.key], "person").get(0) for f in obj.fields.values()}
    return "person" if {"company", "birth_date", "given_name"} & roles or obj.key == "contact" else "company"


def values_of(record: Mapping[str, Any], obj: ObjectDef, columns: Columns, env: Env) -> dict[str, list[str]]:
    """The record's texts by role; values are those of the API."""
    found: dict[str, list[str]] = {}
    for role, keys in columns.items():
        texts = []
        for key in keys:
            field = obj.fields.get(key)
            value = record.get(key)
            if field is None or value in (None, "", []):
                continue
            # Texts are compared as they are; all else (a region, a date) as its type writes it.
            texts.append(
                value if isinstance(value, str) and role != "region" else field.type.format(value, field, env)
            )
        if texts:
            found[role] = [text for text in texts if text]
    return found


def mark_of(values: Mapping[str, Any]) -> str:
    """A fingerprint of what was compared."""
    return hashlib.sha256(dumps(sorted(values.items()))).hexdigest()[:40]
