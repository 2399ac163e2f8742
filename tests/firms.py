"""Firms with people in them, and browsers and programs that knock at the doors.

The fixtures (`make_firm`, `firm`, `other_firm`, `deliver`, and `fresh_limits`, which every test here gets)
are for the conftest.py of whatever tests go through HTTP.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from guanxi.engine.entry.policies import forget_policies
from guanxi.engine.identity import facade
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.identity.models import User
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Ctx, Role, Via, session
from guanxi.engine.tenancy.models import Workspace
from guanxi.web.rate_limit import known_callers, limiter

PASSWORD = "青山 secret 2026"
AUTH = "/_allauth/browser/v1/auth"


class Door:
    """A browser (or, with a token, a program) that speaks JSON."""

    def __init__(self, token: str | None = None, *, csrf: bool = False, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=csrf)
        self.headers = {"Accept-Language": language}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer, with its JSON as `.data`."""
        full = path if path.startswith(("/_", "/api")) else f"/api/v1{path}"
        payload = b"" if body is None else json.dumps(body)
        response: Any = self.client.generic(
            method, full, payload, content_type="application/json", headers=self.headers | headers
        )
        is_json = "json" in response.headers.get("Content-Type", "")
        response.data = json.loads(response.content) if is_json and response.content else None
        return response

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST."""
        return self.call("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """PATCH."""
        return self.call("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        """PUT."""
        return self.call("PUT", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> Any:
        """DELETE."""
        return self.call("DELETE", path, body, **headers)

    def sign_in(self, email: str, password: str = PASSWORD) -> Any:
        """Sign in by address and password."""
        return self.post(f"{AUTH}/login", {"email": email, "password": password})

    @property
    def session_key(self) -> str:
        """The session's cookie."""
        return self.client.cookies["guanxi_session"].value


@dataclass
class Firm:
    """A workspace and its administrator."""

    workspace: Workspace
    admin: User

    @property
    def ctx(self) -> Ctx:
        """A context of the administrator; needs a session of the workspace."""
        info, actor = facade.load_actor(self.workspace.id, self.admin.id)
        return Ctx(workspace=info, actor=actor, via=Via.WEB, locale="en")

    def add(self, name: str, role: Role = Role.MEMBER, email: str | None = None) -> User:
        """Another active person."""
        address = email or f"{uuid.uuid4().hex[:12]}@firm.example"
        with session(self.workspace.id):
            user = create_account(email=address, name=name, password=PASSWORD, verified=True)
            facade.add_member(self.workspace.id, user, role=role)
        return user

    def door(self, user: User | None = None, **options: Any) -> Door:
        """A browser in which `user` (the administrator) is signed in."""
        door = Door(**options)
        door.client.force_login(user or self.admin)
        return door

    def token(self, user: User | None = None, **options: Any) -> str:
        """The secret of a new token of `user` (the administrator)."""
        with session(self.workspace.id):
            _, secret = facade.create_token(self.ctx, user_id=(user or self.admin).id, name="test", **options)
        return secret


MakeFirm = Callable[..., Firm]


@pytest.fixture(autouse=True)
def fresh_limits(settings: Any) -> None:
    """Sign-up is open, nothing is held back, and nobody has asked for anything yet."""
    settings.GUANXI_SIGN_UP_OPEN = True
    settings.GUANXI_ANSWER_SECONDS = {}
    limiter.forget()
    known_callers.forget()
    forget_policies()
    checks.forget()


def found(name: str = "中山公司", email: str = "boss@firm.example", admin: str = "王芳") -> Firm:
    """A new firm behind its wall."""
    with session(None):
        user = create_account(email=email, name=admin, password=PASSWORD, verified=True)
        workspace = facade.create_workspace(name, admin=user)
    return Firm(workspace=workspace, admin=user)


@pytest.fixture
def make_firm(db: None) -> MakeFirm:
    """Makes firms."""
    return found


@pytest.fixture
def firm(make_firm: MakeFirm) -> Firm:
    """One firm."""
    return make_firm()


@pytest.fixture
def other_firm(make_firm: MakeFirm) -> Firm:
    """Another firm, of other people."""
    return make_firm("北海公司", "chief@other.example", "李强")


def run_jobs() -> int:
    """Run every waiting job in this transaction, as the worker would after it; returns how many."""
    jobs = list(ProcrastinateJob.objects.filter(status="todo").order_by("id"))
    for job in jobs:
        app.tasks[job.task_name].func(**job.args)
    ProcrastinateJob.objects.filter(id__in=[job.id for job in jobs])._raw_delete("default")  # type: ignore[attr-defined]
    return len(jobs)


@pytest.fixture
def deliver() -> Callable[[], int]:
    """Runs the waiting jobs."""
    return run_jobs


def code_of(response: HttpResponse) -> str:
    """The stable code of a problem."""
    return str(json.loads(response.content)["code"])
