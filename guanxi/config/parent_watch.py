"""Ends a process whose parent has gone, so that a killed supervisor leaves nothing behind.

*How it works*: a thread looks every half second whether this process still has the parent it began
with. When not, the process asks itself to stop, and leaves for good five seconds later.
"""

import os
import signal
import threading
import time

LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 5.0


def end_with_parent(parent: int = 0) -> None:
    """Watch the parent from now on: `parent`, which may have gone already, or else whoever it is now."""
    parent = parent or os.getppid()
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os._exit(1)
