"""What is nowhere in the program: read from its sources, so that it stays so."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "guanxi").rglob("*.py"))
FRONT_END = [
    path
    for path in sorted((ROOT / "frontend" / "src").rglob("*.ts*"))
    if ".test." not in path.name and path.name != "generated.ts"
]
NUMBERS_OF_CHANCE = {"random", "numpy.random"}
UNSAFE_READERS = {"pickle", "marshal", "shelve", "dill"}
CHILD_OF_OUR_OWN = {"guanxi/kit/elsewhere.py", "guanxi/kit/matching/child.py"}
"""Both ends of these pipes are this program: what comes through was never anybody else's."""


def _calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.asvs("1.3.2")
def test_nothing_is_evaluated() -> None:
    found = [
        (_where(p), name) for p in PYTHON for name, _ in _calls(p) if name in ("eval", "exec", "compile")
    ]
    assert found == []
    code = re.compile(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]")
    assert [_where(p) for p in FRONT_END if code.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.asvs("1.2.5")
def test_programs_are_started_with_lists_of_arguments_and_no_shell() -> None:
    shells = ("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput")
    found = [
        (_where(path), name)
        for path in PYTHON
        for name, call in _calls(path)
        if name in shells
        or any(k.arg == "shell" and ast.unparse(k.value) != "False" for k in call.keywords)
        or name.endswith("create_subprocess_shell")
    ]
    assert found == []


@pytest.mark.asvs("1.5.2")
def test_nothing_of_others_is_unpickled() -> None:
    found = {
        _where(p) for p in PYTHON if any(name.partition(".")[0] in UNSAFE_READERS for name in _imports(p))
    }
    assert found <= CHILD_OF_OUR_OWN
    yaml = [
        (_where(p), name)
        for p in PYTHON
        for name, _ in _calls(p)
        if name in ("yaml.load", "yaml.unsafe_load")
    ]
    assert yaml == []


@pytest.mark.asvs("11.3.1", "11.4.1", "11.4.3")
def test_no_broken_hash_or_cipher_is_used() -> None:
    """MD5 stands in a protocol that a provider of company data prescribes, SHA-1 in lists of breached passwords."""
    weak = re.compile(r"hashlib\.(md5|sha1)\b|\bmodes\.ECB\b|\bARC4\b|\bTripleDES\b|PKCS1v15\(\)")
    found = {_where(p) for p in PYTHON if weak.search(p.read_text(encoding="utf-8"))}
    prescribed = {
        "guanxi/domains/customers/companies/providers/qichacha.py",
        "guanxi/engine/identity/breached.py",
    }
    assert found <= prescribed, found


@pytest.mark.asvs("11.5.1", "6.5.3")
def test_secrets_come_from_the_systems_source_of_chance() -> None:
    """`random` makes up sample data and spreads retries, never anything that must not be guessed."""
    found = {_where(p) for p in PYTHON if any(name in NUMBERS_OF_CHANCE for name in _imports(p))}
    drawing = ("guanxi/domains/demo/", "guanxi/kit/matching/weights.py", "guanxi/engine/tenancy/patience.py")
    assert all(path.startswith(drawing) for path in found), found


@pytest.mark.asvs("3.2.2", "1.2.1")
def test_pages_are_built_of_text_and_never_of_html_in_strings() -> None:
    """Rich text is the one exception: cleaned by the server, and shown in one place."""
    written = re.compile(
        r"dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write"
    )
    found = {_where(p) for p in FRONT_END if written.search(p.read_text(encoding="utf-8"))}
    assert {path for path in found if not path.startswith("frontend/src/engine/fields/rich-text/")} == set()


@pytest.mark.asvs("3.5.5")
def test_no_messages_of_other_windows_are_listened_to() -> None:
    """The height of a web form in a frame is the one exception: from that frame alone, and a number is all it can be."""
    heard = re.compile(r"addEventListener\(\s*[\"']message[\"']|\bonmessage\b|\.postMessage\(")
    found = [_where(p) for p in FRONT_END if heard.search(p.read_text(encoding="utf-8"))]
    for path in found:
        text = (ROOT / path).read_text(encoding="utf-8")
        framed = path.startswith("frontend/src/domains/sales/forms/") and "event.source === frame" in text
        assert "EventSource" in text or framed, path


@pytest.mark.asvs("14.3.3")
def test_the_browser_keeps_preferences_and_no_data() -> None:
    keys = re.compile(r"(?:localStorage|sessionStorage)\.setItem\(\s*([^,]+),")
    found = {key.strip() for p in FRONT_END for key in keys.findall(p.read_text(encoding="utf-8"))}
    assert len(found) <= 12, found


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_passwords_are_masked_and_may_be_pasted() -> None:
    sources = {_where(p): p.read_text(encoding="utf-8") for p in FRONT_END}
    assert any("Input.Password" in text for text in sources.values())
    assert [path for path, text in sources.items() if "Input.Password" in text and "onPaste" in text] == []
    plain = [
        p
        for p, text in sources.items()
        if re.search(r"<Input\s[^>]*autoComplete=\"(current|new)-password\"", text)
    ]
    assert plain == []


@pytest.mark.asvs("3.7.1")
def test_the_page_needs_no_plug_in() -> None:
    old = re.compile(r"(?<!\w)<(object|embed|applet)\b")
    assert [_where(p) for p in FRONT_END if old.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.asvs("14.2.3")
def test_no_page_calls_another_server() -> None:
    """No tracker, no fonts or scripts from elsewhere: the only addresses in the sources are links for people."""
    called = re.compile(r"(?:fetch|EventSource|import|src=|href=)\(?\s*[\"'`](https?:)?//")
    assert [_where(p) for p in FRONT_END if called.search(p.read_text(encoding="utf-8"))] == []
    index = (ROOT / "frontend" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"(src|href)=\"(https?:)?//", index)


@pytest.mark.asvs("15.1.2")
def test_every_component_is_pinned_with_its_hash() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    wheels = re.findall(r"^\s+\{ url = .*\}", lock, re.MULTILINE)
    assert wheels and all('hash = "sha256:' in wheel for wheel in wheels)
    npm = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [
        name
        for name, item in npm.items()
        if name
        and not (item.get("integrity") or item.get("inBundle") or (item.get("dev") and item.get("optional")))
    ] == []


@pytest.mark.asvs("13.3.1")
def test_no_secret_stands_in_the_sources() -> None:
    key = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gx_[0-9a-f]{8}-[0-9a-f-]{27}\.")
    assert [_where(p) for p in [*PYTHON, *FRONT_END] if key.search(p.read_text(encoding="utf-8"))] == []
