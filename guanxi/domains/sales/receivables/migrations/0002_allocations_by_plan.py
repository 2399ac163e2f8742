"""An index over the lines of payments by the instalment that they pay; the expression is what the link compiles to."""

from typing import ClassVar

from django.db import migrations

PLAN = (
    "(CASE WHEN (custom ->> 'plan') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
    " THEN (custom ->> 'plan')::uuid END)"
)


class Migration(migrations.Migration):
    """Built beside running writers, hence outside a transaction."""

    atomic = False
    dependencies: ClassVar = [
        ("sales_receivables", "0001_plans_and_payments"),
        ("records", "0008_line_parents"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS allocation_plan ON custom_record ({PLAN})"
            " WHERE deleted_at IS NULL AND object_key = 'payment_allocations'",
            "DROP INDEX IF EXISTS allocation_plan",
        )
    ]
