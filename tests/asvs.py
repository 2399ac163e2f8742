"""Writes docs/reference/asvs.md: which tests hold up which requirements of OWASP ASVS 5.0.

*How it works*: reads the markers `@pytest.mark.asvs("6.2.1", …)` out of the sources of the tests, and what does not
apply, is held up by a page or is open, with the reason, and the levels, out of docs/reference/asvs.json. Run `python -m tests.asvs` after adding a marker; a test
compares the page with what this writes.

*Rules*: requirements are named by number; their words are OWASP's. What is neither tested nor on the list is open.
"""

import ast
import json
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/reference/asvs.md"
DATA = ROOT / "docs/reference/asvs.json"
HEAD = """# ASVS 5.0

Every requirement of levels 1 and 2 of the [OWASP Application Security Verification
Standard 5.0](https://owasp.org/www-project-application-security-verification-standard/), by number, with the tests that hold
it up, the page that documents it, the reason why it does not apply, or what is open. Made by `python -m tests.asvs`
from the markers `@pytest.mark.asvs` and `asvs.json`. Requirements of level 3 are named where a test holds them up.

"""


def collect() -> dict[str, list[str]]:
    """Requirement → the tests that hold it up, as `path::name`."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        place = file.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                for number in _numbers(node):
                    found[number].add(f"{place}::{node.name}")
    return {number: sorted(tests) for number, tests in found.items()}


def page() -> str:
    """The page as it should be."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    level = {number: each for each, numbers in data["levels"].items() for number in numbers}
    rows = {number: data["open"].get(number, "Open.") for number in level}
    rows = {number: text if text == "Open." else f"Open: {text}" for number, text in rows.items()}
    rows |= {number: f"Documented: [{page}](../../{page})" for number, page in data["documented"].items()}
    rows |= {number: f"Does not apply: {reason}" for number, reason in data["not_applicable"].items()}
    rows |= {number: "<br>".join(f"`{test}`" for test in tests) for number, tests in collect().items()}
    counted = {
        each: sum(not rows[number].startswith("Open") for number in numbers)
        for each, numbers in data["levels"].items()
    }
    lines = [
        *(f"Level {each}: {counted[each]} of {len(data['levels'][each])} are held up." for each in counted),
        "",
        "| Requirement | Level | About | Held up by |",
        "|---|---|---|---|",
    ]
    for number in sorted(rows, key=order):
        section = data["sections"].get(number.rpartition(".")[0]) or data["sections"].get(
            number.split(".")[0], ""
        )
        lines.append(f"| {number} | {level.get(number, '3')} | {section} | {rows[number]} |")
    return HEAD + "\n".join(lines) + "\n"


def order(number: str) -> list[int]:
    """Sorts `3.4.10` after `3.4.9`."""
    return [int(part) for part in number.split(".")]


def _numbers(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    marks = [
        mark
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "asvs"
    ]
    return [argument.value for mark in marks for argument in mark.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
