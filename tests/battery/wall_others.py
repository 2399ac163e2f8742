"""The doors that are of no single object: search, files, exports, imports, jobs, changes, notices, settings."""

import random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.engine.transfer.exporting.writers import WRITERS
from tests.battery.wall_doors import Leak, Visit, door, plain_doors, silent, text_of
from tests.battery.wall_oracle import Planted
from tests.firms import run_jobs

SAMPLE = 24
FILES = ("file", "files", "image")


def _refused(visit: Visit, answer: Any, what: str, *codes: int) -> None:
    if answer.status_code not in codes:
        raise Leak(f"{visit.name}: {what} answered {answer.status_code}")


@door("GET /search")
def searching(visit: Visit) -> None:
    """What one may not read finds nothing, in the search box and in a list's."""
    oracle, rng = visit.wall.oracle, random.Random(visit.name)
    hidden = sorted(text for text in oracle.of if text not in visit.allowed)
    for text in rng.sample(hidden, min(SAMPLE, len(hidden))):
        record, name = oracle.of[text]
        found = visit.ask("GET", f"/search?q={text}").data["data"]
        listed = visit.ask("GET", f"/{record.object}?q={text}")
        rows = listed.data["data"] if listed.status_code == 200 else []
        if found or rows:
            raise Leak(f"{visit.name} finds a record by {record.object}.{name}, which they may not read")
    for record in rng.sample(oracle.records, 12):
        found = {hit["id"] for hit in visit.ask("GET", f"/search?q={record.title}").data["data"]}
        if visit.sees(record) != (record.id in found) and record.object != "note":
            raise Leak(f"{visit.name} finds {record.name}’s {record.object} otherwise than they see it")


@door("GET /files/{file_id}")
def files(visit: Visit) -> None:
    """A file is as visible as the field that holds it."""
    for record in visit.wall.oracle.records:
        for f in visit.wall.world.meta[record.object]["fields"]:
            if f["type"] in FILES and f["key"] in record.canaries:
                answer = visit.ask("GET", f"/files/{_file_of(visit, record, f['key'])}")
                reads = visit.wall.oracle.reads(visit.who, record, f["key"])
                _refused(visit, answer, f"file in {f['key']}", 200 if reads else 404)


def _file_of(visit: Visit, record: Planted, field: str) -> str:
    def find() -> str:
        held = visit.wall.doors["boss"].get(f"/{record.object}/{record.id}").data[field]
        return str((held[0] if isinstance(held, list) else held)["id"])

    return str(visit.wall.once((record.id, field), find))


@door("POST /exports", "GET /exports/{job_id}", "GET /exports/{job_id}/download")
def exporting(visit: Visit) -> None:
    """One's own exports hold what one may take out; those of others are not there."""
    for i, key in enumerate(sorted(visit.wall.world.meta)):
        scope, format_ = visit.who.scope(key, "export"), sorted(WRITERS)[i % len(WRITERS)]
        with visit.trying():
            ordered = visit.ask("POST", "/exports", {"object": key, "format": format_})
            expected = 404 if visit.who.scope(key) == "none" else 403 if scope == "none" else 202
            _refused(visit, ordered, f"exporting {key}", expected)
            if ordered.status_code != 202:
                continue
            run_jobs()
            done = visit.ask("GET", f"/exports/{ordered.data['id']}")
            if done.data["status"] != "done":
                raise Leak(f"{visit.name}: the export of {key} is {done.data['status']}")
            visit.ask("GET", f"/exports/{ordered.data['id']}/download")
    others = _everything_exported(visit)
    visit.ask("GET", f"/exports/{others}")
    visit.ask("GET", f"/exports/{others}/download")


def _everything_exported(visit: Visit) -> str:
    boss = visit.wall.doors["boss"]
    ordered = boss.post("/exports", {"object": "gadget", "format": "csv"})
    run_jobs()
    return str(ordered.data["id"])


@door("POST /imports", "GET /imports", "GET /imports/{job_id}", "PATCH /imports/{job_id}",
      "GET /imports/{job_id}/rows", "PATCH /imports/{job_id}/rows", "GET /imports/{job_id}/errors.xlsx",
      "POST /imports/{job_id}/preview", "POST /imports/{job_id}/run", "POST /imports/{job_id}/retry",
      "POST /imports/{job_id}/undo")  # fmt: skip
