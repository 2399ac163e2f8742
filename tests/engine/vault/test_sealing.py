"""What is sealed opens with its own key, for what it is about, and nowhere else."""

import base64
import json
import os
import stat
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guanxi.engine.tenancy.context import WorkspaceInfo, session
from guanxi.engine.vault import keys, masters, sealing
from guanxi.engine.vault.errors import MasterKeyTrouble, Undecipherable
from guanxi.engine.vault.models import DataKey
from tests.firms import Firm

FIRST, SECOND = "first-master-" * 4, "second-master-" * 4
many = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def here(firm: Firm) -> Any:
    with session(firm.workspace.id):
        DataKey.objects.all().delete()  # each test makes its own, under the master key of its own
        keys.forget_keys()
        yield firm.workspace.info()
    keys.forget_keys()


@pytest.fixture
def master(settings: Any) -> Callable[..., None]:
    def use(**given: str) -> None:
        settings.GUANXI_MASTER = {"kms_command": "", "key_file": "", "key": ""} | given
        masters.forget_master()
        keys.forget_keys()

    return use


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.asvs("11.3.2")
@many
@given(text=texts, about=st.lists(texts, max_size=4))
@pytest.mark.asvs("11.2.1", "11.2.3")
def test_what_is_encrypted_comes_back(here: WorkspaceInfo, text: str, about: list[str]) -> None:
    sealed = sealing.encrypt(here, "field", text, about)
    assert sealing.decrypt(here, "field", sealed, about) == text
    assert sealing.is_sealed(sealed) and sealing.version_of(sealed) == 1
    if len(text) > 3:
        assert text not in sealed
    assert sealed != sealing.encrypt(here, "field", text, about)


@many
@given(one=st.lists(texts, max_size=4), other=st.lists(texts, max_size=4))
def test_a_copy_opens_nowhere_else(here: WorkspaceInfo, one: list[str], other: list[str]) -> None:
    sealed = sealing.encrypt(here, "field", "6222020200112233445", one)
    if one != other:
        with pytest.raises(Undecipherable):
            sealing.decrypt(here, "field", sealed, other)
    with pytest.raises(Undecipherable):
        sealing.decrypt(here, "journal", sealed, one)


@many
@given(data=st.data())
@pytest.mark.asvs("11.3.3")
def test_a_changed_ciphertext_does_not_open(here: WorkspaceInfo, data: st.DataObject) -> None:
    sealed = sealing.encrypt(here, "field", "6222020200112233445", ("a",))
    at = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from("ABCxyz019-_.g"))
    changed = sealed[:at] + letter + sealed[at + 1 :]
    opened = None
    try:
        opened = sealing.decrypt(here, "field", changed, ("a",))
    except Undecipherable:
        pass
    # The last letter of base64 has bits that mean nothing.
    assert opened is None or changed == sealed or at == len(sealed) - 1


def test_another_workspace_opens_nothing(firm: Firm, other_firm: Firm) -> None:
    with session(firm.workspace.id):
        sealed = sealing.encrypt(firm.workspace.info(), "field", "secret", ("x",))
        secret = sealing.seal_secret(firm.workspace.id, "sso", "secret")
    with session(other_firm.workspace.id):
        with pytest.raises(Undecipherable):
            sealing.decrypt(other_firm.workspace.info(), "field", sealed, ("x",))
        with pytest.raises(Undecipherable):
            sealing.open_secret(other_firm.workspace.id, "sso", secret)


@many
@given(one=texts, other=texts)
def test_blind_indexes_are_equal_for_equal_values_alone(here: WorkspaceInfo, one: str, other: str) -> None:
    made = sealing.blind_index(here, "customer.phone", one)
    assert len(made) == 22
    assert (made == sealing.blind_index(here, "customer.phone", other)) == (one == other)
    assert made != sealing.blind_index(here, "contact.phone", one)


