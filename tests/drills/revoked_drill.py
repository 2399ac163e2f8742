"""What was taken away is gone at once, in every process: tokens, people, roles, sessions, open streams.

Each round gives something, uses it until every process has seen it, takes it away, and asks again on many new
connections: every single answer must be a no.
"""

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.drills.homes import PASSWORD
from tests.drills.ledger import Report
from tests.drills.site import Program, Site

DEFAULT_ROUNDS = 50
FEW_ROUNDS = 6
ASKED = 12
STREAM_SECONDS = 10.0


def run(site: Site, rounds: int) -> Report:
    """So many things taken away."""
    report = Report("revoked", rounds)
    admin = Browser(site, "boss@north.example")
    try:
        for number in range(rounds):
            kind = KINDS[number % len(KINDS)]
            late = kind(site, admin, number)
            name = kind.__name__.strip("_")
            report.figures[name] = int(report.figures.get(name, 0)) + 1
            report.faults += [f"{name} {number}: {each}" for each in late]
    finally:
        admin.close()
    return report


class Browser:
    """Somebody signed in, who may have several connections."""

    def __init__(self, site: Site, email: str, password: str = PASSWORD) -> None:
        self.site = site
        self.client = httpx.Client(base_url=site.product.url, timeout=20)
        self.client.get("/_allauth/browser/v1/config")
        answer = self.send("POST", "/_allauth/browser/v1/auth/login", {"email": email, "password": password})
        assert answer.is_success, answer.text

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A request as a page makes it."""
        full = path if path.startswith("/_") else f"/api/v1{path}"
        headers = {
            "X-CSRFToken": self.client.cookies.get("csrftoken", ""),
            "Referer": str(self.client.base_url),
        }
        return self.client.request(method, full, json=body, headers=headers)

    def good(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.send(method, path, body)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def fresh(self, method: str, path: str, body: Any = None) -> int:
        """The status of the same person's request on a new connection."""
        with httpx.Client(base_url=self.site.product.url, timeout=20, cookies=self.client.cookies) as client:
            headers = {"X-CSRFToken": client.cookies.get("csrftoken", ""), "Referer": str(client.base_url)}
            return client.request(method, f"/api/v1{path}", json=body, headers=headers).status_code

    def close(self) -> None:
        self.client.close()


def _with_token(site: Site, secret: str, method: str = "GET", path: str = "/me", body: Any = None) -> int:
    program = Program(site.product.url, secret)
    try:
        return program.call(method, path, body).status
    finally:
        program.close()


def _person(site: Site, admin: Browser, number: int, role: str = "member") -> tuple[str, Browser]:
    """A new person who has joined; gives the address of the membership, and them signed in."""
    email = f"person{number}-{time.monotonic_ns()}@north.example"
    made = admin.good("POST", "/members/invite", {"email": email, "name": f"Person {number}", "role": role})
    secret = re.search(r"/invitation/([^/?]+)", made["invite_url"])
    assert secret is not None, made
    with httpx.Client(base_url=site.product.url, timeout=20) as client:
        joined = client.post(
            f"/api/v1/invitations/{secret[1]}", json={"name": f"Person {number}", "password": PASSWORD}
        )
        assert joined.is_success, joined.text
    return f"/members/{made['id']}", Browser(site, email)


def _until_known(ask: Any) -> None:
    """Until every process has surely seen it."""
    for _ in range(ASKED):
        status = ask()
        assert status == 200, status


def _late(ask: Any, *allowed: int) -> list[str]:
    """The answers that came as if nothing had been taken away."""
    told = [ask() for _ in range(ASKED)]
    return [f"{told.count(status)} of {ASKED} answered {status}" for status in set(told) - set(allowed)]


def _token(site: Site, admin: Browser, number: int) -> list[str]:
    made = admin.good("POST", "/tokens", {"name": f"drill {number}", "scopes": ["read", "write"]})
    _until_known(lambda: _with_token(site, made["token"]))
    admin.good("DELETE", f"/tokens/{made['id']}")
    return _late(lambda: _with_token(site, made["token"]), 401)


