"""Regular expressions of formulas: a subset that is quick, never fails and means the same everywhere.

*How it works*: the pattern is read piece by piece and written anew out of pieces that PostgreSQL and Python
read alike. No back-references, no look-around, no flags: without them PostgreSQL matches in time linear in
the text. Counted repetition is kept small, for it multiplies the machine.
"""

import re

MAX_PATTERN = 200
MAX_REPEAT = 100
MAX_GROUPS = 20
_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_\u4e00-\u9fff", "s": " \\t\\r\\n\\f\\v\u3000"}
_PLAIN_ESCAPES = {"t": "\\t", "n": "\\n", "r": "\\r"}
_COUNT = re.compile(r"\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\}")


class BadPattern(Exception):
    """The pattern is not of the subset; `at` is where."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(f"not supported at {at}")


def safe_pattern(pattern: str) -> str:
    """The pattern in the form that is run; raises BadPattern."""
    if not pattern or len(pattern) > MAX_PATTERN:
        raise BadPattern(0)
    return _Reader(pattern).read()


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.size = 1

    def read(self) -> str:
        """The whole pattern, written anew."""
        written: list[str] = []
        opened: list[int] = []
        repeatable = False
        while self.at < len(self.pattern):
            start, piece = self.at, self.pattern[self.at]
            if piece in "*+?{":
                if not repeatable:
                    raise BadPattern(start)
                written.append(self._repeat())
                repeatable = False
                continue
            self.at += 1
            repeatable = piece not in "(|^$"
            if piece == "(":
                if self.pattern[self.at : self.at + 1] == "?":
                    raise BadPattern(start)
                opened.append(start)
                if len(opened) > MAX_GROUPS:
                    raise BadPattern(start)
            elif piece == ")":
                if not opened:
                    raise BadPattern(start)
                opened.pop()
            written.append(self._piece(piece, start))
        if opened:
            raise BadPattern(opened[-1])
        found = "".join(written)
        try:
            re.compile(found)
        except re.error as error:
            raise BadPattern(min(error.pos or 0, len(self.pattern) - 1)) from None
        return found

    def _piece(self, piece: str, start: int) -> str:
        if piece == "\\":
            return self._escape(start)
        if piece == "[":
            return self._class(start)
        if piece in "]}":
            return "\\" + piece
        return piece

    def _escape(self, start: int, *, inside: bool = False) -> str:
        if self.at >= len(self.pattern):
            raise BadPattern(start)
        mark = self.pattern[self.at]
        self.at += 1
        if mark.lower() in _CLASSES:
            if inside:
                if mark.isupper():
                    raise BadPattern(start)
                return _CLASSES[mark]
            return f"[{'^' if mark.isupper() else ''}{_CLASSES[mark.lower()]}]"
        if mark in _PLAIN_ESCAPES:
            return _PLAIN_ESCAPES[mark]
        if mark.isascii() and mark.isprintable() and not mark.isalnum():
            return "\\" + mark
        raise BadPattern(start)

    def _class(self, start: int) -> str:
        pieces = ["["]
        if self.pattern[self.at : self.at + 1] == "^":
            pieces.append("^")
            self.at += 1
        while self.at < len(self.pattern) and self.pattern[self.at] != "]":
            at, piece = self.at, self.pattern[self.at]
            self.at += 1
            if piece == "[":
                raise BadPattern(at)
            if piece == "\\":
                pieces.append(self._escape(at, inside=True))
            elif piece == "-" and (
                pieces[-1] in ("[", "^") or self.pattern[self.at : self.at + 1] in ("]", "")
            ):
                pieces.append("\\-")
            elif piece == "-" or piece.isalnum() or not piece.isascii() or piece == " ":
                pieces.append(piece)
            else:
                pieces.append("\\" + piece)
        if self.at >= len(self.pattern) or pieces[-1] in ("[", "^"):
            raise BadPattern(start)
        self.at += 1
        return "".join(pieces) + "]"

    def _repeat(self) -> str:
        start, piece = self.at, self.pattern[self.at]
        self.at += 1
        if piece != "{":
            return piece
        found = _COUNT.match(self.pattern, start)
        if not found:
            raise BadPattern(start)
        self.at = found.end()
        highest = int(found[3] or found[1])
        self.size *= max(highest, 1)
        if int(found[1]) > highest or highest == 0 or self.size > MAX_REPEAT * 10 or highest > MAX_REPEAT:
            raise BadPattern(start)
        return found[0]