def test_secrets_of_settings(here: WorkspaceInfo) -> None:
    sealed = sealing.seal_secret(here.id, "sso.client_secret", "s3cret")
    assert "s3cret" not in sealed
    assert sealing.open_secret(here.id, "sso.client_secret", sealed) == "s3cret"
    with pytest.raises(Undecipherable):
        sealing.open_secret(here.id, "sms.key", sealed)
    with pytest.raises(Undecipherable):
        sealing.open_secret(here.id, "sso.client_secret", "s3cret")
    assert sealing.seal_secret(here.id, "sso.client_secret", "") == ""
    assert sealing.open_secret(here.id, "sso.client_secret", "") == ""


@pytest.mark.asvs("11.2.2")
def test_a_new_version_encrypts_and_the_old_ones_still_open(here: WorkspaceInfo) -> None:
    old = sealing.encrypt(here, "field", "secret", ("x",))
    index = sealing.blind_index(here, "f", "secret")
    assert keys.add_version(here.id) == 2
    keys.forget_keys()
    new = sealing.encrypt(here, "field", "secret", ("x",))
    assert (sealing.version_of(old), sealing.version_of(new)) == (1, 2)
    assert sealing.decrypt(here, "field", old, ("x",)) == sealing.decrypt(here, "field", new, ("x",))
    assert sealing.blind_index(here, "f", "secret") == index


@pytest.mark.django_db(transaction=True)
def test_keys_of_a_transaction_that_is_rolled_back_are_not_kept(make_firm: Callable[..., Firm]) -> None:
    firm = make_firm()
    info = firm.workspace.info()
    with pytest.raises(ZeroDivisionError), session(info.id):
        sealing.encrypt(info, "field", "secret", ())
        raise ZeroDivisionError
    with session(info.id):
        sealed = sealing.encrypt(info, "field", "secret", ())
    keys.forget_keys()
    with session(info.id):
        assert sealing.decrypt(info, "field", sealed, ()) == "secret"
        assert DataKey.objects.count() == 2


# ---- The master key


def test_another_master_key_is_named_and_not_printed(
    here: WorkspaceInfo, master: Callable[..., None]
) -> None:
    master(key=FIRST)
    sealed = sealing.encrypt(here, "field", "secret", ())
    master(key=SECOND)
    with pytest.raises(MasterKeyTrouble) as caught:
        sealing.decrypt(here, "field", sealed, ())
    said = str(caught.value) + caught.value.message("zh-CN") + repr(caught.value.values)
    assert "GUANXI_MASTER_KEY" in said
    assert FIRST[:13] not in said and SECOND[:13] not in said


@pytest.mark.parametrize("content", ["", "short", "\n\n", FIRST + "\nshort", b"\xff\xfe\x00" * 20])
@pytest.mark.asvs("13.3.1")
def test_a_broken_master_key_file_is_named(
    here: WorkspaceInfo, master: Callable[..., None], tmp_path: Path, content: str | bytes
) -> None:
    file = tmp_path / "key"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    master(key_file=str(file))
    with pytest.raises(MasterKeyTrouble, match=str(file)) as caught:
        sealing.encrypt(here, "field", "secret", ())
    assert "first-master" not in str(caught.value)


def test_a_missing_master_key_is_named_and_none_is_made(
    here: WorkspaceInfo, master: Callable[..., None], tmp_path: Path, settings: Any
) -> None:
    settings.GUANXI_HOME = tmp_path
    master()
    with pytest.raises(MasterKeyTrouble, match="There is no master key"):
        sealing.encrypt(here, "field", "secret", ())
    assert not list(tmp_path.iterdir())
    assert masters.make_own() and not masters.make_own()
    assert stat.S_IMODE(os.stat(tmp_path / "master_key").st_mode) == 0o600
    masters.forget_master()
    assert sealing.decrypt(here, "field", sealing.encrypt(here, "field", "secret", ()), ()) == "secret"


