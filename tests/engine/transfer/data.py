"""Where real data is, for the tests marked `realdata`."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def data_folder(name: str) -> Path:
    """The folder of a data set; skips the test where it is not there."""
    base = Path(os.environ.get("GUANXI_DATA_DIR") or ROOT.parent / "shared" / "data")
    found = base / name
    if not found.exists():
        pytest.skip(f"real data is not here: {found} (set GUANXI_DATA_DIR)")
    return found
