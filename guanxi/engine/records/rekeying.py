"""Making the keys of existing records when an identity rule has changed, a chunk in a transaction.

*How it works*: `rekey` goes through the live records of the object in the order of their ids, holds each
chunk against writers while it writes loose keys of the rule's new revision, and notes how far it is. Then,
for a strict rule, it counts the values that several records share: where there are any the rule is
blocked and names them; where there are none it is switched on, and its keys become strict. What belongs to
revisions no longer in force is deleted last.

*Rules*: may run twice, and stops when the rule has been changed again meanwhile: that change has a job of
its own. Between switching on and the last key made strict, strict doors look at loose keys too (keys.py).
"""

import uuid

from django.db import IntegrityError, connection, transaction

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.present import stored_source, stored_value
from guanxi.engine.records.store.keys import KEY_COLUMNS, Rule, normal_of, rules_of
from guanxi.engine.records.store.recordset import insert_rows, select_rows
from guanxi.engine.records.store.twins import key_tag, twin_of, with_twins
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.facade import bumped
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.identity_rules import rule_from_row
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.models import SchemaIdentity
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.sql import Sql, all_of, join

CHUNK = 2000
SAMPLE = 20
SHOWN = 5


def rekey(workspace_id: uuid.UUID, object_key: str, key: str) -> None:
    """Bring the keys of the rule to what it declares now."""
    revision, last = _begin(workspace_id, object_key, key)
    while revision is not None and last is not None:
        with session(workspace_id):
            last = _next_chunk(workspace_id, object_key, key, revision, last)
    with session(workspace_id):
        _switch(workspace_id, object_key, key)
    for step in (_make_strict, _forget_former):
        going = True
        while going:
            with session(workspace_id):
                going = step(workspace_id, object_key, key)


def _row(object_key: str, key: str) -> SchemaIdentity | None:
    return SchemaIdentity.objects.select_for_update().filter(object_key=object_key, key=key).first()


def _begin(workspace_id: uuid.UUID, object_key: str, key: str) -> tuple[int | None, uuid.UUID | None]:
    """The revision whose keys are to be made and where to start; None when there is nothing to make."""
    with session(workspace_id):
        ctx, row = load_system_ctx(workspace_id), _row(object_key, key)
        obj = get_schema(ctx).find(object_key)
        if row is None or obj is None or not row.is_active or row.state != "building":
            return None, None
        count = Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + _live(ctx, obj)
        row.total_count, row.done_count = select_rows(count)[0][0], 0
        row.save(update_fields=["total_count", "done_count"])
        return row.revision, uuid.UUID(int=0)


def _live(ctx: Ctx, obj: ObjectDef) -> Sql:
    return all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL")])


def _next_chunk(
    workspace_id: uuid.UUID, object_key: str, key: str, revision: int, last: uuid.UUID
) -> uuid.UUID | None:
    """Make the keys of the next records; gives the last of them, None when there are no more."""
    ctx, row = load_system_ctx(workspace_id), _row(object_key, key)
    obj = get_schema(ctx).find(object_key)
    if row is None or obj is None or row.revision != revision or row.state != "building":
        return None
    rule = _rule_of(obj, row)
    if rule is None:
        return None
    fields = [obj.fields[part.field] for part in rule.parts]
    sources = [Source("r", f.column, f.key, obj.key) for f in fields]
    stored_in = (stored_source(source, f) for f, source in zip(fields, sources, strict=True))
    columns = join([Sql("r.id"), *(source.sql(as_text=False) for source in stored_in)])
    where = all_of([_live(ctx, obj), Sql("r.id > %s", (last,))])
    select = Sql("SELECT ") + columns + f" FROM {table_of(obj)} r WHERE " + where
    found = select_rows(select + Sql(" ORDER BY r.id LIMIT %s FOR SHARE OF r", (CHUNK,)))
    ids = [row[0] for row in found]
    rows = []
    for record_id, *stored in found:
        values = {
            f.key: stored_value(f, record_id, value, from_json=source.is_json)
            for f, source, value in zip(fields, sources, stored, strict=True)
        }
        normals = (normal_of(each, obj, values.get) for each in with_twins([rule], obj))
        rows += [
            {"workspace_id": ctx.workspace.id, "object_key": obj.key, "rule": rule.key, "value": normal,
             "record_id": record_id, "strict": False}
            for normal in normals if normal is not None
        ]  # fmt: skip
    with (
        connection.cursor() as db
    ):  # what the write door has kept meanwhile is made anew, from the same values
        db.execute("DELETE FROM record_key WHERE record_id = ANY(%s::uuid[]) AND rule = %s", [ids, rule.key])
    insert_rows("record_key", KEY_COLUMNS, rows)
    row.done_count += len(found)
    row.save(update_fields=["done_count"])
    return ids[-1] if len(found) == CHUNK else None