def importing(visit: Visit) -> None:
    """A file that meets hidden records tells nothing of them; files of others are not there."""
    hidden = visit.wall.planted("customer", "stranger")
    lines = f"客户名称,手机,描述\n{hidden.title},{hidden.canaries['mobile']},新\n"
    sent = SimpleUploadedFile("a.csv", lines.encode(), content_type="text/csv")
    boss, mine = visit.wall.doors["boss"], visit.wall.doors[visit.name]
    with visit.trying():
        made: Any = mine.client.post("/api/v1/imports", {"file": sent, "object": "customer"})
        if made.status_code == 201:
            path = f"/imports/{made.json()['id']}"
            for verb, rest in (
                ("GET", ""),
                ("POST", "/preview"),
                ("GET", "/rows"),
                ("GET", "/errors.xlsx"),
                ("POST", "/run"),
            ):
                visit.check(
                    text_of(visit.wall.doors[visit.name].call(verb, path + rest)), path + rest, asked=lines
                )
            run_jobs()
            for rest in ("", "/rows", "/errors.xlsx"):
                visit.check(text_of(mine.get(path + rest)), path + rest, asked=lines)
    with visit.trying():
        sent = SimpleUploadedFile("b.csv", lines.encode(), content_type="text/csv")
        theirs: Any = boss.client.post("/api/v1/imports", {"file": sent, "object": "customer"})
        path = f"/imports/{theirs.json()['id']}"
        boss.post(f"{path}/preview")
        for verb, rest in (
            ("GET", ""),
            ("GET", "/rows"),
            ("GET", "/errors.xlsx"),
            ("POST", "/preview"),
            ("PATCH", ""),
        ):
            visit.ask(verb, path + rest, {} if verb == "PATCH" else None)
        visit.ask("GET", "/imports")


@door("POST /jobs", "GET /jobs/{work_id}", "POST /jobs/{work_id}/cancel", "GET /jobs/{work_id}/refused",
      "GET /jobs/{work_id}/refused.csv", "GET /changes", "GET /changes/{change_id}",
      "POST /changes/{change_id}/undo")  # fmt: skip
def jobs_and_changes(visit: Visit) -> None:
    """Bulk work, what of it was refused, and what was changed: one's own, and what others did."""
    boss = visit.wall.doors["boss"]
    for key in ("customer", "gadget"):
        body: dict[str, Any] = {"object": key, "op": "update", "filter": None, "set": {"name": "批量改名"}}
        with visit.trying():
            made = visit.ask("POST", "/jobs", body)
            run_jobs()
            if made.status_code < 300:
                for rest in ("", "/refused", "/refused.csv"):
                    visit.ask("GET", f"/jobs/{made.data['id']}{rest}")
            _all_changes(visit)
        with visit.trying():
            gone = [r.id for r in visit.wall.oracle.records if r.object == key]
            ids = {"object": key, "op": "update", "ids": [*gone, visit.wall.world.id(key, "foreign")]}
            theirs = boss.post("/jobs", ids | {"set": {"name": "老板改名"}})
            boss.delete(f"/{key}/{gone[-1]}", {"version": 1})
            run_jobs()
            for rest in ("", "/refused", "/refused.csv"):
                visit.ask("GET", f"/jobs/{theirs.data['id']}{rest}")
            for change in boss.get("/changes").data["data"][:4]:
                visit.ask("GET", f"/changes/{change['id']}")
                visit.ask("POST", f"/changes/{change['id']}/undo", {})


def _all_changes(visit: Visit) -> None:
    told = visit.ask("GET", "/changes")
    for change in told.data["data"][:3]:
        visit.ask("GET", f"/changes/{change['id']}")


@door("GET /notifications", "POST /notifications/read")
def notices(visit: Visit) -> None:
    """What one is told of a record is told only as long as one sees it."""
    boss, person = visit.wall.doors["boss"], str(visit.wall.world.people[visit.name].id)
    with visit.trying():
        for key in ("customer", "contact", "gadget"):
            record = visit.wall.planted(key, "stranger")
            handed = boss.patch(f"/{key}/{record.id}", {"owner": person, "version": 1})
            owner = str(visit.wall.world.people["stranger"].id)
            boss.patch(f"/{key}/{record.id}", {"owner": owner, "version": handed.data["version"]})
        visit.ask("GET", "/notifications")
        visit.ask("POST", "/notifications/read", {})


