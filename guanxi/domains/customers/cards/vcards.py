"""Cards that say themselves what they hold: vCard files and the codes printed on cards (vCard, MeCard).

*How it works*: the bytes are decoded (UTF-8, else GB 18030, else Latin-1), each vCard is read by vobject
leniently, one after the other and within limits, so that a broken or endless one costs only itself. QUOTED-PRINTABLE values of
version 2.1 carry their own charset. MeCard (`MECARD:N:…;TEL:…;;`) is what many Chinese cards print.

*See*: RFC 6350 (vCard 4), RFC 2426 (3.0), the vCard 2.1 specification; NTT Docomo's MeCard format.
"""

import logging
import quopri
import re
import time
from itertools import islice
from typing import Any

import vobject  # type: ignore[import-untyped]

from guanxi.domains.customers.cards.rules import Card, Found, Line, understand
from guanxi.kit.phones import parse_phone

logging.getLogger("vobject.base").setLevel(
    logging.CRITICAL
)  # what it leaves out is of no use to anybody's log

MAX_CARDS = 500
MAX_LINES = 300
MAX_SECONDS = 8.0  # what a file of 500 ordinary cards needs, twenty times over
MAX_VALUES = 40
LONGEST_VALUE = 300
MAX_LINE = 4000  # characters; longer ones are pictures, sounds and keys
_BEGIN = re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"^[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_MECARD = re.compile(r"(?<!\\);")
_KINDS = {"mobile": ("cell", "mobile", "iphone"), "skip": ("fax", "pager", "modem")}


def is_code(text: str) -> bool:
    """True for what a printed code may hold that is a card."""
    start = text.lstrip()[:12].upper()
    return start.startswith(("BEGIN:VCARD", "MECARD:", "BIZCARD:"))


def read_code(text: str) -> list[Card]:
    """The cards in the text of a printed code."""
    if text.lstrip().upper().startswith("BEGIN:VCARD"):
        return read_vcards(text.encode())
    return [_mecard(text.strip())]


