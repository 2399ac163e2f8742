"""Finds a font with Chinese characters for printed documents.

*How it works*: asks fontconfig where it is installed, else looks through the usual folders for the
file names of the well-known families.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
_NAMES = re.compile(
    r"wqy|cjk|notos\w*sc|sourcehan|droidsansfallback|pingfang|hiragino|stheiti|songti|simsun|simhei|msyh"
    r"|uming|ukai|harmonyos|lxgw|alibaba",
    re.IGNORECASE,
)
_FILES = {".ttf", ".ttc", ".otf", ".otc"}


def find_cjk_font() -> Path | None:
    """The file of a font with Chinese characters, or None."""
    return _from_fontconfig() or _from_folders()


def _from_fontconfig() -> Path | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        listed = subprocess.run(
            [program, ":lang=zh-cn", "file"], capture_output=True, text=True, timeout=10, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    paths = sorted(line.strip().rstrip(":").strip() for line in listed.splitlines() if line.strip())
    return Path(paths[0]) if paths else None


def _from_folders() -> Path | None:
    for folder in FOLDERS:
        for root, _, names in os.walk(os.path.expanduser(folder)):
            for name in sorted(names):
                if Path(name).suffix.lower() in _FILES and _NAMES.search(name):
                    return Path(root) / name
    return None