@door("GET /duplicates/requests", "POST /duplicates/requests", "POST /duplicates/requests/{request_id}/approve",
      "POST /duplicates/requests/{request_id}/decline", "DELETE /duplicates/requests/{request_id}")  # fmt: skip
def asking(visit: Visit) -> None:
    """Asking for a record tells nothing of it."""
    record = visit.wall.planted("customer", "stranger")
    given = {"name": record.title}
    with visit.trying():
        hint = visit.ask("POST", "/customer/duplicates", given)
        for match in (hint.data.get("data") or []) if hint.status_code == 200 else []:
            asked = {"object": "customer", "ref": match["ref"], "values": given}
            visit.ask("POST", "/duplicates/requests", asked)
        sent = visit.ask("GET", "/duplicates/requests?box=sent")
        for row in sent.data["data"]:
            for verb, rest in (("POST", "/approve"), ("POST", "/decline"), ("DELETE", "")):
                visit.ask(verb, f"/duplicates/requests/{row['id']}{rest}", {})


@door("GET /views/{view_id}", "POST /views", "PATCH /views/{view_id}", "DELETE /views/{view_id}")
def views(visit: Visit) -> None:
    """A shared view shows its reader no more than they see."""
    made = _shared_views(visit)
    for key, view in made.items():
        if visit.who.scope(key) == "none":
            _refused(visit, visit.ask("GET", f"/views/{view}"), "view of a hidden object", 404)
        else:
            visit.ask("GET", f"/views/{view}")


def _shared_views(visit: Visit) -> dict[str, str]:
    found = {}
    for key in ("customer", "gadget"):
        body = {"object": key, "name": "共享", "kind": "table", "scope": "everyone", "definition": {}}
        found[key] = str(visit.wall.doors["boss"].post("/views", body).data["id"])
    return found


@door("GET /members/{user_id}/hand-over", "POST /members/{user_id}/hand-over/preview")
def handing_over(visit: Visit) -> None:
    """What a colleague has is counted, for who looks after people, and never named."""
    stranger = visit.wall.world.people["stranger"].id
    visit.ask("GET", f"/members/{stranger}/hand-over")
    to = {"to": str(visit.wall.world.people["rep"].id)}
    visit.ask("POST", f"/members/{stranger}/hand-over/preview", to)


@door("GET /papers/{object_key}/{record_id}/pdf")
def printing(visit: Visit) -> None:
    """A paper is printed for who sees it."""
    for key in ("quote", "contract"):
        for record in (visit.wall.planted(key, whose) for whose in ("rep", "stranger")):
            answer = visit.ask("GET", f"/papers/{key}/{record.id}/pdf")
            if answer.status_code != (200 if visit.sees(record) else 404):
                raise Leak(f"{visit.name} gets {answer.status_code} for {record.name}’s {key} as PDF")


@door("GET /papers/quote/{record_id}/links", "POST /papers/quote/{record_id}/links",
      "DELETE /papers/quote/{record_id}/links/{link_id}")  # fmt: skip
def links_for_customers(visit: Visit) -> None:
    """Links of a quote are for who sees it."""
    for record in (visit.wall.planted("quote", whose) for whose in ("rep", "stranger")):
        path, seen = f"/papers/quote/{record.id}/links", visit.sees(record)
        if visit.ask("GET", path).status_code != (200 if seen else 404):
            raise Leak(f"{visit.name} asks for the links of {record.name}’s quote")
        visit.ask("DELETE", f"{path}/{record.id}")
        made = visit.ask("POST", path, {}).status_code
        if made == 201 or (made != 404 and not seen):
            raise Leak(f"{visit.name} makes a link to {record.name}’s draft")


@door("POST /companies/compare")
def comparing(visit: Visit) -> None:
    """What is known of a firm beside a record of it."""
    for record in (visit.wall.planted("customer", whose) for whose in ("rep", "stranger")):
        visit.ask("POST", "/companies/compare", {"company": {"name": "甲"}, "record": record.id})
        visit.ask("POST", "/companies/compare", {"company": {"name": "甲"}, "record_id": record.id})