def _expiry(site: Site, admin: Browser, number: int) -> list[str]:
    ends = datetime.now(UTC) + timedelta(seconds=2)
    made = admin.good(
        "POST", "/tokens", {"name": f"short {number}", "scopes": ["read"], "expires_at": ends.isoformat()}
    )
    for _ in range(4):
        assert _with_token(site, made["token"]) == 200
    time.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds()) + 0.02)
    return _late(lambda: _with_token(site, made["token"]), 401)


def _deactivated(site: Site, admin: Browser, number: int) -> list[str]:
    """A person: their session, their token, and the stream they have open."""
    path, person = _person(site, admin, number)
    token = person.good("POST", "/tokens", {"name": "own", "scopes": ["read", "write"]})["token"]
    _until_known(lambda: person.fresh("GET", "/me"))
    _until_known(lambda: _with_token(site, token))
    stream = Stream(site, token)
    admin.good("PATCH", path, {"status": "disabled"})
    late = _late(lambda: person.fresh("GET", "/me"), 401, 403) + _late(lambda: _with_token(site, token), 401)
    person.close()
    if not stream.ended.wait(STREAM_SECONDS):
        late.append(f"the stream was still open after {STREAM_SECONDS:.0f} s")
    return late


def _role(site: Site, admin: Browser, number: int) -> list[str]:
    """A member becomes somebody who only reads."""
    path, person = _person(site, admin, number)
    token = person.good("POST", "/tokens", {"name": "own", "scopes": ["read", "write"]})["token"]
    for _ in range(4):
        assert person.fresh("POST", "/customer", {"name": f"made {number}"}) == 201
        assert _with_token(site, token, "POST", "/customer", {"name": f"made {number}"}) == 201
    admin.good("PATCH", path, {"role": "read_only"})
    late = _late(lambda: person.fresh("POST", "/customer", {"name": "too late"}), 403)
    late += _late(lambda: _with_token(site, token, "POST", "/customer", {"name": "too late"}), 403)
    found = site.program().every("customer", ["name"], {"field": "name", "op": "is", "value": "too late"})
    person.close()
    return late + ([f"{len(found)} records were made too late"] if found else [])


def _signed_out(site: Site, admin: Browser, number: int) -> list[str]:
    """A session that was signed out of, its cookie kept by somebody else."""
    _, person = _person(site, admin, number)
    _until_known(lambda: person.fresh("GET", "/me"))
    cookies = httpx.Cookies(person.client.cookies)
    person.send("DELETE", "/_allauth/browser/v1/auth/session")
    person.client.cookies = cookies
    late = _late(lambda: person.fresh("GET", "/me"), 401)
    person.close()
    return late


def _revoked_stream(site: Site, admin: Browser, number: int) -> list[str]:
    made = admin.good("POST", "/tokens", {"name": f"stream {number}", "scopes": ["read"]})
    stream = Stream(site, made["token"])
    admin.good("DELETE", f"/tokens/{made['id']}")
    return (
        []
        if stream.ended.wait(STREAM_SECONDS)
        else [f"the stream was still open after {STREAM_SECONDS:.0f} s"]
    )


class Stream:
    """An open stream of events."""

    def __init__(self, site: Site, token: str) -> None:
        self.ended, self._open = threading.Event(), threading.Event()
        threading.Thread(target=self._listen, args=(site.product.url, token), daemon=True).start()
        assert self._open.wait(10), "the stream did not open"

    def _listen(self, url: str, token: str) -> None:
        try:
            with httpx.stream(
                "GET", f"{url}/api/v1/stream", headers={"Authorization": f"Bearer {token}"}, timeout=60
            ) as answer:
                if answer.status_code == 200:
                    self._open.set()
                for _ in answer.iter_bytes():
                    pass
        except httpx.HTTPError:
            pass
        self.ended.set()


KINDS = [_token, _expiry, _deactivated, _role, _signed_out, _revoked_stream]
