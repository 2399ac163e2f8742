"""Which layout serves a record: the first of its kind that fits the person's role and the record.

*How it works*: layouts stand in the administrator's order; one without roles and condition fits everybody
and everything. Where none fits, the sections and positions of the fields are the layout.

*Rules*: a layout decides what is where, never what one may see: fields the actor may not read are left
out of it, and rules (states) decide about the rest.
"""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.form_rules import LayoutDef
from guanxi.engine.tenancy.context import Ctx

KINDS = ("form", "page")


def candidates(ctx: Ctx, obj: ObjectDef, kind: str, *, role: str | None = None) -> list[LayoutDef]:
    """The layouts of a kind for the actor's role (or another, for a preview), in order."""
    asked = {role} if role else {str(ctx.actor.role), *ctx.actor.extra_roles}
    return [each for each in obj.layouts if each.kind == kind and (not each.roles or asked & set(each.roles))]


def conditions_of(layouts: Collection[LayoutDef]) -> dict[uuid.UUID, Any]:
    """The conditions to decide before one of them can be chosen; none when the first fits anyway."""
    asked: dict[uuid.UUID, Any] = {}
    for layout in layouts:
        if not layout.condition:
            break
        asked[layout.id] = layout.condition
    return asked


def first_fitting(layouts: Collection[LayoutDef], held: Collection[uuid.UUID]) -> LayoutDef | None:
    """The first whose condition is empty or holds."""
    return next((each for each in layouts if not each.condition or each.id in held), None)


def shown_layout(ctx: Ctx, obj: ObjectDef, kind: str, layout: LayoutDef | None) -> dict[str, Any]:
    """The layout as a screen draws it: tabs of sections of fields, and the related lists."""
    readable = rights.readable(ctx, obj)
    if layout is None:
        return {"id": None, "kind": kind, "name": None, **default_definition(obj, kind, list(readable))}
    tabs = [_tab(tab, readable) for tab in layout.definition["tabs"]]
    return {
        "id": str(layout.id),
        "kind": kind,
        "name": layout.name.as_dict(),
        "tabs": [tab for tab in tabs if tab["sections"]],
        "related": layout.definition.get("related"),
    }


def default_definition(obj: ObjectDef, kind: str, keys: Collection[str]) -> dict[str, Any]:
    """The layout that the fields' sections and positions make."""
    fields = sorted((obj.fields[key] for key in keys), key=lambda f: f.position)
    sections = []
    known = {section.key for section in obj.sections}
    for section in obj.sections:
        inside = [f.key for f in fields if f.section == section.key]
        if inside:
            sections.append(_section(section.key, section.label.as_dict(), inside, kind))
    rest = [f.key for f in fields if f.section not in known]
    if rest:
        sections.append(_section("other", None, rest, kind))
    return {"tabs": [{"key": "main", "label": None, "sections": sections}], "related": None}


def _section(key: str, label: Any, fields: list[str], kind: str) -> dict[str, Any]:
    columns = 2 if kind == "form" else 1
    return {"key": key, "label": label, "columns": columns, "collapsed": False, "fields": fields}


def _tab(tab: Mapping[str, Any], readable: Collection[str]) -> dict[str, Any]:
    sections = [
        {**section, "fields": [key for key in section["fields"] if key in readable]}
        for section in tab["sections"]
    ]
    return {**tab, "sections": [section for section in sections if section["fields"]]}
