"""`audit_erase_entries`: erasing the values of single entries of the journal and the audit.

`audit_erase_journal` erases all that a record's journal holds; this one erases entries that mention a person
whose data must go. It leaves the entry in the audit that says which, so that the seal still verifies.
"""

from django.db import migrations

ERASE = """
CREATE FUNCTION {schema}.audit_erase_entries(entries uuid[], actor uuid, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_catalog, pg_temp AS $$
DECLARE
  here uuid := nullif(current_setting('guanxi.workspace', true), '')::uuid;
  of_journal bigint;
  of_audit bigint;
BEGIN
  UPDATE journal_entry j SET
    erased = sha256(jsonb_send(j.changes)),
    changes = (SELECT jsonb_object_agg(k, '[null, null]'::jsonb) FROM jsonb_object_keys(j.changes) k)
  WHERE j.workspace_id = here AND j.id = ANY(entries) AND j.erased IS NULL
    AND jsonb_typeof(j.changes) = 'object' AND j.changes <> '{}'::jsonb;
  GET DIAGNOSTICS of_journal = ROW_COUNT;
  UPDATE audit_entry a SET erased = sha256(jsonb_send(a.detail)), detail = '{}'::jsonb
  WHERE a.workspace_id = here AND a.id = ANY(entries) AND a.erased IS NULL AND a.kind <> 'journal.erased'
    AND a.detail <> '{}'::jsonb;
  GET DIAGNOSTICS of_audit = ROW_COUNT;
  IF of_journal + of_audit > 0 THEN
    INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, via, count, detail)
    VALUES (gen_random_uuid(), here, clock_timestamp(), 'journal.erased', actor, 'system', of_journal + of_audit,
      jsonb_build_object('reason', reason, 'entries', to_jsonb(entries)));
  END IF;
  RETURN of_journal + of_audit;
END $$;
"""


def make_function(apps, schema_editor):
    """The function names its schema, so that nobody's temporary table comes first."""
    with schema_editor.connection.cursor() as db:
        db.execute("SELECT quote_ident(current_schema())")
        schema = db.fetchone()[0]
    schema_editor.execute(ERASE.replace("{schema}", schema))


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sealed_journal")]

    operations = [migrations.RunPython(make_function, migrations.RunPython.noop)]
