"""How the web part of `guanxi up` loads while the database is being prepared, and begins when it is.

*How it works*: `up` starts the part with `GUANXI_WAITS` and a pipe as its standard input, and writes one byte
once the database is up to date. The part loads what it needs, then calls `wait_until_told`. Without the
variable (a part started again, or run alone) nothing is waited for.

*Rules*: what is done before the word touches neither the database nor the port.

*See*: process_tree.py, serving.py.
"""

import sys

from guanxi.config.env import Env

GO = b"1"


def wait_until_told(env: Env) -> None:
    """Return when `up` says so, at once where there is nothing to wait for; leave when `up` ends without a word."""
    if env.waits and sys.stdin.buffer.read(1) != GO:
        sys.exit(0)
