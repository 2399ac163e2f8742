"""`guanxi up` as a person meets it: starts, is watched, stops, and says what is in the way."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.product import Product, free_port, guanxi, prepare, running, server_pid, start

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("process tree")]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("up") / "home") as product:
        yield product


def test_an_empty_database_gets_a_one_time_link(product: Product) -> None:
    link = re.search(r"http://127\.0\.0\.1:\d+/setup\?token=(\S+)", product.output)
    assert link is not None
    assert len(link[1]) >= 26  # 128 bits in base 32
    product.wait_for(lambda: f"Guanxi is ready: {product.url}" in product.output, 5)


@pytest.mark.asvs("13.4.3")
def test_unknown_addresses_of_the_api_are_not_the_web_app(product: Product) -> None:
    assert product.get("/api/no-such-address")[0] == 404
    assert product.get("/static/app/no-such-file.js")[0] == 404


def test_a_second_up_on_the_same_home_says_where_the_first_is(product: Product) -> None:
    second = guanxi(product.home, "up", "--port", str(free_port()))
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert product.url in second.stderr


def test_commands_share_the_running_database(product: Product) -> None:
    assert guanxi(product.home, "migrate").stdout == "The database is up to date.\n"
    product.wait_for(lambda: "reported" in guanxi(product.home, "doctor").stdout)
    assert product.is_ready()


@pytest.mark.parametrize("part", ["web", "worker"])
def test_a_part_that_dies_is_started_again_and_reported(product: Product, part: str) -> None:
    dead = product.child(part)
    assert dead is not None
    dead.kill()
    product.wait_for(lambda: f"The {'web' if part == 'web' else 'worker'} ended" in product.output)
    product.wait_for(lambda: product.child(part) not in (None, dead))
    product.wait_for(lambda: product.get("/api/v1/setup")[0] == 200)


def test_a_database_that_dies_is_started_again(product: Product) -> None:
    before = server_pid(product.home)
    os.kill(before, signal.SIGKILL)
    product.wait_for(lambda: "embedded database ended" in product.output)
    product.wait_for(lambda: product.get("/api/v1/setup")[0] == 200)
    assert server_pid(product.home) != before


def test_a_killed_supervisor_leaves_no_process_on_the_port_and_the_next_one_starts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    prepare(home)
    first = start(home)
    first.wait_for(first.is_ready)
    parts = psutil.Process(first.process.pid).children(recursive=True)
    first.stop(signal.SIGKILL)
    _, alive = psutil.wait_procs(parts, timeout=30)
    assert alive == []
    with running(home) as second:
        assert second.is_ready()
    assert not psutil.pid_exists(server_pid(home)) if (home / "pg" / "postmaster.pid").exists() else True


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(tmp_path: Path, how: int) -> None:
    prepare(tmp_path / "home")
    product = start(tmp_path / "home")
    product.wait_for(product.is_ready)
    everything = psutil.Process(product.process.pid).children(recursive=True)
    database = psutil.Process(server_pid(product.home))
    assert product.stop(how) == 0
    assert not any(process.is_running() for process in [*everything, database])
    assert "Traceback" not in product.output


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        outcome = guanxi(tmp_path / "home", "up", "--port", str(port))
    assert outcome.returncode == 1
    assert outcome.stderr == (
        f"Port {port} on 127.0.0.1 is taken by another program. "
        f"Stop that program, or choose another port, such as --port {port + 1}.\n"
    )


def test_an_unreachable_database_is_one_sentence(tmp_path: Path) -> None:
    url = f"postgresql://crm:hunter2@127.0.0.1:{free_port()}/crm"
    outcome = guanxi(tmp_path / "home", "up", "--port", str(free_port()), DATABASE_URL=url)
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "Connection refused" in outcome.stderr
    assert "hunter2" not in outcome.stderr


def test_a_wrong_setting_is_named_and_nothing_starts(tmp_path: Path) -> None:
    outcome = guanxi(tmp_path / "home", "up", GUANXI_PORT="http")
    assert outcome.returncode == 2
    assert "GUANXI_PORT" in outcome.stderr
    assert not (tmp_path / "home").exists()
