"""The OpenAPI 3.1 document of a workspace: the fixed routes and, per object, its own schemas.

*How it works*: ninja describes the fixed routes. For every object of the workspace the same generic
handlers are described once more under its key, with `Customer`, `CustomerCreate` and `CustomerUpdate`
made from its fields, custom ones included, so that generated clients know them.

*Rules*: what stands here is what the handlers do; schemathesis holds the one against the other.
"""

from typing import Any

from django.conf import settings

from guanxi.engine.access import rights
from guanxi.engine.records.describing import actions_for
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.web.openapi_parts import (
    COMPONENTS,
    PROBLEMS,
    bulk_body,
    list_parameters,
    page_parameters,
    query_body,
    ref,
    value_schema,
)


def document_for(ctx: Ctx, base: dict[str, Any]) -> dict[str, Any]:
    """The whole document for the context's workspace; `base` is ninja's."""
    paths: dict[str, Any] = {path: _with_problems(verbs) for path, verbs in base["paths"].items()}
    schemas: dict[str, Any] = {**base.get("components", {}).get("schemas", {}), **COMPONENTS}
    for obj in get_schema(ctx).listed:
        if not rights.can(ctx, obj, "read"):
            continue
        name = schema_name(obj.key)
        readable = rights.readable(ctx, obj)
        schemas[name] = _record_schema(obj, readable)
        schemas[f"{name}Create"] = _input_schema(ctx, readable, required=True)
        schemas[f"{name}Update"] = _input_schema(ctx, readable, required=False)
        paths |= _object_paths(ctx, obj, name)
    return {
        **base,
        "openapi": "3.1.0",
        "paths": paths,
        "security": [{"bearer": []}, {"session": []}],
        "components": {
            **base.get("components", {}),
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
            },
        },
    }


def _with_problems(verbs: dict[str, Any]) -> dict[str, Any]:
    """The operations of one address, each with the problems that any of them may answer."""
    told = {}
    for verb, operation in verbs.items():
        answers = {str(status): answer for status, answer in operation["responses"].items()}
        told[verb] = {**operation, "responses": {**PROBLEMS, **answers}}
    return told


def schema_name(key: str) -> str:
    """`price_book` as `PriceBook`."""
    return "".join(part.title() for part in key.split("_"))


def _record_schema(obj: ObjectDef, readable: dict[str, FieldDef]) -> dict[str, Any]:
    person = {"anyOf": [ref("Person"), {"type": "null"}]}
    properties: dict[str, Any] = {
        "id": {"type": "string", "format": "uuid"},
        "object": {"const": obj.key},
        "title": {"type": "string"},
        "version": {"type": "integer"},
        "owner": person,
        "created_at": {"type": "string", "format": "date-time"},
        "created_by": person,
        "updated_at": {"type": "string", "format": "date-time"},
        "updated_by": person,
        "deleted_at": {"type": "string", "format": "date-time"},
    }
    if obj.has_currency:
        properties["currency"] = {"type": "string"}
    for key, f in readable.items():
        if (f.type.storage != "none" or f.type.holds_lines) and key not in properties:
            properties[key] = value_schema(f, output=True)
    return {"type": "object", "properties": properties, "required": ["id", "object", "title", "version"]}


def _input_schema(ctx: Ctx, readable: dict[str, FieldDef], *, required: bool) -> dict[str, Any]:
    writable = {
        key: f
        for key, f in readable.items()
        if rights.is_writable(ctx, f) and (f.type.storage != "none" or f.type.holds_lines)
    }
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key: value_schema(f, output=False) for key, f in writable.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = [key for key, f in writable.items() if f.required and f.default is None]
    else:
        schema["properties"]["version"] = {"type": "integer", "minimum": 1}
    return schema


