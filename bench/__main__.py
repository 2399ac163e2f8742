"""`script/bench CASE [--rows N] [--json FILE]`: run a case, print its table, write its figures.

A case is a module `bench/<case>_case.py` with `DEFAULT_ROWS` and `run(rows) -> Report`. Its
data stand in a home of their own per case and size, and are kept for the next run.
"""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import bench


def default_rows(case: str) -> int:
    """The rows of a case when none are given; read from its source, for importing it needs its home."""
    source = (Path(bench.__file__).parent / f"{case}_case.py").read_text(encoding="utf-8")
    line = next(line for line in source.splitlines() if line.startswith("DEFAULT_ROWS = "))
    return int(line.removeprefix("DEFAULT_ROWS = "))


def main() -> int:
    """Run one case, or list them."""
    cases = sorted(
        m.name.removesuffix("_case") for m in pkgutil.iter_modules(bench.__path__) if m.name.endswith("_case")
    )
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure Guanxi against the raw floor.")
    parser.add_argument("case", nargs="?", choices=cases)
    parser.add_argument("--rows", type=int, help="how many rows (each case has its own default)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    given = parser.parse_args()
    if given.case is None:
        print("Cases: " + ", ".join(f"{name} ({default_rows(name):,} rows)" for name in cases))
        return 0
    rows = given.rows or default_rows(given.case)
    root = Path(os.environ.get("GUANXI_HOME", "var/bench"))
    os.environ["GUANXI_HOME"] = str((root / f"{given.case}-{rows}").resolve())
    os.environ["GUANXI_TOKEN_RATE"] = "100000000"
    case = importlib.import_module(f"bench.{given.case}_case")
    report = case.run(rows)
    print(report.table())
    if given.json:
        given.json.write_text(
            json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
