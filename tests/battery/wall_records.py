"""The doors of records: lists, single records, their history, writing, actions, and questions about them."""

from typing import Any

from tests.battery.wall_doors import Leak, Visit, door
from tests.battery.wall_oracle import ALWAYS
from tests.battery.wall_world import MANY

NOBODY = "00000000-0000-7000-8000-000000000001"


def _has(visit: Visit) -> bool:
    """True when the person sees the object at all."""
    return visit.who.scope(visit.key) != "none"


def _expect(visit: Visit, answer: Any, what: str, *codes: int) -> None:
    if answer.status_code not in codes:
        raise Leak(f"{visit.name}: {visit.key} {what} answered {answer.status_code}: {answer.data}")


@door("GET /{object_key}", "POST /{object_key}/query")
def lists(visit: Visit) -> None:
    """Rows, counts and groups are those of the records one sees; a field one may not read is none."""
    path, seen = f"/{visit.key}/query", visit.wall.oracle.visible(visit.who, visit.key)
    answer = visit.ask("GET", f"/{visit.key}?limit=200")
    _expect(visit, answer, "list", 200 if _has(visit) else 404)
    if not _has(visit):
        _expect(visit, visit.ask("POST", path, {}), "query", 404)
        return
    planted = {r.id for r in visit.wall.oracle.records}
    if {row["id"] for row in answer.data["data"]} & planted != {r.id for r in seen}:
        raise Leak(f"{visit.name} sees other {visit.key} records than they should")
    whole = {"limit": 200, "filter": {"field": "id", "op": "in", "value": sorted(planted)}}
    counted = visit.ask("POST", path, {"filter": whole["filter"], "measures": [{"op": "count"}]})
    if counted.data["data"][0]["values"]["count"] != len(seen):
        raise Leak(f"{visit.name} counts other {visit.key} records than they see")
    title = visit.wall.world.meta[visit.key]["title_field"]
    visit.ask("POST", path, whole | {"sort": f"-{title}", "deleted": True})
    visit.ask("POST", path, whole | {"group": [title], "measures": [{"op": "distinct", "field": title}]})


