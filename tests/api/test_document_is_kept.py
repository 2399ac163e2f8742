"""The OpenAPI document against the API itself: generated requests, right and wrong, to every operation.

Every answer is JSON or problem details, of a status that the document names, and never a fault of ours.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import DjangoDbBlocker
from schemathesis.config import GenerationConfig, SchemathesisConfig

from tests.firms import Door, found

DOCUMENT = "docs/reference/openapi.json"
EXAMPLES = 4
OBJECTS = ("customer", "opportunity", "quote_items", "sales_order", "payment")


def _operations() -> list[tuple[str, str]]:
    """Every operation of the document; those that all objects have for OBJECTS only (the battery tries them on all)."""
    with open(DOCUMENT, encoding="utf-8") as file:
        document = json.load(file)
    paths = document["paths"]
    verbs = ("get", "post", "patch", "put", "delete")
    return sorted(
        (verb.upper(), path)
        for path, methods in paths.items()
        for verb in methods
        if verb in verbs and not _same_as_elsewhere(path, paths)
    )


def _same_as_elsewhere(path: str, paths: Collection[str]) -> bool:
    """Whether a path is an object's that the first of OBJECTS has as well."""
    head, key, *rest = path.removeprefix("/api/").split("/", 2)
    return key not in OBJECTS and "/".join(["/api", head, OBJECTS[0], *rest]) in paths


@dataclass
class Kept:
    """A small firm, a program that speaks to it, and its document."""

    door: Door
    schema: Any


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    """One firm for all operations, taken back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        door = Door(found().token())
        for key in ("customer", "contact", "opportunity"):
            assert door.post(f"/{key}", {"name": f"{key} 甲"}).status_code == 201
        config = SchemathesisConfig()
        config.projects.default.generation = GenerationConfig(with_security_parameters=False)
        document = door.get("/openapi.json").data
        yield Kept(door, schemathesis.openapi.from_dict(document, config=config))
        transaction.set_rollback(True)


@pytest.fixture
def kept(made: Kept, db: Any) -> Kept:
    """The firm; what a test does to it is taken back after the test."""
    return made


@pytest.mark.parametrize(("verb", "path"), _operations())
def test_an_operation_answers_as_its_document_says(kept: Kept, verb: str, path: str, settings: Any) -> None:
    settings.GUANXI_RATE_LIMITS = dict.fromkeys(settings.GUANXI_RATE_LIMITS, 10**6)
    operation = kept.schema[path][verb]
    responses = {str(status) for status in operation.definition.raw["responses"]}
    asked = 0

    @_few
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        nonlocal asked
        asked += 1
        _ask(kept.door, case, verb, path, responses)

    run()
    assert asked > 0


_few = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def _ask(door: Door, case: Any, verb: str, path: str, responses: set[str]) -> None:
    sent = case.as_transport_kwargs(base_url="http://testserver")
    address = sent["url"].removeprefix("http://testserver")
    body = sent.get("data", b"") if "json" not in sent else json.dumps(sent["json"]).encode()
    if "files" in sent or not isinstance(body, (bytes, str)):
        body = b""
    headers = {
        str(name): str(value)
        for name, value in (sent.get("headers") or {}).items()
        if str(value).isprintable()
    }
    headers |= {"Authorization": door.headers["Authorization"]}
    response: Any = door.client.generic(
        verb, address, body or b"", content_type=headers.pop("Content-Type", "application/json"), headers=headers,
        QUERY_STRING=_query(sent.get("params") or {}),
    )  # fmt: skip
    told = (verb, address, body, response.status_code)
    assert response.status_code < 500, told
    assert (
        str(response.status_code) in responses
        or "default" in responses
        or f"{response.status_code // 100}XX" in responses
    ), told
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code >= 400:
        assert kind == "application/problem+json", (told, kind)
        problem = json.loads(response.content)
        assert {"type", "title", "status", "code"} <= set(problem), told
        assert problem["status"] == response.status_code
        assert problem["title"] and problem["code"].replace("_", "").isalnum()


def _query(params: dict[str, Any]) -> str:
    return urlencode(params, doseq=True, errors="replace")
