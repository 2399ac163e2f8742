"""The pieces of the OpenAPI document that do not depend on a workspace: values, pages, queries, problems."""

from typing import Any

from guanxi.engine.records.query.spec import BUCKETS, MAX_GROUP_ROWS, MAX_LIMIT, MEASURE_OPS, RATIO
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.lines import MAX_LINES


def ref(name: str) -> dict[str, Any]:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


_NULL = {"type": "null"}
_FILES = {"type": "array", "items": ref("FileReference")}
_FILE_IDS = {"type": "array", "items": ref("Reference")}
_NUMBER: dict[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string"}]}
_OUTPUT: dict[str, dict[str, Any]] = {
    "number": {"type": "number"}, "decimal": {"type": "number"}, "money": {"type": "number"},
    "percent": {"type": "number"}, "rating": {"type": "integer"}, "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"}, "datetime": {"type": "string", "format": "date-time"},
    "time": {"type": "string"}, "multi_select": {"type": "array", "items": {"type": "string"}},
    "tags": {"type": "array", "items": {"type": "string"}}, "json": {},
    "address": {"type": "object"}, "location": {"type": "object"},
    "file": ref("FileReference"), "files": _FILES, "image": _FILES,
}  # fmt: skip
_INPUT = _OUTPUT | {
    "number": _NUMBER, "decimal": _NUMBER, "money": _NUMBER, "percent": _NUMBER,
    "datetime": {"type": "string"}, "address": {"anyOf": [{"type": "object"}, {"type": "string"}]},
    "file": ref("Reference"), "files": _FILE_IDS, "image": _FILE_IDS,
}  # fmt: skip


def value_schema(f: FieldDef, *, output: bool) -> dict[str, Any]:
    """The schema of a field's value, as answered or as accepted."""
    shape = _shape(f, output)
    described: dict[str, Any] = {"title": f.label.en}
    if f.help:
        described["description"] = f.help.en
    return {"anyOf": [shape, _NULL], **described} if shape else described


def _shape(f: FieldDef, output: bool) -> dict[str, Any]:
    kind = f.type.type
    if f.type.has_options:
        values = [option.value for option in f.options]
        one: dict[str, Any] = (
            {"type": "string", "enum": values} if values and not output else {"type": "string"}
        )
        return {"type": "array", "items": one} if f.type.as_json_value else one
    if kind in ("user", "team"):
        return ref("Person") if output else ref("Reference")
    if kind == "link":
        return ref("RecordReference") if output else ref("Reference")
    if f.type.holds_lines:
        return {"type": "array", "maxItems": MAX_LINES, "items": {"type": "object"}}
    if kind == "links":
        return {"type": "array", "items": ref("RecordReference") if output else ref("Reference")}
    return (_OUTPUT if output else _INPUT).get(kind, {"type": "string"})


def list_parameters() -> list[dict[str, Any]]:
    """The query parameters of a list."""
    text = {"type": "string"}
    return [
        {"name": "filter", "in": "query", "schema": text, "description": "The filter tree as JSON"},
        {"name": "sort", "in": "query", "schema": text, "description": "`name,-amount`"},
        {"name": "fields", "in": "query", "schema": text, "description": "Field paths, separated by commas"},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}},
        {"name": "cursor", "in": "query", "schema": text},
        {
            "name": "q",
            "in": "query",
            "schema": {"type": "string", "maxLength": 200},
            "description": "Search text",
        },
        {"name": "count", "in": "query", "schema": {"type": "boolean"}},
        {"name": "deleted", "in": "query", "schema": {"type": "boolean"}, "description": "The recycle bin"},
    ]


def page_parameters(*names: str) -> list[dict[str, Any]]:
    """The query parameters of a page: `names`, how many and from where."""
    return [
        *({"name": name, "in": "query", "schema": {"type": "string"}} for name in names),
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}},
        {"name": "cursor", "in": "query", "schema": {"type": "string"}},
    ]


def _page_of(name: str) -> dict[str, Any]:
    data = {"type": "array", "items": ref(name)}
    return {
        "type": "object",
        "properties": {"data": data, "page": ref("PageInfo")},
        "required": ["data", "page"],
    }


def query_body() -> dict[str, Any]:
    """The body of `POST /{object}/query`."""
    return ref("RecordQuery")


def bulk_body() -> dict[str, Any]:
    """The body of `POST /{object}/bulk`."""
    return ref("BulkRequest")


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/problem+json": {"schema": ref("Problem")}}}


