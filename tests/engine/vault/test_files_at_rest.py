"""Files lie encrypted: read from anywhere in them, refused once changed, rotated and converted without notice."""

import io
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guanxi.engine.records import files, rotating
from guanxi.engine.records.file_store import local_files
from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy.context import session
from guanxi.engine.vault import keys, rotation, streams
from guanxi.engine.vault.errors import Undecipherable
from tests.firms import Firm

CANARY = b"canary-6222020200112233445"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path / "files"
    yield tmp_path / "files"
    keys.forget_keys()


def upload(firm: Firm, content: bytes) -> str:
    answer = firm.door().client.post("/api/v1/files", {"file": SimpleUploadedFile("记录.txt", content)})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def fetched(firm: Firm, file_id: str) -> bytes:
    answer: Any = firm.door().client.get(f"/api/v1/files/{file_id}")
    assert answer.status_code == 200
    return bytes(answer.content)


def on_disk(store: Path) -> bytes:
    return b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())


@pytest.mark.asvs("14.2.4")
def test_an_upload_is_not_readable_on_the_disk(firm: Firm, store: Path) -> None:
    made = upload(firm, CANARY * 10)
    assert CANARY not in on_disk(store)
    assert fetched(firm, made) == CANARY * 10


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    size=st.sampled_from([0, 1, 100, streams.PIECE - 1, streams.PIECE, streams.PIECE + 1, 3 * streams.PIECE + 5]),
    cut=st.integers(1, 100_000), spots=st.lists(st.tuples(st.integers(0, 250_000), st.integers(0, 90_000)), max_size=5),
)  # fmt: skip
def test_any_part_of_a_file_reads_as_it_was_written(
    firm: Firm, size: int, cut: int, spots: list[tuple[int, int]]
) -> None:
    content = os.urandom(size)
    file_id = uuid.uuid4()
    with session(firm.workspace.id):
        chunks = (content[i : i + cut] for i in range(0, size, cut))
        stored = b"".join(streams.encrypted(firm.workspace.id, file_id, chunks))
        opened = streams.opened_file(firm.workspace.id, file_id, io.BytesIO(stored))
        assert opened.read() == content
        for start, length in spots:
            opened.seek(start)
            assert opened.read(length) == content[start : start + length]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data[: -(streams.PIECE + 16)],
        lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:],
        lambda data: data[: streams.HEAD_BYTES] + data[streams.HEAD_BYTES + streams.PIECE + 16 :],
        lambda data: data + b"x" * (streams.PIECE + 16),
        lambda data: data[: streams.HEAD_BYTES],
    ],
)
def test_a_changed_file_is_refused(firm: Firm, change: Callable[[bytes], bytes]) -> None:
    file_id = uuid.uuid4()
    with session(firm.workspace.id):
        stored = b"".join(streams.encrypted(firm.workspace.id, file_id, [os.urandom(3 * streams.PIECE)]))
        with pytest.raises(Undecipherable):
            streams.opened_file(firm.workspace.id, file_id, io.BytesIO(change(stored))).read()


def test_a_file_opens_under_its_own_name_and_in_its_own_workspace_alone(firm: Firm, other_firm: Firm) -> None:
    file_id = uuid.uuid4()
    with session(firm.workspace.id):
        stored = b"".join(streams.encrypted(firm.workspace.id, file_id, [CANARY]))
        with pytest.raises(Undecipherable):
            streams.opened_file(firm.workspace.id, uuid.uuid4(), io.BytesIO(stored)).read()
    with session(other_firm.workspace.id), pytest.raises(Undecipherable):
        streams.opened_file(other_firm.workspace.id, file_id, io.BytesIO(stored)).read()


def test_files_of_former_times_are_read_and_then_encrypted(firm: Firm, store: Path) -> None:
    made = upload(firm, CANARY)
    path = local_files.path(firm.workspace.id, uuid.UUID(made))
    path.write_bytes(CANARY)
    with session(firm.workspace.id):
        StoredFile.objects.update(key_version=0)
    assert fetched(firm, made) == CANARY
    with session(firm.workspace.id):
        rotating.encrypt_old_files(firm.ctx)
    assert CANARY not in on_disk(store)
    assert fetched(firm, made) == CANARY


def test_a_new_key_reaches_files_and_values(firm: Firm, store: Path) -> None:
    door = firm.door()
    made = upload(firm, CANARY)
    door.post("/meta/objects", {"key": "thing", "label": "Thing"})
    field = {"key": "card", "type": "text", "label": "Card", "sensitive": True}
    assert door.post("/meta/objects/thing/fields", field).status_code == 201
    record = door.post("/thing", {"name": "甲", "card": "6222020200112233445"}).data["id"]
    before = on_disk(store)
    assert rotation.state_of(firm.workspace.id) == rotation.KeyState(1, {"values": 0, "files": 0})
    assert rotation.begin(firm.workspace.id) == 2
    assert rotation.state_of(firm.workspace.id) == rotation.KeyState(2, {"values": 1, "files": 1})
    assert door.get(f"/thing/{record}").data["card"] == "6222020200112233445"
    assert fetched(firm, made) == CANARY
    told: dict[str, int] = {}
    rotation.carry_on(firm.workspace.id, lambda key, count: told.update({key: count}))
    assert told == {"values": 1, "files": 1}
    assert rotation.state_of(firm.workspace.id).is_done
    assert on_disk(store) != before
    assert door.get(f"/thing/{record}").data["card"] == "6222020200112233445"
    assert fetched(firm, made) == CANARY
    history = door.get(f"/thing/{record}/history").data["data"]
    assert "6222020200112233445" in str(history)


def test_a_copy_for_readers_is_made_once(firm: Firm, tmp_path: Path) -> None:
    made = upload(firm, CANARY)
    with session(firm.workspace.id):
        target = files.copy_to(firm.ctx, uuid.UUID(made), tmp_path / "copy.source")
    assert target.read_bytes() == CANARY
    assert target.stat().st_mode & 0o077 == 0