def read_vcards(content: bytes) -> list[Card]:
    """The cards of a vCard file; what cannot be read is left out. At most MAX_CARDS, within MAX_SECONDS."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    begins = list(islice(_BEGIN.finditer(text), MAX_CARDS + 1))
    stops = [*(following.start() for following in begins[1:]), len(text)]
    cards = []
    over = time.monotonic() + MAX_SECONDS
    for begin, stop in list(zip(begins, stops, strict=True))[:MAX_CARDS]:
        if time.monotonic() > over:
            break
        end = _END.search(text, begin.end(), stop)
        inside = _readable(text[begin.end() : end.start() if end else stop])
        card = _one(f"BEGIN:VCARD\n{inside}\nEND:VCARD\n") if inside else None
        if card is not None and card.values:
            cards.append(card)
    return cards


def _readable(inside: str) -> str:
    """The lines of a card, unfolded, without those that are too long to be read by people."""
    lines: list[list[str]] = []
    for line in inside.split("\n"):
        if line[:1] in (" ", "\t") and lines:
            if len(lines[-1]) <= MAX_LINE:  # so many pieces are too long in any case
                lines[-1].append(line[1:])
        elif line.strip():
            if len(lines) == MAX_LINES:
                break
            lines.append([line])
    return "\n".join(joined for pieces in lines if len(joined := "".join(pieces)) <= MAX_LINE).replace(
        "\x00", ""
    )


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _one(block: str) -> Card | None:
    try:
        parsed = vobject.readOne(block, ignoreUnreadable=True, allowQP=True)
    except Exception:  # noqa: BLE001 - a parser of files from anywhere: whatever it trips over, the next card counts
        return _by_lines(block)
    card = Card()
    for child in parsed.getChildren():
        _property(card, child.name.upper(), child)
    return card if card.values else _by_lines(block)


def _property(card: Card, name: str, item: Any) -> None:
    value = item.value
    kinds = {str(kind).lower() for kind in item.params.get("TYPE", [])} | {
        p.lower() for p in item.singletonparams
    }
    if name == "FN":  # how the person wants to be called goes before what its parts make
        card.values = [found for found in card.values if (found.object, found.field) != ("contact", "name")]
        _put(card, "contact", "name", _text(value, item))
    elif name == "N" and not isinstance(value, (str, list)):
        _name(card, value)
    elif name == "ORG":
        parts = [
            ", ".join(p) if isinstance(p, list) else str(p)
            for p in (value if isinstance(value, list) else [value])
        ]
        _put(card, "customer", "name", parts[0])
        if len(parts) > 1:
            _put(card, "contact", "department", " ".join(part for part in parts[1:] if part))
    elif name == "TITLE":
        _put(card, "contact", "job_title", _text(value, item))
    elif name == "TEL" and not kinds & set(_KINDS["skip"]):
        _phone(card, _text(value, item), kinds)
    elif name == "EMAIL":
        _put(card, "contact", "email", _text(value, item).lower())
    elif name == "URL":
        _put(card, "customer", "website", _text(value, item))
    elif name == "ADR" and not isinstance(value, str):
        _put(card, "customer", "region", _address(value))
    elif name in ("X-WECHAT", "X-WEIXIN"):
        _put(card, "contact", "wechat", _text(value, item))


def _text(value: Any, item: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    if "QUOTED-PRINTABLE" in {str(p).upper() for p in item.singletonparams}:
        charset = (item.params.get("CHARSET") or ["utf-8"])[0]
        try:
            text = quopri.decodestring(text.encode()).decode(charset)
        except (LookupError, UnicodeDecodeError):
            return text
    return text.replace("\\:", ":")


def _name(card: Card, value: Any) -> None:
    family, given = str(value.family or ""), str(value.given or "")
    has_full = any(f.field == "name" and f.object == "contact" for f in card.values)
    if not has_full and (family or given):
        joined = family + given if not (family + given).isascii() else f"{given} {family}"
        _put(card, "contact", "name", joined.strip())


def _phone(card: Card, text: str, kinds: set[str]) -> None:
    number = parse_phone(text.removeprefix("tel:")) or ""
    is_mobile = kinds & set(_KINDS["mobile"]) or re.match(r"\+861[3-9]\d{9}$", number)
    _put(card, "contact", "mobile" if is_mobile else "phone", number or text.strip(), 1.0 if number else 0.5)


def _address(value: Any) -> str:
    parts = [value.region, value.city, value.street] if not str(value.street).isascii() else [
        value.street, value.city, value.region, value.code, value.country]  # fmt: skip
    texts = [" ".join(part) if isinstance(part, list) else str(part or "") for part in parts]
    joined = [text.strip() for text in texts if text.strip()]
    return ("" if joined and not joined[0].isascii() else ", ").join(joined)


def _by_lines(block: str) -> Card | None:
    """What can still be told from a card that no parser takes: the values of its lines."""
    values = [
        line.split(":", 1)[1] for line in block.split("\n") if ":" in line and "VCARD" not in line.upper()
    ]
    said = [value[:LONGEST_VALUE] for value in values if value.strip()][:MAX_VALUES]
    card = understand([Line(value, 0.6) for value in said])
    return card if card.values else None


def _mecard(text: str) -> Card:
    card = Card()
    body = text.split(":", 1)[1]
    for piece in _MECARD.split(body):
        key, sign, value = piece.partition(":")
        value = re.sub(r"\\(.)", r"\1", value).strip()
        if not sign or not value:
            continue
        match key.upper():
            case "N":
                family, comma, given = value.partition(",")
                full = (
                    (family + given)
                    if comma and not value.isascii()
                    else f"{given} {family}"
                    if comma
                    else value
                )
                _put(card, "contact", "name", full.strip())
            case "TEL":
                _phone(card, value, set())
            case "EMAIL":
                _put(card, "contact", "email", value.lower())
            case "ORG" | "C":
                _put(card, "customer", "name", value)
            case "TIL" | "TITLE" | "T":
                _put(card, "contact", "job_title", value)
            case "ADR" | "A":
                _put(card, "customer", "region", value)
            case "URL":
                _put(card, "customer", "website", value)
            case _:
                continue
    return card


def _put(card: Card, object_key: str, key: str, value: str, sure: float = 1.0) -> None:
    clean = " ".join(value.split())[:LONGEST_VALUE]
    if clean and not any((f.object, f.field, f.value) == (object_key, key, clean) for f in card.values):
        card.values.append(Found(object_key, key, clean, sure))
