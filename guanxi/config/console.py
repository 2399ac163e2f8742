"""What the command line says, in the language of the person at it.

*How it works*: `say` and `complain` print one `Text`; `Stop` is the exception that ends a command
with one sentence and an exit code: 1 for something that stands in the way, 2 for wrong input.

*Rules*: no traceback reaches a person for something they can put right; one sentence says what is
wrong and what to do.
"""

import locale as system_locale
import os
import sys

from guanxi.kit.text import Text


class Stop(Exception):
    """Ends the command: its sentence goes to stderr, `exit_code` to the shell."""

    def __init__(self, text: Text, *, exit_code: int = 1, **values: object) -> None:
        self.text = text
        self.values = values
        self.exit_code = exit_code
        super().__init__(text.in_("en", **values))


def console_locale() -> str:
    """GUANXI_LOCALE, else the system's language: zh-CN for any Chinese, en for all others."""
    asked = os.environ.get("GUANXI_LOCALE", "")
    for name in (asked, os.environ.get("LC_ALL", ""), os.environ.get("LC_MESSAGES", ""), _system_language()):
        if name and name not in ("C", "POSIX", "C.UTF-8"):
            return "zh-CN" if name.lower().startswith("zh") else "en"
    return "en"


def _system_language() -> str:
    return os.environ.get("LANG", "") or (system_locale.getlocale()[0] or "")


def in_console_language(zh: str, en: str) -> str:
    """One of the two, for texts that click prints by itself."""
    return Text(zh, en).in_(console_locale())


def say(text: Text, **values: object) -> None:
    """Print a sentence."""
    _write(sys.stdout, text.in_(console_locale(), **values))


def complain(text: Text, **values: object) -> None:
    """Print a sentence to stderr."""
    _write(sys.stderr, text.in_(console_locale(), **values))


def _write(stream: object, line: str) -> None:
    """Print, whatever the terminal's encoding can show; a reader that has gone or a full disk under a log is no error."""
    try:
        print(line, file=stream, flush=True)  # type: ignore[call-overload]
    except UnicodeEncodeError:
        print(line.encode("ascii", "replace").decode(), file=stream, flush=True)  # type: ignore[call-overload]
    except (OSError, ValueError):
        return
