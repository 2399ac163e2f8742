"""An index over the lines of payments by the invoice that they pay; the expression is what the link compiles to."""

from typing import ClassVar

from django.db import migrations

INVOICE = (
    "(CASE WHEN (custom ->> 'invoice') ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
    " THEN (custom ->> 'invoice')::uuid END)"
)


class Migration(migrations.Migration):
    """Built beside running writers, hence outside a transaction."""

    atomic = False
    dependencies: ClassVar = [("sales_receivables", "0003_invoices")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS allocation_invoice ON custom_record ({INVOICE})"
            " WHERE deleted_at IS NULL AND object_key = 'payment_allocations'",
            "DROP INDEX IF EXISTS allocation_invoice",
        )
    ]