def _rule_of(obj: ObjectDef, row: SchemaIdentity) -> Rule | None:
    wanted = storage_key(row.key, row.revision)
    return next((rule for rule in rules_of(obj) if rule.key == wanted), None)


def storage_key(key: str, revision: int) -> str:
    """What the keys of a rule's revision are filed under."""
    return key if not revision else f"{key}:{revision}"


def _switch(workspace_id: uuid.UUID, object_key: str, key: str) -> None:
    """Switch a rule on whose keys are complete, or block it and say which records are in its way."""
    ctx, row = load_system_ctx(workspace_id), _row(object_key, key)
    if row is None or not row.is_active or row.state == "on":
        return
    obj, rule = get_schema(ctx).find(object_key), storage_key(key, row.revision)
    found = _rule_of(obj, row) if obj is not None else None
    twin = twin_of(found, obj) if found is not None and obj is not None else None
    # Keys that are there twice, under two versions of the key of blind indexes, count once.
    given = (ctx.workspace.id, object_key, rule, key_tag(twin, twin.index) if twin is not None else None)
    groups, records = 0, 0
    if rule_from_row(row).strict_at:
        groups, records = _repeated(given)
    before = row.state
    if groups:
        row.state = "blocked"
        row.report = {"groups": groups, "records": records, "sample": _sample(given)}
    else:
        row.state, row.report, row.former = "on", None, None
    row.save()
    if row.state != before:
        bumped(ctx)


_HELD = (
    "FROM record_key WHERE workspace_id = %s AND object_key = %s AND rule = %s AND NOT strict"
    " AND starts_with(value, %s) IS NOT TRUE"
)


def _repeated(given: tuple[object, ...]) -> tuple[int, int]:
    """How many values several records share, and how many records that are."""
    statement = f"SELECT count(*), coalesce(sum(n), 0)::bigint FROM (SELECT count(DISTINCT record_id) AS n {_HELD} GROUP BY value HAVING count(DISTINCT record_id) > 1) t"
    found = select_rows(Sql(statement, given))[0]
    return int(found[0]), int(found[1])


def _sample(given: tuple[object, ...]) -> list[list[str]]:
    """Records that share a value, the largest groups first; some of each."""
    statement = (
        f"SELECT (array_agg(DISTINCT record_id))[1:{SHOWN}]::text[] {_HELD} GROUP BY value"
        " HAVING count(DISTINCT record_id) > 1 ORDER BY count(DISTINCT record_id) DESC, value LIMIT %s"
    )
    return [list(row[0]) for row in select_rows(Sql(statement, (*given, SAMPLE)))]


def _make_strict(workspace_id: uuid.UUID, object_key: str, key: str) -> bool:
    """Make the next loose keys of a strict rule strict; False when none is left that can be."""
    row = _row(object_key, key)
    if row is None or not row.is_active or row.state != "on" or not rule_from_row(row).strict_at:
        return False
    given = [str(workspace_id), object_key, storage_key(key, row.revision)]
    # Of several holders that slipped in at doors that are not strict, the first gets the strict key.
    free = (
        "NOT EXISTS (SELECT 1 FROM record_key s WHERE s.workspace_id = k.workspace_id AND s.object_key = k.object_key"
        " AND s.rule = k.rule AND s.value = k.value AND (s.strict OR s.id < k.id))"
    )
    with connection.cursor() as db:
        try:
            with transaction.atomic():
                db.execute(
                    "UPDATE record_key SET strict = true WHERE id IN (SELECT k.id FROM record_key k"
                    " WHERE k.workspace_id = %s AND k.object_key = %s AND k.rule = %s AND NOT k.strict"
                    f" AND {free} LIMIT {CHUNK})",
                    given,
                )
        except IntegrityError:  # somebody has just taken one of these values: look again
            return True
        return int(db.rowcount) == CHUNK


def _forget_former(workspace_id: uuid.UUID, object_key: str, key: str) -> bool:
    """Delete keys of revisions that are not in force; False when none is left."""
    row = _row(object_key, key)
    kept: list[str] = []
    if row is not None and row.is_active:
        kept.append(storage_key(key, row.revision))
    if row is not None and row.former is not None:
        kept.append(storage_key(key, row.former["revision"]))
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key WHERE id IN (SELECT id FROM record_key WHERE workspace_id = %s AND object_key = %s"
            f" AND (rule = %s OR rule LIKE %s) AND rule <> ALL(%s::text[]) LIMIT {CHUNK * 5})",
            [workspace_id, object_key, key, f"{key}:%", kept],
        )
        return int(db.rowcount) == CHUNK * 5