@door("POST /meta/objects/{object_key}/formulas/check", "POST /meta/objects/{object_key}/rules/preview",
      "POST /meta/objects/{object_key}/validations/preview", "POST /meta/objects/{object_key}/layouts/preview",
      "POST /sharing-rules/preview", "POST /meta/objects/{object_key}/fields/{field_key}/conversions/preview",
      "GET /meta/objects/{object_key}/usage", "GET /meta/objects/{object_key}/fields/{field_key}/usage",
      "GET /meta/objects/{object_key}/design", "GET /meta/objects/{object_key}/changes",
      "GET /meta/objects/{object_key}/fields/{field_key}/conversions",
      "POST /meta/objects/{object_key}/identity/{rule_key}/check")  # fmt: skip
def designing(visit: Visit) -> None:
    """Previews of the designer count and compute over records: within what their asker sees."""
    key, record = visit.key, next(iter(visit.aims), None)
    title = visit.wall.world.meta[key]["title_field"]
    base = f"/meta/objects/{key}"
    for r in visit.aims:
        for f in visit.fields("hidden", "masked", "edit")[:2]:
            visit.ask("POST", f"{base}/formulas/check", {"expression": f["key"], "record": r.id})
    tree = {"field": title, "op": "is_not_empty"}
    for what in ("rules", "validations", "layouts"):
        visit.ask(
            "POST", f"{base}/{what}/preview", {"condition": tree, "record": record.id if record else None}
        )
    visit.ask(
        "POST", "/sharing-rules/preview", {"object": key, "filter": tree, "to_kind": "role", "to": "member"}
    )
    for path in ("/usage", "/design", "/changes", f"/fields/{title}/usage", f"/fields/{title}/conversions"):
        visit.ask("GET", base + path)
    visit.ask("POST", f"{base}/fields/{title}/conversions/preview", {"type": "long_text"})
    visit.ask("POST", f"{base}/identity/{title}/check", {})


def plain(visit: Visit) -> None:
    """Every GET without parameters, as it is."""
    for address in plain_doors():
        if address not in ("GET /docs", "GET /openapi.json"):
            visit.ask("GET", address.removeprefix("GET "))


@door("GET /pools/owners/{object_key}/{record_id}")
def owners(visit: Visit) -> None:
    """Whose a record was is told to who sees the record."""
    visit.aimed("GET", "/{id}", prefix="/pools/owners")


@door("GET /pools/{pool_key}", "GET /pools/{pool_key}/records", "POST /pools/{pool_key}/claim",
      "POST /pools/{pool_key}/hand-out", "GET /pools/{pool_key}/setup", "POST /pools/{pool_key}/simulate")  # fmt: skip
def pools(visit: Visit) -> None:
    """A pool and what lies in it is there for its members (nobody but the administrator) and for nobody else."""
    if visit.name == "boss":
        return
    boss, record = visit.wall.doors["boss"], visit.wall.planted("customer", "stranger")
    with visit.trying():
        pool = boss.post("/pools", {"object": "customer", "name": {"zh-CN": "公海"}}).data["key"]
        given = {"ids": [record.id], "reason": "other"}
        assert boss.post("/customer/actions/return_to_pool", given).data == {"returned": 1}
        taken: dict[str, Any] = {"ids": [record.id]}
        rule = {"kind": "no_follow_up", "days": 1}
        for verb, rest, body in (("GET", "", None), ("GET", "/records", None), ("POST", "/claim", taken),
                                 ("POST", "/hand-out", taken | {"people": [str(visit.wall.world.people["rep"].id)]}),
                                 ("GET", "/setup", None), ("POST", "/simulate", rule)):  # fmt: skip
            _refused(
                visit, visit.ask(verb, f"/pools/{pool}{rest}", body), f"{verb} {rest} of a pool", 403, 404
            )


@door("GET /configuration")
def configuration(visit: Visit) -> None:
    """The configuration holds no records."""
    visit.ask("GET", "/configuration")


