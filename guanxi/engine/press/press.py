"""The press: sends a template and data to a program of its own and gets a PDF.

*How it works*: one child a process, started with the first order and kept, so that only the first order waits for
the fonts. A child that takes too long or ends over an order is replaced with the next one.

*Rules*: templates are written by people. The child has no secrets, no files and no network (press_child.py).
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guanxi.kit.errors import Problem, TooHeavy, TooMany, Unavailable, invalid
from guanxi.kit.text import Text

SECONDS = 15
WAIT_SECONDS = 20
MOST_ORDERS = 500
"""After so many a child is replaced: what it remembers of them would grow."""
_CHILD = Path(__file__).with_name("press_child.py")
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR", "LOCALAPPDATA", "FONTCONFIG_PATH",
         "FONTCONFIG_FILE", "XDG_DATA_HOME", "XDG_DATA_DIRS")  # fmt: skip
_NOWHERE = "http://127.0.0.1:9"

NO_FONT = Text(
    "服务器上没有中文字体，打不出中文。请管理员安装一种，例如 fonts-wqy-microhei 或 Noto Sans CJK，然后重启。",
    "The server has no font with Chinese characters. An administrator can install one, such as fonts-wqy-microhei or "
    "Noto Sans CJK, and restart.",
)
BROKEN = Text("模板第 {line} 行有错：{message}", "Line {line} of the template is wrong: {message}")
TOO_LONG = Text(
    "模板用的时间或内存太多，没有打出来。", "The template took too much time or memory; nothing was printed."
)


class Press:
    """One child and the turn to use it."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._orders = 0

    def print(self, source: str, data: Mapping[str, Any], *, at: int | None = None) -> bytes:
        """The PDF that the template makes of the data; `at` is the moment it says it was made (seconds).

        Raises Invalid (`source`, `template_error`), Unavailable without a font, TooHeavy, TooMany.
        """
        return self._ordered({"source": source, "data": dict(data), "at": at})[0]

    def show(self, source: str, data: Mapping[str, Any], *, pages: int) -> list[bytes]:
        """The first pages as PNG images; raises what `print` does."""
        return self._ordered({"source": source, "data": dict(data), "pages": pages})

    def close(self) -> None:
        """End the child; the next order starts another."""
        child, self._child, self._orders = self._child, None, 0
        if child is not None:
            child.kill()
            child.communicate()

    def _ordered(self, order: Mapping[str, Any]) -> list[bytes]:
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise TooMany(extra={"retry_after": WAIT_SECONDS})
        try:
            answer, parts = self._answer(json.dumps(order).encode())
        except (OSError, ValueError):
            self.close()
            raise TooHeavy(TOO_LONG, code="template_too_heavy") from None
        finally:
            self._turn.release()
        if "problem" in answer:
            raise _problem(answer)
        return parts

    def _answer(self, order: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """What the child says and makes; raises OSError or ValueError where it ends over it."""
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        watch = threading.Timer(SECONDS, child.kill)
        watch.start()
        try:
            child.stdin.write(order + b"\n")
            child.stdin.flush()
            answer: dict[str, Any] = json.loads(child.stdout.readline())
            parts = [child.stdout.read(size) for size in answer.get("sizes", ())]
        finally:
            watch.cancel()
        if [len(part) for part in parts] != answer.get("sizes", []):
            raise ValueError("the press ended in the middle of a page")
        return answer, parts

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None or self._orders >= MOST_ORDERS:
            self.close()
            proxies = dict.fromkeys(
                ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"), _NOWHERE
            )
            kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
            self._child = subprocess.Popen(
                [sys.executable, "-I", str(_CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=kept | proxies,
            )  # fmt: skip
        self._orders += 1
        return self._child


def _problem(answer: Mapping[str, Any]) -> Problem:
    if answer["problem"] == "no_font":
        return Unavailable(NO_FONT, code="no_font")
    line = answer.get("line") or "?"
    return invalid("source", "template_error", BROKEN, line=line, message=str(answer.get("message") or ""))


press = Press()
