"""An index over the records that lines belong to, for the lines of all objects and workspaces.

Standard objects declare lines (docs/adr/0065), so every workspace has them from its first day: an index per
workspace and object would be thousands of them. The expression is what a link `parent` in `custom` compiles to.
"""

from typing import ClassVar

from django.db import migrations

PARENT = (
    "(CASE WHEN (custom ->> 'parent') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
    " THEN (custom ->> 'parent')::uuid END)"
)


class Migration(migrations.Migration):
    """Built beside running writers, hence outside a transaction."""

    atomic = False
    dependencies: ClassVar = [("records", "0007_change_set_parts")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS custom_line_parent ON custom_record ({PARENT})"
            " WHERE deleted_at IS NULL",
            "DROP INDEX IF EXISTS custom_line_parent",
        )
    ]
