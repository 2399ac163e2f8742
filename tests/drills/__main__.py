"""`script/drill NAME|all [--rounds N] [--json FILE]`: run a drill on a home of its own, print its books.

A drill is a module `tests/drills/<name>_drill.py` with `DEFAULT_ROUNDS`, `FEW_ROUNDS` (for the suite) and
`run(site, rounds) -> Report`. Exit code 1 when anything is lost, doubled, foreign or amiss.
"""

import argparse
import importlib
import json
import pkgutil
import shutil
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import tests.drills
from tests.drills.ledger import Report
from tests.drills.site import copy_home, make_home, opened


def drills() -> dict[str, Any]:
    """Every drill by its name."""
    names = [found.name for found in pkgutil.iter_modules(tests.drills.__path__)]
    return {
        name.removesuffix("_drill"): importlib.import_module(f"tests.drills.{name}")
        for name in sorted(names)
        if name.endswith("_drill")
    }


def hold(name: str, rounds: int | None, at: Path | None = None, **options: int) -> Report:
    """One drill, on a fresh home or on a copy of the one `at` (made there if it is not)."""
    drill = drills()[name]
    folder = Path(tempfile.mkdtemp(prefix="guanxi-drill-"))
    folder.chmod(0o755)
    with drill.place(folder) if hasattr(drill, "place") else nullcontext(folder) as there:
        home = there / "home"
        tokens = made_once(at, home) if at else make_home(home)
        with opened(home, tokens) as site:
            report: Report = drill.run(site, rounds or drill.DEFAULT_ROUNDS, **options)
    if report.is_good:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        report.figures["kept for looking at"] = str(folder)
    return report


def made_once(at: Path, home: Path) -> dict[str, str]:
    """A copy of the home kept at `at`; gives its tokens."""
    kept = at / "tokens.json"
    if not kept.exists():
        at.mkdir(mode=0o755, parents=True, exist_ok=True)
        kept.write_text(json.dumps(make_home(at / "home")), encoding="utf-8")
    copy_home(at / "home", home)
    tokens: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return tokens


def main() -> int:
    """Run one drill or all; without a name, list them."""
    known = drills()
    parser = argparse.ArgumentParser(prog="script/drill", description="Break Guanxi on purpose, and count.")
    parser.add_argument("name", nargs="?", choices=[*known, "all"])
    parser.add_argument("--rounds", type=int, help="how many rounds (each drill has its own default)")
    parser.add_argument("--rows", type=int, help="how many rows there are (migration)")
    parser.add_argument("--json", type=Path, help="also write the books to this file")
    parser.add_argument("--home", type=Path, help="keep a fresh home there, and work on copies of it")
    given = parser.parse_args()
    if given.name is None:
        for name, drill in known.items():
            print(f"{name:<12}{drill.DEFAULT_ROUNDS:>8,} rounds  {(drill.__doc__ or '').splitlines()[0]}")
        return 0
    reports = []
    for name in known if given.name == "all" else [given.name]:
        options = {"rows": given.rows} if given.rows and hasattr(known[name], "DEFAULT_ROWS") else {}
        reports.append(hold(name, given.rounds, given.home, **options))
        print(reports[-1].table(), flush=True)
    if given.json:
        said = [report.as_json() for report in reports]
        given.json.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(report.is_good for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main())