@door("GET /meta/objects/{object_key}")
def fields(visit: Visit) -> None:
    """A field one may not read is not told of, and cannot be asked for; a masked one cannot be worked with."""
    path, told = f"/{visit.key}/query", visit.ask("GET", f"/meta/objects/{visit.key}")
    if not _has(visit):
        _expect(visit, told, "meta", 404)
        return
    keys = {f["key"]: f for f in told.data["fields"]}
    for f in visit.fields("hidden"):
        if f["key"] in ALWAYS:
            continue
        if f["key"] in keys:
            raise Leak(f"{visit.name} is told of {visit.key}.{f['key']}")
    unusable = [f["key"] for f in visit.fields("hidden", "masked")]
    bodies: list[dict[str, Any]] = []
    for name in unusable:
        bodies += [{"sort": name}, {"filter": {"field": name, "op": "is_empty"}}, {"group": [name]},
                   {"measures": [{"op": "max", "field": name}]},
                   {"measures": [{"op": "count", "filter": {"field": name, "op": "is_empty"}}]},
                   {"group": [{"field": name, "bucket": "range", "edges": [1]}]}, {"marks": [{"field": name, "op": "is_empty"}]}]  # fmt: skip
    hidden = [f["key"] for f in visit.fields("hidden")]
    bodies += [{"fields": [name]} for name in hidden]
    for body in bodies[:: max(1, len(bodies) // 12)]:
        _expect(visit, visit.ask("POST", path, body), f"unreadable field in {body}", 422)


@door("GET /meta/objects/{object_key}/layout", "GET /{object_key}/duplicates/clusters",
      "GET /{object_key}/duplicates/runs/latest", "GET /quality/{object_key}",
      "GET /quality/{object_key}/worklist", "GET /quality/{object_key}/repairs", "GET /views")  # fmt: skip
def questions(visit: Visit) -> None:
    """What is told of an object without naming a record."""
    for path in (f"/meta/objects/{visit.key}/layout?kind=detail", f"/{visit.key}/duplicates/clusters",
                 f"/{visit.key}/duplicates/runs/latest", f"/quality/{visit.key}", f"/quality/{visit.key}/repairs",
                 f"/views?object={visit.key}"):  # fmt: skip
        visit.ask("GET", path)
    for check in ("unsound", "broken", "shared"):
        visit.ask("GET", f"/quality/{visit.key}/worklist?check={check}")
        for f in visit.fields("hidden", "masked")[:6]:
            visit.ask("GET", f"/quality/{visit.key}/worklist?check={check}&field={f['key']}")


@door("GET /{object_key}/{record_id}", "GET /{object_key}/{record_id}/history", "GET /{object_key}/{record_id}/timeline",
      "GET /{object_key}/{record_id}/access", "GET /{object_key}/{record_id}/collaborators",
      "GET /{object_key}/{record_id}/merges", "GET /quality/{object_key}/marks/{record_id}",
      "GET /quality/{object_key}/confirmations/{record_id}", "GET /{object_key}/{record_id}/may-contact",
      "GET /{object_key}/{record_id}/consents", "GET /{object_key}/{record_id}/consent-links",
      "GET /{object_key}/{record_id}/consents/{entry_id}/file")  # fmt: skip
def one_record(visit: Visit) -> None:
    """A record and what is told of it: all of it, or 404."""
    for rest in (
        "/{id}",
        "/{id}/history",
        "/{id}/timeline",
        "/{id}/access",
        "/{id}/collaborators",
        "/{id}/merges",
    ):
        for record, answer in zip(visit.aims, visit.aimed("GET", rest), strict=True):
            _expect(visit, answer, rest, 200 if visit.sees(record) else 404)
    for what in ("marks", "confirmations"):
        visit.aimed("GET", f"/{what}/{{id}}", prefix="/quality")
    for rest in ("/may-contact", "/consents", "/consent-links", f"/consents/{NOBODY}/file"):
        visit.aimed("GET", f"/{{id}}{rest}")
    for record in visit.seen:
        for f in visit.fields("hidden")[:3]:
            if f["key"] not in ALWAYS:
                answer = visit.ask("GET", f"/{visit.key}/{record.id}/history?field={f['key']}")
                _expect(visit, answer, "history of a hidden field", 422)
                _expect(visit, visit.ask("GET", f"/{visit.key}/{record.id}?fields={f['key']}"), "field", 422)


@door("POST /{object_key}/{record_id}/reveal")
def revealing(visit: Visit) -> None:
    """Only what is masked, of records one sees."""
    for f in visit.fields("hidden", "read", "edit")[:2]:
        for answer in visit.aimed("POST", "/{id}/reveal", {"field": f["key"]}, also=(422,)):
            _expect(visit, answer, "reveal", 404, 422)
    for f in visit.fields("masked")[:2]:
        hidden = [r for r in visit.aims if not visit.sees(r)]
        for record in hidden:
            answer = visit.ask("POST", f"/{visit.key}/{record.id}/reveal", {"field": f["key"]})
            _expect(visit, answer, "reveal of a hidden record", 404)


@door("POST /{object_key}/duplicates", "POST /duplicates/search")
def duplicates(visit: Visit) -> None:
    """Equal keys tell that the firm has a record; a field one may not read is no key for them."""
    for record in visit.wall.oracle.records:
        if record.object != visit.key or record.name.startswith("cross"):
            continue
        for name, text in record.canaries.items():
            kind = next(f["type"] for f in visit.wall.world.meta[visit.key]["fields"] if f["key"] == name)
            if kind not in ("phone", "email", "tax_number") and name != record.title_field:
                continue
            given = MANY[kind](text, text)
            tool = visit.ask("POST", "/duplicates/search", {"q": given})
            hint = visit.ask("POST", f"/{visit.key}/duplicates", {name: given})
            if not _has(visit):
                continue
            unread = visit.who.right(visit.key, name) in ("hidden", "masked") and name != record.title_field
            for answer in (tool, hint):
                if unread and answer.data.get("data"):
                    raise Leak(f"{visit.name} finds by {visit.key}.{name}, which they may not read")


@door("POST /{object_key}/draft")
def drafts(visit: Visit) -> None:
    """Forms: what rules and formulas make of a record."""
    if _has(visit):
        visit.ask("POST", f"/{visit.key}/draft", {"values": {}})
    visit.aimed("POST", "/draft", lambda record: {"record": record.id, "values": {}})
    for f in visit.fields("read", "edit"):
        if f["type"] == "link" and _has(visit):
            for target in (
                r for r in visit.wall.oracle.records if (r.object, r.name) == (f["target"], "stranger")
            ):
                visit.ask("POST", f"/{visit.key}/draft", {"values": {f["key"]: target.id}})


@door("POST /{object_key}/merge/preview", "POST /{object_key}/merge", "POST /{object_key}/duplicates/merge/preview",
      "POST /{object_key}/{record_id}/unmerge")  # fmt: skip
def merging(visit: Visit) -> None:
    """Looking at a merge, and merging, with a record one does not see."""
    mine = [r.id for r in visit.wall.oracle.visible(visit.who, visit.key)][:1]
    for record in visit.aims:
        body = {"ids": [*mine, record.id], "survivor": (mine or [record.id])[0]}
        for rest in ("/merge/preview", "/merge"):
            with visit.trying():
                answer = visit.ask("POST", f"/{visit.key}{rest}", body)
            if not visit.sees(record):
                _expect(visit, answer, rest, 403, 404, 422)
    visit.ask("POST", f"/{visit.key}/duplicates/merge/preview", {"threshold": 0.9})
    visit.aimed("POST", "/{id}/unmerge", {"batch": NOBODY})


@door("POST /{object_key}", "PATCH /{object_key}/{record_id}", "DELETE /{object_key}/{record_id}",
      "POST /{object_key}/bulk", "PUT /{object_key}/{record_id}/collaborators",
      "PUT /quality/{object_key}/marks/{record_id}/{field}",
      "DELETE /quality/{object_key}/marks/{record_id}/{field}",
      "PUT /quality/{object_key}/confirmations/{record_id}/{field}", "POST /{object_key}/{record_id}/consents",
      "POST /{object_key}/{record_id}/consent-links",
      "DELETE /{object_key}/{record_id}/consent-links/{link_id}")  # fmt: skip
def writing(visit: Visit) -> None:
    """What answers a write: the record as its writer sees it; a record one does not see is not there."""
    title = visit.wall.world.meta[visit.key]["title_field"]
    with visit.trying():
        visit.ask("POST", f"/{visit.key}", visit.wall.world.least(visit.key, "新的"))
        visit.aimed("PATCH", "/{id}", {title: "改过", "version": 1})
        visit.aimed("PATCH", "/{id}", {title: "旧版本", "version": 99})
        visit.aimed("PUT", "/{id}/collaborators", {"collaborators": []})
        visit.aimed("PUT", "/marks/{id}/phone", {"kind": "wrong"}, prefix="/quality")
        visit.aimed("DELETE", "/marks/{id}/phone", prefix="/quality")
        visit.aimed("PUT", "/confirmations/{id}/phone", {}, prefix="/quality")
        for rest in ("/consents", "/consent-links"):
            visit.aimed("POST", f"/{{id}}{rest}", {})
        visit.aimed("DELETE", f"/{{id}}/consent-links/{NOBODY}")
        for op in ("update", "delete", "restore"):
            body = {"op": op, **({"set": {title: "批量"}} if op == "update" else {})}
            visit.aimed("POST", "/bulk", lambda record, body=body: body | {"ids": [record.id]})
        visit.aimed("DELETE", "/{id}", {"version": 1})
    kept = visit.fields("hidden", "masked", "read")[:3]
    boss = visit.wall.doors["boss"]
    versions = {r.id: boss.get(f"/{visit.key}/{r.id}?fields=id").data["version"] for r in visit.seen if kept}
    for f in kept:
        for record in visit.seen:
            with visit.trying():
                body = {f["key"]: None, "version": versions[record.id]}
                answer = visit.ask("PATCH", f"/{visit.key}/{record.id}", body)
            _expect(visit, answer, f"writing {f['key']}", 403, 422)


@door("POST /{object_key}/actions/{action_key}", "POST /{object_key}/{record_id}/actions/{action_key}")
def actions(visit: Visit) -> None:
    """Every action that is registered, on a record one sees and on one that one does not."""
    for action in visit.wall.world.meta[visit.key]["actions"]:
        with visit.trying():
            visit.aimed("POST", f"/{{id}}/actions/{action['key']}", {})
            visit.aimed("POST", f"/actions/{action['key']}", lambda record: {"ids": [record.id]})


REPEATED = (revealing, duplicates, drafts, merging, writing, actions)
"""Ways of trying that take long."""