silent("who may do what, and settings of people: no records",
       "GET /access/people", "PATCH /access/settings", "POST /access/settings/confirm", "POST /access/settings/refuse", "POST /roles", "GET /roles/{key}", "PATCH /roles/{key}",
       "DELETE /roles/{key}", "POST /sharing-rules", "PATCH /sharing-rules/{rule_id}", "DELETE /sharing-rules/{rule_id}",
       "POST /delegations", "DELETE /delegations/{delegation_id}", "PATCH /me", "POST /me/workspace", "PATCH /workspace",
       "POST /members/invite", "GET /members/{user_id}", "PATCH /members/{user_id}", "GET /members/{user_id}/entry",
       "DELETE /members/{user_id}/entry", "POST /members/{user_id}/invite", "POST /members/{user_id}/unlock",
       "PATCH /sign-in-policy", "POST /teams", "PATCH /teams/{team_id}", "DELETE /teams/{team_id}", "POST /tokens",
       "DELETE /tokens/{token_id}", "GET /setup", "POST /setup", "GET /invitations/{token}", "POST /invitations/{token}",
       "GET /docs/{name}", "POST /sso-connections", "PATCH /sso-connections/{connection_id}",
       "DELETE /sso-connections/{connection_id}", "POST /sso-connections/{connection_id}/check",
       "POST /sso-domains/check", "POST /sso-metadata",
       "GET /sso-connections/{connection_id}/metadata", "GET /sign-in/{address}", "POST /view-as", "DELETE /view-as")  # fmt: skip
silent("purposes and notices, for who looks after privacy, and what somebody outside holds the link to: no records",
       "POST /privacy/purposes", "PATCH /privacy/purposes/{purpose_id}", "DELETE /privacy/purposes/{purpose_id}",
       "POST /privacy/purposes/starters", "POST /privacy/notices", "GET /privacy/notices/{notice_id}",
       "PATCH /privacy/notices/{notice_id}", "DELETE /privacy/notices/{notice_id}", "POST /privacy/notices/{notice_id}/publish",
       "GET /privacy/notices/{notice_id}/difference", "POST /privacy/consents/import", "GET /public/notices/{token}",
       "GET /public/consents/{token}", "POST /public/consents/{token}")  # fmt: skip
silent("retention rules need every record of their object to delete, and their samples come through the read door",
       "POST /privacy/retention", "PATCH /privacy/retention/{retention_id}", "DELETE /privacy/retention/{retention_id}",
       "POST /privacy/retention/{retention_id}/trial", "POST /privacy/retention/{retention_id}/run",
       "POST /privacy/retention/runs/{run_id}/undo")  # fmt: skip
silent("assessments, records of sharing and breaches, for who looks after privacy; the people affected are listed by an export's query",
       "POST /privacy/assessments", "PATCH /privacy/assessments/{assessment_id}", "DELETE /privacy/assessments/{assessment_id}",
       "POST /privacy/assessments/{assessment_id}/sign", "POST /privacy/sharing", "PATCH /privacy/sharing/{sharing_id}",
       "DELETE /privacy/sharing/{sharing_id}", "POST /privacy/breaches", "GET /privacy/breaches/{breach_id}",
       "PATCH /privacy/breaches/{breach_id}", "POST /privacy/breaches/{breach_id}/events",
       "POST /privacy/breaches/{breach_id}/affected", "POST /privacy/breaches/{breach_id}/close")  # fmt: skip
silent("starts work whose result stands among changes", "POST /members/{user_id}/hand-over",
       "GET /members/{user_id}/hand-over/{work_id}")  # fmt: skip
