"""The restore drill: a firm at work is backed up and brought back elsewhere; everything is there, people sign in.

*See*: docs/guide/en/backup.md.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from guanxi.config.database import APP_ROLE
from guanxi.config.embedded import EMBEDDED_DATABASE, OWNER_ROLE, EmbeddedServer, socket_folder
from guanxi.engine.tenancy import row_security
from tests.bucket_server import BUCKET, bucket_server
from tests.product import Product, guanxi, running

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("restore drill")]

EMAIL, PASSWORD = "demo@example.com", "guanxi-demo-2026"
CONTENT = b"The signed contract, as it was scanned.\n" * 3000


@dataclass
class Drill:
    """A firm with a file, its backup, and what there was at that time."""

    home: Path
    backup: Path
    keys: Path
    file_url: str
    customers: int

    @property
    def key(self) -> Path:
        return self.home / "backup_key"


class Visit:
    """Somebody signed in."""

    def __init__(self, product: Product) -> None:
        self.client = httpx.Client(base_url=product.url, timeout=60)
        self.client.get("/_allauth/browser/v1/config")
        self.post("/_allauth/browser/v1/auth/login", {"email": EMAIL, "password": PASSWORD})

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        headers = {"X-CSRFToken": self.client.cookies["csrftoken"], "Referer": str(self.client.base_url)}
        answer = self.client.post(path, json=body, headers=headers, **more)
        assert answer.is_success, answer.text
        return answer.json()

    def count(self) -> int:
        body = {"group": [], "measures": [{"op": "count"}]}
        return int(self.post("/api/v1/customer/query", body)["data"][0]["values"]["count"])


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    folder = tmp_path_factory.mktemp("drill")
    home, copies, keys = folder / "home", folder / "copies", folder / "keys"
    with running(home, "--demo") as product:
        visit = Visit(product)
        stored = visit.post("/api/v1/files", files={"file": ("contract.txt", CONTENT)})
        done = guanxi(home, "backup", "--to", str(copies), "--keys-to", str(keys))
        assert done.returncode == 0, done.stderr
        assert "Keep a copy of it elsewhere" in done.stdout
        customers = visit.count()
    assert customers >= 2000
    return Drill(home, next(copies.glob("*.gxb")), next(keys.glob("*.gxk")), stored["url"], customers)


def _restore(drill: Drill, home: Path, backup: Path | None = None, **settings: str) -> Any:
    arguments = [str(backup or drill.backup), "--home", str(home), "--key-file", str(drill.key)]
    return guanxi(home.parent / "at", "restore", *arguments, "--keys", str(drill.keys), **settings)


def test_a_firm_is_brought_back_elsewhere_with_everything(drill: Drill, tmp_path: Path) -> None:
    checked = guanxi(drill.home, "backup", "verify", str(drill.backup))
    assert checked.returncode == 0, checked.stderr
    assert "every count and checksum as written" in checked.stdout
    home = tmp_path / "elsewhere"
    restored = _restore(drill, home)
    assert restored.returncode == 0, restored.stderr
    assert "every count and checksum the same" in restored.stdout
    assert "≠" not in restored.stdout
    assert (home / "secret_key").read_text() == (drill.home / "secret_key").read_text()
    with EmbeddedServer(home).use():
        against = guanxi(
            home, "backup", "verify", str(drill.backup), "--key-file", str(drill.key), "--against", "live"
        )
        assert against.returncode == 0, against.stdout + against.stderr
        _walls_stand(home)
        _numbers_go_on(home)
    with running(home) as product:
        visit = Visit(product)
        assert visit.count() == drill.customers
        assert visit.client.get(drill.file_url).content == CONTENT
        made = visit.post("/api/v1/customer", {"name": "After the restore"})
        assert made["name"] == "After the restore"
    assert not (home / "restored.json").exists()


def test_a_bucket_keeps_the_copy_and_the_keys_and_gives_them_back(drill: Drill, tmp_path: Path) -> None:
    with bucket_server(tmp_path / "log") as server:
        to, keys_to = f"s3://{BUCKET}/nightly", f"s3://{BUCKET}/keys"
        done = guanxi(drill.home, "backup", "--to", to, "--keys-to", keys_to, **server.settings)
        assert done.returncode == 0, done.stderr
        (copy,) = (key for key in server.names() if key.endswith(".gxb"))
        (keys,) = (key for key in server.names() if key.endswith(".gxk"))
        file, settings = f"s3://{BUCKET}/{copy}", server.settings
        checked = guanxi(drill.home, "backup", "verify", file, **settings)
        assert "every count and checksum as written" in checked.stdout, checked.stderr
        listed = guanxi(drill.home, "backup", "list", GUANXI_BACKUP_TO=to, **settings)
        assert copy.rpartition("/")[2] in listed.stdout
        home = tmp_path / "elsewhere"
        restored = guanxi(
            tmp_path / "at", "restore", file, "--home", str(home), "--key-file", str(drill.key),
            "--keys", f"s3://{BUCKET}/{keys}", **settings,
        )  # fmt: skip
        assert restored.returncode == 0, restored.stderr
        assert "every count and checksum the same" in restored.stdout
        assert (home / "secret_key").read_text() == (drill.home / "secret_key").read_text()
        content = bytearray(server.client().get_object(Bucket=BUCKET, Key=copy)["Body"].read())
        content[len(content) // 2] ^= 1
        server.client().put_object(Bucket=BUCKET, Key=copy, Body=bytes(content))
        assert guanxi(drill.home, "backup", "verify", file, **settings).returncode == 1


def _connect(home: Path, user: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(
        host=str(socket_folder(home)), dbname=EMBEDDED_DATABASE, user=user, autocommit=True
    )


def _walls_stand(home: Path) -> None:
    """The restricted role is restricted, and sees nothing without a workspace."""
    with _connect(home, OWNER_ROLE) as owner:
        assert row_security.find_unprotected(owner) == []
        rights = "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = %s"
        assert owner.execute(rights, [APP_ROLE]).fetchone() == (False, False, False)
        workspace = owner.execute("SELECT id FROM workspace").fetchone()
        assert owner.execute("SHOW fsync").fetchone() == ("on",)
    with _connect(home, APP_ROLE) as app:
        assert app.execute("SELECT count(*) FROM customer").fetchone() == (0,)
        assert workspace is not None
        app.execute("SELECT set_config('guanxi.workspace', %s, false)", [str(workspace[0])])
        assert app.execute("SELECT count(*) > 1000 FROM customer").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (id int)")


def _numbers_go_on(home: Path) -> None:
    with _connect(home, OWNER_ROLE) as owner:
        largest = owner.execute("SELECT max(id) FROM record_key").fetchone()
        following = owner.execute("SELECT nextval(pg_get_serial_sequence('record_key', 'id'))").fetchone()
        assert largest is not None
        assert following is not None
        assert following[0] > largest[0]


def _is_empty(home: Path) -> bool:
    return not any((home / name).exists() for name in ("pg", "files", "restoring", "restored.json"))


def test_nothing_is_restored_over_a_home_in_use(drill: Drill) -> None:
    refused = _restore(drill, drill.home)
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    with EmbeddedServer(drill.home).use(), _connect(drill.home, OWNER_ROLE) as owner:
        assert owner.execute("SELECT count(*) FROM customer").fetchone() == (drill.customers,)


@pytest.mark.parametrize("harm", ["changed", "cut off", "another file"])
def test_a_file_that_is_not_what_was_written_leaves_the_home_empty(
    drill: Drill, tmp_path: Path, harm: str
) -> None:
    content = bytearray(drill.backup.read_bytes())
    if harm == "changed":
        content[len(content) * 2 // 3] ^= 1
    elif harm == "cut off":
        content = content[: len(content) * 9 // 10]
    else:
        content = bytearray(b"PGDMP" + content)
    bad = tmp_path / drill.backup.name
    bad.write_bytes(content)
    home = tmp_path / "home"
    for outcome in (
        _restore(drill, home, bad),
        guanxi(drill.home, "backup", "verify", str(bad)),
    ):
        assert outcome.returncode == 1, outcome.stdout
        assert "cannot be used" in outcome.stderr
    assert _is_empty(home)


def test_another_key_is_named_and_not_printed(drill: Drill, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong_key"
    wrong.write_text("a wrong key that has been told to nobody yet")
    home = tmp_path / "home"
    refused = guanxi(home, "restore", str(drill.backup), "--key-file", str(wrong))
    assert refused.returncode == 1
    assert str(wrong) in refused.stderr
    assert "told to nobody" not in refused.stdout + refused.stderr
    wrong.write_text("short")
    short = guanxi(home, "restore", str(drill.backup), "--key-file", str(wrong))
    assert "too short" in short.stderr
    assert _is_empty(home)


def test_the_backup_of_a_newer_version_is_refused(drill: Drill, tmp_path: Path) -> None:
    with EmbeddedServer(drill.home).use():
        with _connect(drill.home, OWNER_ROLE) as owner:
            owner.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0999_later', now())"
            )
        made = guanxi(drill.home, "backup", "--to", str(tmp_path / "copies"))
        with _connect(drill.home, OWNER_ROLE) as owner:
            owner.execute("DELETE FROM django_migrations WHERE name = '0999_later'")
    assert made.returncode == 0, made.stderr
    home = tmp_path / "home"
    refused = _restore(drill, home, next((tmp_path / "copies").glob("*.gxb")))
    assert refused.returncode == 1
    assert "newer Guanxi" in refused.stderr
    assert "records.0999_later" in refused.stderr
    assert _is_empty(home)


def test_a_difference_to_the_database_as_it_is_now_is_named(drill: Drill) -> None:
    with EmbeddedServer(drill.home).use():
        with _connect(drill.home, OWNER_ROLE) as owner:
            owner.execute("SELECT set_config('guanxi.workspace', '', false)")
            owner.execute(
                "UPDATE team SET name = name || '!' WHERE id = (SELECT min(id::text)::uuid FROM team)"
            )
        against = guanxi(drill.home, "backup", "verify", str(drill.backup), "--against", "live")
    assert against.returncode == 1
    assert "team: expected" in against.stderr


def test_the_backup_holds_neither_keys_nor_plain_text(drill: Drill) -> None:
    content = drill.backup.read_bytes()
    secret = (drill.home / "secret_key").read_bytes().strip()
    for plain in (secret, EMAIL.encode(), b"signed contract", "岭南".encode()):
        assert plain not in content
    assert secret not in drill.keys.read_bytes()