def _object_paths(ctx: Ctx, obj: ObjectDef, name: str) -> dict[str, Any]:
    label = obj.label_plural.en
    root, one = f"/api/v1/{obj.key}", f"/api/v1/{obj.key}/{{id}}"
    record = ref(name)
    identity = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    ]
    version = {
        "name": "If-Match",
        "in": "header",
        "schema": {"type": "string"},
        "description": "The record's version",
    }
    plural = f"{obj.key}s"
    page = {
        "type": "object",
        "properties": {"data": {"type": "array", "items": record}, "page": ref("PageInfo")},
    }
    paths = {
        root: {
            "get": _operation(f"{plural}_list", f"List {label}", label, page, parameters=list_parameters()),
            "post": _operation(f"{plural}_create", f"Create {label}", label, record, body=ref(f"{name}Create"), status="201"),
        },
        f"{root}/query": {"post": _operation(f"{plural}_query", f"Query {label}", label, ref("QueryAnswer"), body=query_body())},
        f"{root}/bulk": {"post": _operation(f"{plural}_bulk", f"Change many {label}", label, ref("BulkAnswer"), body=bulk_body())},
        f"{root}/duplicates": {
            "post": _operation(f"{plural}_duplicates", f"Find duplicates among {label}", label, ref("Anything"), body=ref("Anything"))
        },
        f"{root}/draft": {
            "post": _operation(f"{plural}_draft", f"What a form for {label} shows and requires", label, ref("FormState"), body=ref("Draft"))
        },
        one: {
            "get": _operation(f"{plural}_get", f"Read one of {label}", label, record, parameters=[*identity, *_named("fields", "deleted")]),
            "patch": _operation(
                f"{plural}_update", f"Change one of {label}", label, record, body=ref(f"{name}Update"),
                parameters=[*identity, version],
            ),
            "delete": _operation(f"{plural}_delete", f"Delete one of {label}", label, None, parameters=[*identity, version], status="204"),
        },
        f"{root}/merge/preview": {
            "post": _operation(f"{plural}_merge_preview", f"Look at a merge of {label}", label, ref("Anything"), body=ref("MergeRequest"))
        },
        f"{root}/merge": {"post": _operation(f"{plural}_merge_all", f"Merge {label}", label, ref("Anything"), body=ref("MergeRequest"))},
        f"{one}/merges": {"get": _operation(f"{plural}_merges", "What was merged into a record", label, ref("Anything"), parameters=identity)},
        f"{one}/unmerge": {
            "post": _operation(f"{plural}_unmerge", "Take a merge back", label, ref("Anything"), body=ref("UnmergeRequest"), parameters=identity)
        },
        f"{one}/history": {"get": _operation(f"{plural}_history", "Changes of a record", label, ref("HistoryPage"), parameters=[*identity, *page_parameters("field")])},
        f"{one}/reveal": {
            "post": _operation(f"{plural}_reveal", "Show a masked value", label, ref("Anything"), body=ref("Anything"), parameters=identity)
        },
        f"{one}/access": {"get": _operation(f"{plural}_access", "Why somebody sees a record", label, ref("Anything"), parameters=identity)},
        f"{one}/collaborators": {
            "get": _operation(f"{plural}_collaborators", "Who works on a record", label, ref("Anything"), parameters=identity),
            "put": _operation(
                f"{plural}_set_collaborators", "Say who works on a record", label, ref("Anything"), body=ref("Anything"),
                parameters=identity,
            ),
        },
        f"{one}/consents": {
            "get": _operation(f"{plural}_consents", "What a person agreed to", label, ref("Anything"), parameters=identity),
            "post": _operation(
                f"{plural}_record_consents", "Write down what a person said", label, ref("Anything"), body=ref("Anything"),
                parameters=identity, status="201",
            ),
        },
        f"{one}/may-contact": {"get": _operation(f"{plural}_may_contact", "Whether a person may be contacted", label, ref("Anything"), parameters=[*identity, *_named("purpose", "channel")])},
        f"{one}/consent-links": {
            "get": _operation(f"{plural}_consent_links", "Withdrawal links that still open", label, ref("Anything"), parameters=identity),
            "post": _operation(
                f"{plural}_create_consent_link", "Make a withdrawal link", label, ref("Anything"), body=ref("Anything"),
                parameters=identity, status="201",
            ),
        },
        f"{one}/timeline": {"get": _operation(f"{plural}_timeline", "What happened", label, ref("TimelinePage"), parameters=[*identity, *page_parameters("kinds")])},
    }  # fmt: skip
    for action in actions_for(ctx, obj):
        body = {"type": "object", "properties": {
            f.key: value_schema(f, output=False) for f in action.input_fields(obj)
        }}  # fmt: skip
        operation = f"{plural}_{action.key}"
        summary = action.label.en
        paths[f"{one}/actions/{action.key}"] = {
            "post": _operation(operation, summary, label, ref("Anything"), body=body, parameters=identity)
        }
    return paths


def _named(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]


def _operation(
    operation_id: str, summary: str, tag: str, answer: dict[str, Any] | None, *, body: dict[str, Any] | None = None,
    parameters: list[dict[str, Any]] | None = None, status: str = "200",
) -> dict[str, Any]:  # fmt: skip
    responses: dict[str, Any] = {status: {"description": "Done"}}
    if answer is not None:
        responses[status]["content"] = {"application/json": {"schema": answer}}
    operation: dict[str, Any] = {
        "operationId": operation_id,
        "summary": summary,
        "tags": [tag],
        "parameters": parameters or [],
        "responses": responses | PROBLEMS,
    }
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation
