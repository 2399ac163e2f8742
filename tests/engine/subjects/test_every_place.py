"""Every table that texts get into says how a person is erased from it, or is known to hold none."""

from typing import Any

import psycopg
import pytest

from guanxi.engine.schema.registry import object_registry
from guanxi.engine.tenancy.erasing import eraser_registry

NONE = {
    # People who sign in: their accounts are theirs, not data of customers.
    "membership", "invitation", "api_token", "team", "setup_token", "password_age", "sign_in_event",
    "account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "usersessions_usersession",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken", "sso_connection", "sso_domain", "sso_identity",
    "allauth_idp_oidc_client", "allauth_idp_oidc_token", "auth_group", "auth_permission", "django_session",
    # Lock-out counters of sign-in, which expire.
    "cache_entry",
    # What administrators set up.
    "workspace", "assignment_desk", "assignment_person", "assignment_queue", "web_form", "web_form_spent", "web_form_draw", "target", "target_alert", "commission_rule", "commission_statement", "commission_line", "score_card", "contest", "referral_terms", "sign_in_policy", "access_role", "access_delegation", "record_collaborator", "sharing_rule",
    "schema_object", "schema_field", "schema_change", "schema_identity", "pipeline", "stage", "field_rule",
    "validation_rule", "layout", "watch_rule", "quality_settings", "installed_template", "keep_rule",
    "privacy_purpose", "privacy_notice", "privacy_notice_version", "privacy_assessment", "privacy_sharing", "print_template",
    # Counts, keys and hashes.
    "quality_snapshot", "quality_repair", "serial_counter", "audit_block", "audit_reading", "duplicate_run",
    "erasure_certificate", "kept_record", "data_key", "sales_pool_run", "sales_pool_tally", "stage_stay", "sales_calendar_feed", "insight_run", "insight_settings",
    "mail_bounce", "mailbox_state",
    # The framework's and the installation's own; jobs hold ids alone.
    "django_migrations", "django_content_type", "guanxi_upgrade", "backup_run", "audit_epoch",
    "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers",
}  # fmt: skip


@pytest.mark.django_db
def test_every_table_with_texts_has_an_eraser_or_is_known_to_hold_no_person(
    owner_connection: psycopg.Connection[Any],
) -> None:
    rows = owner_connection.execute(
        "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'tsvector', 'ARRAY')"
        " AND table_name NOT LIKE 'audit\\_entry\\_%'"
    )
    tables = {name for (name,) in rows}
    records = {obj.table for obj in object_registry if obj.record}
    declared = {table for eraser in eraser_registry for table in eraser.tables}
    unknown = tables - records - declared - NONE
    assert not unknown, f"declare how a person is erased from these (tenancy/erasing.py): {sorted(unknown)}"
    everything = {name for (name,) in owner_connection.execute("SELECT tablename FROM pg_tables")}
    assert (declared | NONE) - everything == set()
    assert not declared & NONE
