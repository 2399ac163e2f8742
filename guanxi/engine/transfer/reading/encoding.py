"""Which encoding a text file is in, decided on the whole file.

*How it works*: a byte-order mark decides; bytes that are valid UTF-8 from end to end are UTF-8; NULs at
every other place are UTF-16. Otherwise the lines with high bytes are read as GB18030 and as Big5, and
the reading with more common characters wins; when neither reads as Chinese, charset-normalizer is asked
for the other encodings of the world.

*Rules*: never raise for a stray bad byte; `lossy` says that some bytes could not be read, and the rows
that hold them are refused one by one.
"""

import codecs
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from charset_normalizer import from_bytes

from guanxi.engine.transfer.reading.limits import WRONG_ENCODING, Unreadable

BLOCK = 1 << 20
SAMPLE = 128 * 1024
GOOD = 0.7

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
KNOWN = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5hkscs", "shift_jis", "euc_kr",
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp874",
)  # fmt: skip
_ALIASES = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode: `lossy` when some bytes have no reading; `has_nul` when NUL characters occur."""

    name: str
    lossy: bool = False
    has_nul: bool = False


def detect(path: Path) -> Encoding:
    """The encoding of the file at `path`."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return checked(path, name)
    scan = _Scan(path)
    if scan.nul_count and (wide := wide_encoding(scan.head)):
        return checked(path, wide)
    has_nul = scan.nul_count > 0
    if scan.is_utf8:
        return Encoding("utf-8", has_nul=has_nul)
    if scan.bad_utf8_share < 0.02:  # a few broken bytes in what is UTF-8 otherwise
        return Encoding("utf-8", lossy=True, has_nul=has_nul)
    return checked(path, _guess(scan.sample))


def checked(path: Path, name: str) -> Encoding:
    """`name` tried on the whole file; raises `Unreadable` when it is no encoding we read."""
    asked = _ALIASES.get(name.lower(), name.lower())
    if asked not in KNOWN:
        raise Unreadable(WRONG_ENCODING, code="wrong_encoding", encoding=name[:40])
    decoder = codecs.getincrementaldecoder(asked)("strict")
    has_nul = False
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                has_nul = has_nul or "\x00" in decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return Encoding(asked, lossy=True, has_nul=True)
    return Encoding(asked, has_nul=has_nul)


class _Scan:
    """One pass over the bytes: is it UTF-8, are there NULs, and a sample of lines with high bytes."""

    def __init__(self, path: Path) -> None:
        self.nul_count = 0
        self.is_utf8 = True
        self.head = b""
        sample: list[bytes] = []
        size = 0
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                self.head = self.head or block
                self.nul_count += block.count(0)
                if self.is_utf8:
                    try:
                        decoder.decode(block)
                    except UnicodeDecodeError:
                        self.is_utf8 = False
                if size < SAMPLE and not block.isascii():
                    for line in block.split(b"\n"):
                        if not line.isascii():
                            sample.append(line)
                            size += len(line)
                        if size >= SAMPLE:
                            break
        if self.is_utf8:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                self.is_utf8 = False
        self.sample = b"\n".join(sample)[: SAMPLE * 2]

    @property
    def bad_utf8_share(self) -> float:
        """The share of characters beyond ASCII that are not UTF-8."""
        high = [char for char in self.sample.decode("utf-8", "replace") if char > "\x7f"]
        return high.count("\ufffd") / max(len(high), 1)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: line ends and separators have their NUL on one side, never on the other."""
    pairs = head[: len(head) // 2 * 2]
    zeros_low, zeros_high = pairs[0::2].count(0), pairs[1::2].count(0)
    few = max(len(pairs) // 200, 1)
    for name, many, other in (("utf-16-le", zeros_high, zeros_low), ("utf-16-be", zeros_low, zeros_high)):
        if many > 2 and other <= min(few, many // 10):
            return name if _is_text(pairs, name) else None
    return None


def _is_text(data: bytes, encoding: str) -> bool:
    """True when `data` (which may be cut within a character) decodes to text without control characters."""
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\n\r" for char in text)


def _guess(sample: bytes) -> str:
    scores = {name: _commonness(sample, name) for name in ("gb18030", "big5hkscs")}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= GOOD:
        return best
    others = [name for name in KNOWN if not name.startswith("utf")]
    found = from_bytes(sample, cp_isolation=others, threshold=0.4).best()
    if found is not None and found.encoding.replace("_", "-") not in ("ascii", "utf-8"):
        name = found.encoding.lower()
        if name in ("cp1250", "cp1254") and _all_letters(sample, "cp1252"):
            return "cp1252"  # the far more usual one, where both make sense
        return {"big5": "big5hkscs", "gbk": "gb18030", "gb2312": "gb18030"}.get(name, name)
    return best if scores[best] > 0.4 else "cp1252"


def _all_letters(sample: bytes, encoding: str) -> bool:
    text = sample.decode(encoding, "replace")
    return all(char.isalpha() for char in text if char > "\x7f")


def _commonness(sample: bytes, encoding: str) -> float:
    """The share of characters beyond ASCII that are everyday Chinese characters or marks."""
    high = [char for char in sample.decode(encoding, "replace") if char > "\x7f"]
    return sum(_is_common(char) for char in high) / max(len(high), 1)


@lru_cache(maxsize=20_000)
def _is_common(char: str) -> bool:
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef":
        return True
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= char.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
