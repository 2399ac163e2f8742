"""Makes a home with the two firms in one process: `python -m tests.drills.homes HOME` prints their tokens."""

import contextlib
import io
import json
import re
import sys
from pathlib import Path

from guanxi.cli import cli
from guanxi.config.embedded import EmbeddedServer

PASSWORD = "green hills 2026 secret"
FIRMS = ("north", "south")


def said(*arguments: str) -> str:
    """What a command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        cli.main(list(arguments), standalone_mode=False)
    return out.getvalue()


def main(home: Path) -> dict[str, str]:
    """Make the firms; gives a token of each one's administrator."""
    tokens = {}
    with EmbeddedServer(home).use():
        for firm in FIRMS:
            email = f"boss@{firm}.example"
            said(
                "init",
                "--workspace",
                firm.title(),
                "--email",
                email,
                "--name",
                "Boss",
                "--password",
                PASSWORD,
            )
            token = re.search(r"gx_\S+", said("token", "create", "--user", email, "--name", "drill"))
            assert token is not None
            tokens[firm] = token[0]
    return tokens


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
