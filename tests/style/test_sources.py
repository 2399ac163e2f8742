"""Rules of the house that no linter knows: file lengths, imports at the top, plain names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LONGEST_PYTHON = 400
LONGEST_TSX = 250
LONGEST_MODULE_DOCSTRING = 25
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}


def _python_files() -> Iterator[Path]:
    for folder in ("guanxi", "tests", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _first_party_imports_inside_functions(tree: ast.Module) -> Iterator[int]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                modules = []
                if isinstance(node, ast.Import):
                    modules = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    modules = ["guanxi" if node.level else node.module or ""]
                if any(module.split(".")[0] == "guanxi" for module in modules):
                    yield node.lineno


@pytest.mark.parametrize("path", _python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_python_file_keeps_the_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert len(source.splitlines()) <= LONGEST_PYTHON, "split this file"
    assert path.stem not in VAGUE_NAMES, "name it for what it does"
    lines = list(_first_party_imports_inside_functions(tree))
    assert not lines, f"imports of our own inside functions, lines {lines}"
    if path.is_relative_to(ROOT / "guanxi") and source.strip() and path.name != "__init__.py":
        docstring = ast.get_docstring(tree, clean=False)
        assert docstring, "say in a docstring what this module is"
        assert len(docstring.splitlines()) <= LONGEST_MODULE_DOCSTRING, "shorten the module's docstring"


def test_components_are_short() -> None:
    sources = (ROOT / "frontend" / "src").rglob("*.tsx")
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    too_long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_TSX}
    assert not too_long


def test_the_two_readmes_show_the_same_commands() -> None:
    def commands(name: str) -> list[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = text.split("```")[1::2]
        lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()[1:]]
        return [line for line in lines if line]

    assert commands("README.md") == commands("README.zh-CN.md")
    assert commands("README.md")[:2] == ["script/run", "script/test"]
