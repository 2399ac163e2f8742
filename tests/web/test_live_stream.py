"""The event stream of a real server: what open screens cost it, and how it ends."""

import time
from pathlib import Path
from typing import Any

import pytest

from guanxi.engine.records.store.telling import announce
from guanxi.engine.tenancy import owner_connection
from guanxi.engine.tenancy.context import session
from guanxi.web import event_hub
from tests.firms import Firm
from tests.web.event_screens import LiveScreen, listeners, serving

pytestmark = pytest.mark.django_db(transaction=True)


def web_connections(owner: Any) -> int:
    statement = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE application_name = 'guanxi-web' AND datname = current_database()"
    )
    return int(owner.execute(statement).fetchone()[0])


def test_a_real_server_streams_keeps_its_connections_free_and_stops_at_once(
    firm: Firm, tmp_path: Path
) -> None:
    tokens = [firm.token(firm.add(f"同事{n}")) for n in range(4)]
    with serving(tmp_path / "web.log", GUANXI_DATABASE_POOL="3") as server:
        screens = [LiveScreen(server, token) for token in tokens for _ in range(5)]
        for screen in screens:
            screen.shows("event: ready", 30)
        with owner_connection() as owner:
            assert web_connections(owner) <= 3 + 1, "streams keep no connection of the pool"
        assert server.get("/api/v1/me", tokens[0]) == 200
        with session(firm.workspace.id):
            announce(firm.ctx, "customer")
        for screen in screens:
            screen.shows('event: records\ndata: {"object":"customer"}')
        began = time.monotonic()
        server.process.terminate()
        assert server.process.wait(20) == 0
        assert time.monotonic() - began < 3.5, "streams do not hold up the end of the process"
        for screen in screens:
            screen.join(10)
            assert not screen.is_alive()


def test_a_server_forgets_screens_that_were_closed(firm: Firm, tmp_path: Path) -> None:
    token = firm.token()
    with serving(tmp_path / "web.log") as server:
        for _ in range(event_hub.MOST_PER_PERSON + 3):
            screen = LiveScreen(server, token)
            screen.shows("event: ready", 30)
            screen.close()
            time.sleep(0.2)
        assert server.get("/api/v1/me", token) == 200
        with owner_connection() as owner:
            for _ in range(50):
                if not listeners(owner):
                    break
                time.sleep(0.1)
            assert listeners(owner) == []
