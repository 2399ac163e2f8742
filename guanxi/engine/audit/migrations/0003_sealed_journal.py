"""The owner's path for encrypting values of the journal, and erasing that reaches encrypted ones.

`audit_seal_journal` puts encrypted forms where values stood, of entries of the session's workspace alone, keeps the
digest that the seal covers, and leaves an entry in the audit. It takes nothing but encrypted forms.
"""

from django.db import migrations

HOLDS = """jsonb_path_exists(%s, 'lax $.*[*] ? (@ != null)')"""
PLAIN = (
    """jsonb_path_exists(%s, 'lax $.*[*] ? (@ != null && !(@.type() == "string" && @ starts with "gx1."))')"""
)
SEAL = (
    """
CREATE FUNCTION {schema}.audit_seal_journal(entries uuid[], sealed jsonb[], actor uuid, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_catalog, pg_temp AS $$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  of_records uuid[];
BEGIN
  WITH done AS (
    UPDATE journal_entry j SET erased = coalesce(j.erased, sha256(jsonb_send(j.changes))), changes = n.changes
    FROM unnest(entries, sealed) AS n(id, changes)
    WHERE j.workspace_id = here AND j.id = n.id AND jsonb_typeof(n.changes) = 'object'
      AND (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(n.changes) k)
        = (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(j.changes) k)
      AND NOT """
    + PLAIN % "n.changes"
    + """
    RETURNING j.record_id
  ) SELECT array_agg(DISTINCT record_id) INTO of_records FROM done;
  IF of_records IS NOT NULL THEN
    INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, via, count, detail)
    VALUES (gen_random_uuid(), here, clock_timestamp(), 'journal.sealed', actor, 'system',
      coalesce(array_length(of_records, 1), 0),
      jsonb_build_object('reason', reason, 'records', to_jsonb(of_records)));
  END IF;
  RETURN coalesce(array_length(of_records, 1), 0);
END $$;
"""
)
ERASE = (
    """
CREATE OR REPLACE FUNCTION {schema}.audit_erase_journal(records uuid[], actor uuid, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_catalog, pg_temp AS $$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  erased_rows bigint;
BEGIN
  UPDATE journal_entry j SET
    erased = coalesce(j.erased, sha256(jsonb_send(j.changes))),
    changes = (SELECT jsonb_object_agg(k, '[null, null]'::jsonb) FROM jsonb_object_keys(j.changes) k)
  WHERE j.workspace_id = here AND j.record_id = ANY(records) AND (j.erased IS NULL OR """
    + HOLDS % "j.changes"
    + """)
    AND jsonb_typeof(j.changes) = 'object' AND j.changes <> '{}'::jsonb;
  GET DIAGNOSTICS erased_rows = ROW_COUNT;
  IF erased_rows > 0 THEN
    INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, via, count, detail)
    VALUES (gen_random_uuid(), here, clock_timestamp(), 'journal.erased', actor, 'system', erased_rows,
      jsonb_build_object('reason', reason, 'records', to_jsonb(records)));
  END IF;
  RETURN erased_rows;
END $$;
"""
)


def make_functions(apps, schema_editor):
    """The functions name their schema, so that nobody's temporary table comes first."""
    with schema_editor.connection.cursor() as db:
        db.execute("SELECT quote_ident(current_schema())")
        schema = db.fetchone()[0]
    for statement in (SEAL, ERASE):
        schema_editor.execute(statement.replace("{schema}", schema))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_alerts_from_ten_thousand"),
    ]

    operations = [
        migrations.RunPython(make_functions, migrations.RunPython.noop),
    ]