silent("the shape of the data, for who designs it: no records",
       "POST /meta/objects", "PATCH /meta/objects/{object_key}", "DELETE /meta/objects/{object_key}",
       "PUT /meta/objects/{object_key}/arrangement", "POST /meta/objects/{object_key}/restore",
       "POST /meta/objects/{object_key}/fields", "PATCH /meta/objects/{object_key}/fields/{field_key}",
       "DELETE /meta/objects/{object_key}/fields/{field_key}", "POST /meta/objects/{object_key}/fields/{field_key}/restore",
       "POST /meta/objects/{object_key}/fields/{field_key}/conversions",
       "POST /meta/objects/{object_key}/fields/{field_key}/replace-option", "GET /meta/objects/{object_key}/identity",
       "PUT /meta/objects/{object_key}/identity/{rule_key}", "DELETE /meta/objects/{object_key}/identity/{rule_key}",
       *(f"{verb} /meta/objects/{{object_key}}/{what}{rest}" for what in ("rules", "validations", "layouts", "watches")
         for verb, rest in (("GET", ""), ("POST", ""), ("PATCH", "/{rule_id}"), ("DELETE", "/{rule_id}"))),
       "GET /meta/objects/{object_key}/tasks", "GET /meta/tasks/{task_id}", "POST /meta/tasks/{task_id}/take-back",
       "POST /pipelines", "PATCH /pipelines/{pipeline_id}", "DELETE /pipelines/{pipeline_id}",
       "POST /configuration", "POST /configuration/preview", "POST /templates/{key}", "DELETE /templates/{key}",
       "GET /templates/{key}/preview", "PATCH /quality/{object_key}", "POST /pools", "PUT /pools", "PATCH /pools/{pool_key}/setup",
       "DELETE /pools/{pool_key}")  # fmt: skip
silent("the audit is for auditors, who see what was changed whatever else they see",
       "GET /audit", "GET /audit/about", "GET /audit/export", "GET /audit/{entry_id}", "PATCH /audit/settings",
       "POST /audit/verify")  # fmt: skip
silent("reads what is sent along and nothing that is stored", "POST /cards/scan", "POST /files")
silent("how papers are printed, for who designs them: no records", "GET /papers/templates",
       "PUT /papers/templates/{object_key}", "DELETE /papers/templates/{object_key}",
       "POST /papers/templates/{object_key}/preview")  # fmt: skip
silent("the page of a quote for who has its link: the quote, and nothing else of the firm",
       "GET /public/offers/{token}", "GET /public/offers/{token}/pdf", "POST /public/offers/{token}")  # fmt: skip
silent("starts work whose result is asked for elsewhere", "POST /{object_key}/duplicates/runs",
       "POST /{object_key}/duplicates/merge", "POST /{object_key}/duplicates/clusters/{cluster_id}/decide",
       "POST /quality/{object_key}/measure", "POST /quality/{object_key}/repairs/{key}")  # fmt: skip
silent("the privacy desk is for who holds the area privacy, whatever else they see; not yet walked by the wall",
       "GET /privacy/requests/{request_id}", "GET /privacy/requests/{request_id}/certificate", "GET /public/copies/{token}",
       "PATCH /privacy/requests/{request_id}", "POST /privacy/certificates/check", "POST /privacy/holds",
       "DELETE /privacy/holds/{hold_id}", "POST /privacy/requests", "PUT /privacy/keep-rules/{object_key}",
       "PATCH /privacy/desk-settings",
       *(f"POST /privacy/requests/{{request_id}}/{verb}" for verb in ("answer", "copy", "erase", "extend", "find", "link",
                                                                       "object", "preview", "refuse", "verify", "withdraw")))  # fmt: skip
silent("a person's own account", "POST /me/sso-link")
silent("how leads are shared out, for who holds the area sales: people, rules and counts; titles come through the read door",
       "GET /assignment", "PATCH /assignment", "POST /assignment/rules", "PUT /assignment/rules", "PATCH /assignment/rules/{rule_id}",
       "DELETE /assignment/rules/{rule_id}", "POST /assignment/queues", "PATCH /assignment/queues/{queue_id}",
       "DELETE /assignment/queues/{queue_id}", "PUT /assignment/people/{user_id}", "PUT /assignment/absence",
       "POST /assignment/simulation", "POST /assignment/rebalance/preview", "POST /assignment/rebalance")  # fmt: skip
silent("asks the read door for the record first, and of others what it shows (tests/domains/sales: assignment, velocity)",
       "GET /assignment/leads/{record_id}", "GET /deals/{record_id}/similar", "GET /deals/velocity")  # fmt: skip
silent("what waits in a queue is told to its members, field by field as their role reads it: nobody owns it yet",
       "GET /assignment/queues", "GET /assignment/queues/{queue_id}/leads", "POST /assignment/queues/{queue_id}/take")  # fmt: skip