PROBLEMS: dict[str, Any] = {
    "400": _problem("Not JSON"),
    "401": _problem("Not signed in"),
    "403": _problem("Not allowed"),
    "404": _problem("Not found, or not visible to the caller"),
    "409": _problem("Stale version, lost race, changed count"),
    "413": _problem("Too large"),
    "422": _problem("Input that does not fit, every field named"),
    "428": _problem("The version is missing"),
    "429": _problem("Too many requests; see Retry-After"),
}
_IDS = {"type": "array", "items": {"type": "string", "format": "uuid"}}
_FILTER = {
    "type": "object",
    "description": '`{"and": […]}`, `{"or": […]}`, `{"not": …}` or `{"field", "op", "value"}`',
}
COMPONENTS: dict[str, Any] = {
    "Anything": {"type": "object"},
    "Person": {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}},
    "RecordReference": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "object": {"type": "string"}},
    },
    "Reference": {
        "anyOf": [
            {"type": "string", "format": "uuid"},
            {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}}, "required": ["id"]},
        ]
    },
    "FileReference": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "name": {"type": "string"},
            "size": {"type": "integer"},
            "type": {"type": "string"},
            "url": {"type": "string"},
        },
    },
    "HistoryPage": _page_of("HistoryEntry"),
    "HistoryEntry": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "at": {"type": "string", "format": "date-time"},
            "actor": {"anyOf": [ref("Person"), _NULL]},
            "via": {"type": "string", "description": "web, api, import, flow …"},
            "action": {"type": "string", "description": "create, update, delete, restore, merge, convert …"},
            "version": {"type": "integer"},
            "changes": {"type": "array", "items": ref("FieldChange")},
        },
    },
    "FieldChange": {
        "type": "object",
        "properties": {"field": {"type": "string"}, "label": {"type": "object"}, "old": {}, "new": {}},
    },
    "TimelinePage": _page_of("TimelineEntry"),
    "TimelineEntry": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "at": {"type": "string", "format": "date-time"},
            "kind": {"type": "string", "description": "note, call, event, task … or change"},
            "object": {"type": "string"},
            "record_id": {"type": "string", "format": "uuid"},
            "title": {"type": "string"},
            "body": {"type": ["string", "null"]},
            "actor": {"anyOf": [ref("Person"), _NULL]},
            "data": {"type": "object"},
        },
    },
    "PageInfo": {
        "type": "object",
        "properties": {
            "next": {"type": ["string", "null"]},
            "count": {
                "anyOf": [
                    {"type": "object", "properties": {"value": {"type": "integer"}, "exact": {"type": "boolean"}}},
                    _NULL,
                ]
            },
        },
    },
    "FilterTree": _FILTER,
    "RecordQuery": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "filter": ref("FilterTree"),
            "sort": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            "fields": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            "limit": {
                "type": "integer",
                "minimum": 1,
                "maximum": MAX_GROUP_ROWS,
                "description": f"At most {MAX_LIMIT} records, or {MAX_GROUP_ROWS} groups",
            },
            "cursor": {"type": ["string", "null"]},
            "q": {"type": "string", "maxLength": 200},
            "count": {"type": "boolean"},
            "deleted": {"type": "boolean"},
            "group": {
                "type": "array",
                "maxItems": 4,
                "items": {
                    "anyOf": [
                        {"type": "string"},
                        {
                            "type": "object",
                            "properties": {
                                "field": {"type": "string"},
                                "bucket": {"enum": list(BUCKETS)},
                                "edges": {
                                    "type": "array",
                                    "items": {"type": "number"},
                                    "description": "Of the bucket `range`: where one range ends and the next begins",
                                },
                            },
                        },
                    ]
                },
            },
            "measures": {
                "type": "array",
                "maxItems": 20,
                "items": {
                    "type": "object",
                    "properties": {
                        "op": {"enum": [*MEASURE_OPS, RATIO]},
                        "field": {"type": "string"},
                        "as": {"type": "string"},
                        "filter": ref("FilterTree"),
                        "of": {"type": "object", "description": "Of a ratio: the measure that is divided"},
                        "over": {"type": "object", "description": "Of a ratio: the measure it is divided by"},
                    },
                    "required": ["op"],
                },
            },
            "totals": {"type": "boolean", "description": "Of groups: also by each dimension alone and over everything"},
            "marks": {
                "type": "array",
                "maxItems": 5,
                "items": ref("FilterTree"),
                "description": "Each record says in `marks` which of these it matches",
            },
        },
    },
    "QueryAnswer": {
        "type": "object",
        "properties": {"data": {"type": "array", "items": {"type": "object"}}, "page": ref("PageInfo")},
    },
    "Draft": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "values": {"type": "object", "description": "What was typed so far, by field"},
            "record": {"type": "string", "format": "uuid", "description": "The record being edited, if any"},
        },
    },
    "FormState": {
        "type": "object",
        "properties": {
            "fields": {"type": "object", "additionalProperties": ref("FieldState")},
            "errors": {"type": "array", "items": {"type": "object"}},
            "warnings": {"type": "array", "items": {"type": "object"}},
            "layout": {"anyOf": [{"type": "object"}, {"type": "null"}]},
        },
    },
    "FieldState": {
        "type": "object",
        "required": ["visible", "required", "readonly"],
        "properties": {
            "visible": {"type": "boolean"},
            "required": {"type": "boolean"},
            "readonly": {"type": "boolean"},
            "options": {"type": "array", "items": {"type": "string"}},
            "default": {},
            "value": {},
        },
    },
    "BulkRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["op"],
        "properties": {
            "op": {"enum": ["create", "update", "delete", "restore", "undo"]},
            "records": {"type": "array", "items": {"type": "object"}},
            "ids": _IDS,
            "filter": ref("FilterTree"),
            "q": {"type": "string"},
            "set": {"type": "object"},
            "add": {"type": "object", "description": "What to add to lists (tags)"},
            "remove": {"type": "object", "description": "What to remove from lists"},
            "batch": {"type": "string", "format": "uuid", "description": "With `undo`: the batch of an earlier answer"},
            "expect": {"type": "integer"},
        },
    },
    "MergeRequest": {
        "type": "object",
        "required": ["ids"],
        "properties": {
            "ids": {**_IDS, "minItems": 2, "maxItems": 20},
            "survivor": {"type": "string", "format": "uuid"},
            "choose": {"type": "object", "description": "By field, the id of the record whose value stays"},
            "values": {"type": "object", "description": "By field, another value"},
        },
    },
    "UnmergeRequest": {
        "type": "object",
        "required": ["batch"],
        "properties": {"batch": {"type": "string", "format": "uuid", "description": "From the merge's answer"}},
    },
    "BulkAnswer": {"type": "object", "properties": {"affected": {"type": "integer"}, "batch": {"type": "string"}}},
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "field": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"},
                    },
                },
            },
        },
    },
}  # fmt: skip
