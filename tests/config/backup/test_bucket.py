"""Backups in a bucket, against a server that speaks S3 and checks signatures."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from guanxi.config.backup import bucket as buckets
from guanxi.config.backup import s3
from guanxi.config.backup.keeping import superfluous
from guanxi.config.backup.names import name_of
from guanxi.config.backup.places import found, place_of
from guanxi.config.console import Stop
from guanxi.config.env import Env
from tests.bucket_server import BUCKET, BucketServer, bucket_server

PART = 5 * 1024**2  # the least that S3 takes
AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
ADDRESS = f"s3://{BUCKET}/firm/nightly"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketServer]:
    with bucket_server(tmp_path_factory.mktemp("bucket") / "log") as running:
        yield running


@pytest.fixture
def env(server: BucketServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Env:
    monkeypatch.setattr(buckets, "PART_BYTES", PART)
    monkeypatch.setattr(s3, "PAUSE_SECONDS", 0.0)
    for key in server.names():
        server.client().delete_object(Bucket=BUCKET, Key=key)
    return Env.read(server.settings | {"GUANXI_HOME": str(tmp_path), "GUANXI_BACKUP_TO": ADDRESS})


def _unfinished(server: BucketServer) -> list[Any]:
    return list(server.client().list_multipart_uploads(Bucket=BUCKET).get("Uploads", []))


def _write(env: Env, name: str, content: bytes, piece: int = 1_000_003) -> None:
    with place_of(env).writing(name) as stream:
        for at in range(0, len(content), piece):
            stream.write(content[at : at + piece])
        assert stream.tell() == len(content)


@pytest.mark.parametrize("size", [0, 17, PART, 2 * PART + 12_345])
def test_what_is_written_is_read_back(env: Env, server: BucketServer, size: int) -> None:
    name, content = name_of(AT, "daily"), os.urandom(size)
    _write(env, name, content)
    assert server.names() == [f"firm/nightly/{name}"]
    (copy,) = place_of(env).list()
    assert (copy.name, copy.at, copy.reason, copy.size) == (name, AT, "daily", size)
    place, file = found(env, f"{ADDRESS}/{name}")
    with place.open(file) as stream:
        assert hashlib.sha256(stream.read()).digest() == hashlib.sha256(content).digest()
        assert stream.read(1) == b""
    assert _unfinished(server) == []


def test_a_backup_that_fails_half_way_leaves_nothing(env: Env, server: BucketServer) -> None:
    with pytest.raises(RuntimeError), place_of(env).writing(name_of(AT, "daily")) as stream:
        stream.write(os.urandom(2 * PART + 1))
        raise RuntimeError
    assert server.names() == []
    assert _unfinished(server) == []


def test_what_a_killed_process_left_is_cleared_away_and_nothing_else(
    env: Env, server: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = server.client()
    for key in (f"firm/nightly/{name_of(AT, 'daily')}", "firm/nightly/somebody-elses.bin"):
        client.create_multipart_upload(Bucket=BUCKET, Key=key)
    monkeypatch.setattr(buckets, "LEFT_BEHIND", timedelta(days=-10_000))
    _write(env, name_of(AT, "manual"), b"small")
    left = _unfinished(server)
    assert [each["Key"] for each in left] == ["firm/nightly/somebody-elses.bin"]
    client.abort_multipart_upload(Bucket=BUCKET, Key=left[0]["Key"], UploadId=left[0]["UploadId"])


def test_old_copies_go_and_other_files_stay(env: Env, server: BucketServer) -> None:
    server.client().put_object(Bucket=BUCKET, Key="firm/nightly/readme.txt", Body=b"mine")
    place = place_of(env)
    for day in range(9):
        _write(env, name_of(AT - timedelta(days=day), "daily"), b"x")
    going = superfluous(place.list())
    for copy in going:
        place.remove(copy.name)
    assert len(place.list()) == 9 - len(going) == 8
    assert "firm/nightly/readme.txt" in server.names()


def test_a_copy_that_is_replaced_while_it_is_read_is_not_mixed(env: Env) -> None:
    name = name_of(AT, "daily")
    _write(env, name, b"a" * (3 * PART))
    with place_of(env).open(name) as stream:
        assert stream.read(10) == b"a" * 10
        _write(env, name, b"b" * (3 * PART))
        with pytest.raises(Stop, match="412"):
            stream.read()


def test_what_is_not_there_and_who_may_not_are_said_in_a_sentence(env: Env, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="no backup"):
        place_of(env).open("guanxi-20200101T000000Z-daily.gxb")
    wrong = replace(env, s3_secret_key="not the secret key at all")
    with pytest.raises(Stop, match=r"403 SignatureDoesNotMatch") as refused:
        place_of(wrong).list()
    assert "not the secret" not in str(refused.value)
    with pytest.raises(Stop, match="GUANXI_S3_ACCESS_KEY"):
        place_of(replace(env, s3_access_key=""))
    with pytest.raises(Stop, match="not the name of a bucket"):
        place_of(env, "s3:///nowhere")
    with pytest.raises(Stop, match="GUANXI_S3_ENDPOINT"):
        place_of(replace(env, s3_endpoint="http://127.0.0.1:9")).list()


def test_only_the_operators_own_endpoint_may_be_internal(env: Env) -> None:
    with pytest.raises(Stop):
        # The name resolves to this machine, by a port that nobody has set.
        place_of(replace(env, s3_endpoint="http://localhost:1")).list()
