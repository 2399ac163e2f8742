"""Answers kept in files: compared in every run, written anew by `RECORD_ANSWERS=1 pytest …`.

A difference fails the test and shows it; whoever means the change records it and reviews the diff.
"""

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
IS_RECORDING = os.environ.get("RECORD_ANSWERS") == "1"


def assert_recorded(path: str, value: Any) -> None:
    """`value` equals what the JSON file at `path` (below the root) holds."""
    file = ROOT / path
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
    if IS_RECORDING:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    assert json.loads(text) == kept, f"{path} differs; if that is meant: RECORD_ANSWERS=1 script/test"
