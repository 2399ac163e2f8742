"""The wheel alone, in an empty environment, is the whole product."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.product import start

ROOT = Path(__file__).parent.parent.parent

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("wheel")]


def _uv() -> str:
    found = shutil.which("uv") or str(ROOT / "var" / "tools" / "bin" / "uv")
    assert Path(found).exists(), "run script/test, which installs uv"
    return found


def _run(*arguments: str | Path) -> None:
    outcome = subprocess.run(
        [str(argument) for argument in arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert outcome.returncode == 0, outcome.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert (ROOT / "guanxi/web/static/app/index.html").exists(), "run script/test, which builds the web app"
    folder = tmp_path_factory.mktemp("wheel")
    _run(_uv(), "build", "--wheel", "--quiet", "--out-dir", folder)
    (built,) = folder.glob("guanxi-*.whl")
    return built


@pytest.mark.asvs("15.2.3")
def test_it_carries_the_built_web_app_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "guanxi/web/static/app/index.html" in names
    assert any(re.fullmatch(r"guanxi/web/static/app/assets/.+\.js", name) for name in names)
    assert all(name.startswith(("guanxi/", "guanxi-")) for name in names)


def test_installed_into_an_empty_environment_it_starts(wheel: Path, tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    locked = tmp_path / "requirements.txt"
    _run(_uv(), "venv", "--quiet", "--python", sys.executable, tmp_path / "venv")
    _run(_uv(), "export", "--frozen", "--quiet", "--no-dev", "--no-emit-project", "-o", locked)
    _run(_uv(), "pip", "install", "--quiet", "--python", python, "-r", locked, wheel)
    product = start(tmp_path / "home", python=str(python))
    try:
        product.wait_for(product.is_ready)
        status, page = product.get("/")
        assert status == 200
        script = re.search(rb'src="(/static/app/assets/[^"]+\.js)"', page)
        assert script is not None
        assert product.get(script[1].decode())[0] == 200
    finally:
        assert product.stop() == 0
