"""A release is held against published weaknesses: every locked component, and the times that SECURITY.md promises."""

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.advisories import DAYS, ROOT, Component, advisories, findings, locked, main

DAY = date(2026, 11, 1)


def weakness(
    ecosystem: str, name: str, *events: dict[str, str], severity: str = "HIGH", **more: Any
) -> dict[str, Any]:
    told = {"type": "SEMVER" if ecosystem == "npm" else "ECOSYSTEM", "events": list(events)}
    package = {"ecosystem": ecosystem, "name": name}
    return {"id": f"X-{name}", "published": f"{DAY}T00:00:00Z", "affected": [{"package": package, "ranges": [told]}],
            "database_specific": {"severity": severity}} | more  # fmt: skip


def test_every_locked_component_is_found_by_an_advisory_about_it() -> None:
    components = locked()
    assert {ecosystem for ecosystem, _ in components} == {"PyPI", "npm"}
    assert {("PyPI", "django"), ("npm", "react")} <= components.keys()
    assert len(components) > 300
    every = [weakness(ecosystem, name, {"introduced": "0"}) for ecosystem, name in components]
    assert {(each.ecosystem, each.name) for each in findings(every, components)} == components.keys()
    fixed = [
        weakness(ecosystem, name, {"introduced": "0"}, {"fixed": "0.0.0a0"}) for ecosystem, name in components
    ]
    assert findings(fixed, components) == []


@pytest.mark.parametrize(
    ("events", "affected"),
    [([{"introduced": "0"}, {"fixed": "2.0"}], True), ([{"introduced": "0"}, {"fixed": "1.5"}], False),
     ([{"introduced": "1.6"}], False), ([{"introduced": "1.5"}], True), ([{"introduced": "0"}, {"last_affected": "1.5"}], True),
     ([{"introduced": "0"}, {"last_affected": "1.4"}], False), ([{"introduced": "not a version"}], True),
     ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.4"}, {"fixed": "1.6"}], True)],
)  # fmt: skip
def test_versions_and_ranges(events: list[dict[str, str]], affected: bool) -> None:
    components: dict[Component, set[str]] = {("PyPI", "some-thing"): {"1.5"}}
    assert bool(findings([weakness("PyPI", "Some_Thing", *events)], components)) is affected
    assert findings([weakness("PyPI", "some-thing", *events, withdrawn="2026-11-02")], components) == []
    named = weakness("PyPI", "some-thing", versions=["1.5"])
    named["affected"][0]["versions"] = ["1.5"]
    assert len(findings([named], components)) == 1


@pytest.mark.asvs("15.2.1")
def test_what_is_past_its_time_stops_a_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr(
            "one.json", json.dumps(weakness("PyPI", "django", {"introduced": "0"}, severity="CRITICAL"))
        )
    single = tmp_path / "two.json"
    single.write_text(json.dumps([weakness("npm", "react", {"introduced": "0"}, severity="?")]))
    assert len(list(advisories([archive, single]))) == 2
    files = [str(archive), str(single)]
    assert main(files, DAY + timedelta(days=7)) == 0
    assert main(files, DAY + timedelta(days=8)) == 1
    assert "django" in capsys.readouterr().out
    assert main([str(single)], DAY + timedelta(days=30)) == 0
    assert main([str(single)], DAY + timedelta(days=31)) == 1
    single.write_text("{")
    assert main([str(single)], DAY) == 2


def test_the_times_are_those_that_are_promised() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for severity, words in (
        ("critical", "Critical"),
        ("high", "High"),
        ("medium", "Medium and low"),
        ("low", "Medium and low"),
    ):
        row = next(line for line in page.splitlines() if line.startswith(f"| {words}"))
        assert f"| {DAYS[severity]} days " in row
