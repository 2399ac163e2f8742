"""The journal knows which transaction wrote a row, and keeps the digest of what was erased.

Adding a column whose default is not volatile rewrites nothing; the index is a block range index, which is
built in one pass and costs next to nothing to keep.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_aliases_and_change_sets"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE journal_entry ADD COLUMN tx bigint NOT NULL"
                    " DEFAULT (0 + pg_current_xact_id()::text::bigint)",
                    "ALTER TABLE journal_entry DROP COLUMN tx",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="journalentry",
                    name="tx",
                    field=models.BigIntegerField(db_default=0, editable=False),
                )
            ],
        ),
        migrations.AddField(
            model_name="journalentry",
            name="erased",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["tx"], name="journal_tx", pages_per_range=32
            ),
        ),
    ]