def test_a_damaged_data_key_is_told(here: WorkspaceInfo) -> None:
    sealing.encrypt(here, "field", "secret", ())
    row = DataKey.objects.get(kind="data")
    row.wrapped = bytes(row.wrapped)[:-1] + bytes([bytes(row.wrapped)[-1] ^ 1])
    row.save()
    keys.forget_keys()
    with pytest.raises(MasterKeyTrouble, match="damaged"):
        sealing.encrypt(here, "field", "secret", ())


def test_keys_of_one_workspace_are_of_no_use_in_another(firm: Firm, other_firm: Firm) -> None:
    with session(firm.workspace.id):
        sealing.encrypt(firm.workspace.info(), "field", "secret", ())
        stolen = list(DataKey.objects.values("kind", "version", "master", "wrapped"))
    with session(other_firm.workspace.id):
        DataKey.objects.all().delete()
        keys.forget_keys()
        DataKey.objects.bulk_create(DataKey(workspace_id=other_firm.workspace.id, **row) for row in stolen)
        with pytest.raises(MasterKeyTrouble, match="damaged"):
            sealing.encrypt(other_firm.workspace.info(), "field", "secret", ())


def test_the_master_key_changes_without_encrypting_anything_anew(
    here: WorkspaceInfo, master: Callable[..., None], tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text(FIRST)
    master(key_file=str(file))
    sealed = sealing.encrypt(here, "field", "secret", ())
    # Other processes have read the file already: they find the new line by the fingerprint they do not know.
    file.write_text(f"{SECOND}\n{FIRST}\n")
    masters.forget_master()
    assert keys.rewrap(here.id) == 2
    assert keys.rewrap(here.id) == 0
    file.write_text(SECOND)
    masters.forget_master()
    keys.forget_keys()
    assert sealing.decrypt(here, "field", sealed, ()) == "secret"


KMS = """
import base64, json, sys
said = json.load(sys.stdin)
turn = lambda text: base64.b64encode(bytes(b ^ 7 for b in base64.b64decode(text))).decode()
if sys.argv[-1] == "wrap":
    print(json.dumps({"master": "projects/p/keys/k", "wrapped": turn(said["key"])}))
else:
    assert said["master"] == "projects/p/keys/k"
    print(json.dumps({"key": turn(said["wrapped"])}))
"""


def test_a_key_service_wraps_the_keys(
    here: WorkspaceInfo, master: Callable[..., None], tmp_path: Path
) -> None:
    program = tmp_path / "kms.py"
    program.write_text(KMS)
    master(kms_command=f"{sys.executable} {program}")
    sealed = sealing.encrypt(here, "field", "secret", ())
    keys.forget_keys()
    assert sealing.decrypt(here, "field", sealed, ()) == "secret"
    assert set(DataKey.objects.values_list("master", flat=True)) == {"projects/p/keys/k"}


@pytest.mark.parametrize(
    "program",
    ["raise SystemExit(3)", "print('no json')", "print('{}')", "print('[1]')", "print(open('/nowhere'))"],
)
def test_a_key_service_that_fails_is_named(
    here: WorkspaceInfo, master: Callable[..., None], tmp_path: Path, program: str
) -> None:
    file = tmp_path / "kms.py"
    file.write_text(program)
    master(kms_command=f"{sys.executable} {file}")
    with pytest.raises(MasterKeyTrouble, match="GUANXI_KMS_COMMAND"):
        sealing.encrypt(here, "field", "secret", ())


def test_nothing_of_a_key_is_shown_by_accident(here: WorkspaceInfo) -> None:
    found = keys.keys_of(here.id)
    shown = repr(found) + str(found)
    for secret in (*found.data.values(), *found.index.values()):
        assert repr(secret) not in shown and base64.b64encode(secret).decode() not in json.dumps(shown)


def test_a_wrapped_key_needs_a_session_of_its_workspace(here: WorkspaceInfo) -> None:
    sealing.encrypt(here, "field", "secret", ())
    keys.forget_keys()
    assert not DataKey.objects.filter(workspace_id=uuid.uuid4()).exists()
