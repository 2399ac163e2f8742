"""The walls between workspaces stand in the database itself."""

import uuid
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction

from guanxi.engine.tenancy import leakproof, row_security
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import Workspace

# Tables that belong to no workspace: people and their sign-in, jobs, the framework's own.
GLOBAL_TABLES = {
    "app_user", "setup_token", "cache_entry", "guanxi_upgrade", "audit_epoch",
    "django_migrations", "django_content_type", "django_session",
    "auth_group", "auth_group_permissions", "auth_permission",
    "account_emailaddress", "account_emailconfirmation",
    "allauth_idp_oidc_client", "allauth_idp_oidc_token",
    "mfa_authenticator", "usersessions_usersession", "sign_in_event", "password_age",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
    "mailbox_state", "backup_run", "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("8.4.1")
def test_every_table_is_walled_in_or_known_to_be_global(owner_connection: psycopg.Connection[Any]) -> None:
    tables = row_security.list_tables(owner_connection)
    unknown = {table.name for table in tables if not table.is_walled} - GLOBAL_TABLES
    assert not unknown, f"give these tables a workspace_id, or list them as global: {sorted(unknown)}"
    assert row_security.find_unprotected(owner_connection) == []


def test_a_table_without_its_policy_is_found(owner_connection: psycopg.Connection[Any]) -> None:
    owner_connection.execute("CREATE TABLE left_open (id int, workspace_id uuid)")
    try:
        assert row_security.find_unprotected(owner_connection) == ["left_open"]
        row_security.apply(owner_connection, settings.GUANXI_APP_ROLE)
        assert row_security.find_unprotected(owner_connection) == []
        owner_connection.execute("ALTER TABLE left_open NO FORCE ROW LEVEL SECURITY")
        assert row_security.find_unprotected(owner_connection) == ["left_open"]
        owner_connection.execute("ALTER TABLE left_open FORCE ROW LEVEL SECURITY")
        owner_connection.execute("CREATE POLICY generous ON left_open USING (true)")
        assert row_security.find_unprotected(owner_connection) == ["left_open"]
    finally:
        owner_connection.execute("DROP TABLE left_open")


@pytest.mark.asvs("13.2.2")
def test_tests_run_as_the_restricted_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("guanxi_app", False, False)


def _make_workspace(name: str) -> Workspace:
    workspace = Workspace(name=name, slug=name)
    with session(workspace.id):
        workspace.save(force_insert=True)
    return workspace


def test_without_a_workspace_no_row_is_visible() -> None:
    workspace = _make_workspace("first")
    with session(None):
        assert list(Workspace.objects.all()) == []
        assert Workspace.objects.filter(id=workspace.id).update(name="changed") == 0
    with session(workspace.id):
        assert list(Workspace.objects.all()) == [workspace]


def test_a_workspace_does_not_see_change_or_write_into_another() -> None:
    first, second = _make_workspace("first"), _make_workspace("second")
    with session(first.id):
        assert list(Workspace.objects.all()) == [first]
        assert Workspace.objects.filter(id=second.id).delete()[0] == 0
    with pytest.raises(ProgrammingError, match="row-level security"), session(first.id):
        Workspace(id=uuid.uuid4(), name="smuggled", slug="smuggled").save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE workspace DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE workspace NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY workspace_wall ON workspace",
        "CREATE POLICY mine ON workspace USING (true)",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "ALTER ROLE guanxi_app BYPASSRLS",
        "TRUNCATE workspace",
        "DROP TABLE membership",
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "DELETE FROM django_migrations",
        "COPY workspace FROM PROGRAM 'true'",
    ],
)
@pytest.mark.asvs("13.2.2")
def test_the_restricted_role_cannot_take_a_wall_down(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_switching_row_security_off_shows_nothing_more() -> None:
    _make_workspace("first")
    with pytest.raises(DatabaseError), session(None), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        cursor.execute("SELECT count(*) FROM workspace")


def test_every_function_of_the_leakproof_list_is_known_and_marked(
    owner_connection: psycopg.Connection[Any],
) -> None:
    assert leakproof.find_leaky(owner_connection) == []
    for names in leakproof.FUNCTIONS.values():
        for name in names:
            row = owner_connection.execute("SELECT to_regprocedure(%s)", [f"pg_catalog.{name}"]).fetchone()
            assert row is not None and row[0] is not None, name


@pytest.mark.django_db(transaction=True)
def test_a_predicate_on_json_uses_its_index_behind_the_wall(
    owner_connection: psycopg.Connection[Any],
) -> None:
    owner_connection.execute("CREATE TABLE indexed (id int, workspace_id uuid NOT NULL, custom jsonb)")
    try:
        row_security.apply(owner_connection, settings.GUANXI_APP_ROLE)
        owner_connection.execute(
            "INSERT INTO indexed SELECT n, gen_random_uuid(), jsonb_build_object('code', n::text)"
            " FROM generate_series(1, 20000) n"
        )
        owner_connection.execute("CREATE INDEX indexed_code ON indexed ((custom ->> 'code'))")
        owner_connection.execute("ANALYZE indexed")
        with session(uuid.uuid4()), connection.cursor() as cursor:
            cursor.execute("EXPLAIN SELECT * FROM indexed WHERE custom ->> 'code' = '77'")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "indexed_code" in plan, plan
    finally:
        owner_connection.execute("DROP TABLE indexed")
