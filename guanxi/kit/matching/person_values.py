"""Values of persons in comparable form: names, dates, numbers, streets.

*How it works*: each function takes a row (role → text or texts) and gives something hashable or None. A whole
name is split where given name and surname have no columns of their own: 欧阳修 by the surnames of two
characters, `Smith, John` and `John Smith` by comma and place.

*Rules*: nothing is guessed from other rows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from guanxi.kit.matching.company_names import fold
from guanxi.kit.matching.evidence import Row
from guanxi.kit.normalise import normalise_email, normalise_phone
from guanxi.kit.pinyin import full, is_han

DOUBLE_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 长孙 宇文 夏侯 轩辕 百里 端木 独孤 南宫 西门".split()
)
_TITLES = frozenset("mr mrs ms miss dr prof sir madam jr sr ii iii".split())
_POLITE = ("先生", "女士", "小姐", "老师", "经理", "总经理", "总监", "主任", "总")
_STREET_WORDS = {
    "st": "street", "str": "street", "rd": "road", "ave": "avenue", "av": "avenue", "cres": "crescent", "cct": "circuit",
    "pl": "place", "cl": "close", "ct": "court", "dr": "drive", "ln": "lane", "hwy": "highway", "blvd": "boulevard",
}  # fmt: skip
_DIGITS = re.compile(r"[0-9]+")


def texts(row: Row, *roles: str) -> list[str]:
    """The filled texts of roles, which may each hold one or several."""
    found: list[str] = []
    for role in roles:
        value = row.get(role)
        given: Iterable[object] = value if isinstance(value, (list, tuple)) else (value,)
        found += [text for item in given if item is not None and (text := str(item).strip())]
    return found


def text(row: Row, role: str) -> str:
    """The first filled text of a role, folded; empty for nothing."""
    found = texts(row, role)
    return " ".join(fold(found[0]).replace("(", " ").replace(")", " ").split()) if found else ""


def names(row: Row) -> tuple[str, str]:
    """(given name, surname), folded; empty where not known."""
    given, surname = text(row, "given_name"), text(row, "surname")
    if given or surname:
        return _joined(given), _joined(surname)
    whole = texts(row, "name")
    return _split_name(whole[0]) if whole else ("", "")


def _joined(name: str) -> str:
    return name.replace(" ", "") if name and is_han(name[0]) else name


@lru_cache(maxsize=65_536)
def _split_name(whole: str) -> tuple[str, str]:
    folded = " ".join(fold(re.sub(r"[(（][^)）]*[)）]", " ", whole)).split())
    if any(is_han(c) for c in folded):
        name = folded.replace(" ", "")
        for polite in _POLITE:
            if name.endswith(polite) and len(name) > len(polite):
                name = name[: -len(polite)]
                break
        surname = name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[:1]
        return name[len(surname) :], surname
    words = [word for word in folded.split() if word not in _TITLES] or folded.split()
    if len(words) < 2:
        return "", words[0] if words else ""
    if "," in unicodedata.normalize("NFKC", whole):
        return " ".join(words[1:]), words[0]
    return " ".join(words[:-1]), words[-1]


def given_name(row: Row) -> tuple[str, str] | None:
    """(given, surname): a given name is compared with what the other has for a surname, too."""
    given, surname = names(row)
    return (given, surname) if given else None


def surname(row: Row) -> tuple[str, str] | None:
    """(surname, given)."""
    given, last = names(row)
    return (last, given) if last else None


@lru_cache(maxsize=65_536)
def sound(name: str) -> str:
    """A name as it is said, for meeting names in the other script."""
    return full(name).replace(" ", "")


def birth_date(row: Row) -> str | None:
    """Eight digits, year first, as well as they can be made out."""
    found = texts(row, "birth_date")
    return _date(found[0]) if found else None


@lru_cache(maxsize=65_536)
def _date(given: str) -> str | None:
    plain = unicodedata.normalize("NFKC", given).split("T")[0].split(" ")[0]
    parts = _DIGITS.findall(plain)
    if len(parts) == 1 and len(parts[0]) == 8:
        return str(parts[0])
    if len(parts) == 3:
        if len(parts[0]) == 4:
            return f"{parts[0]}{parts[1]:0>2}{parts[2]:0>2}"
        if len(parts[2]) == 4:
            day, month = parts[0], parts[1]
            if int(month) > 12 >= int(day):
                day, month = month, day
            return f"{parts[2]}{month:0>2}{day:0>2}"
    joined = "".join(parts)
    return joined or None


def is_swapped(a: str, b: str) -> bool:
    """Day and month changed places."""
    return len(a) == len(b) == 8 and a[:4] == b[:4] and a[4:6] == b[6:8] and a[6:8] == b[4:6]


def is_date(digits: str) -> bool:
    """True for a day of the calendar."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def id_number(row: Row) -> str | None:
    """Letters and digits of an identity number."""
    found = texts(row, "id_number")
    if not found:
        return None
    kept = "".join(
        c for c in unicodedata.normalize("NFKC", found[0]).casefold() if c.isascii() and c.isalnum()
    )
    return kept if len(kept) >= 4 else None


def phones(row: Row) -> tuple[str, ...] | None:
    """All numbers, normalised and sorted."""
    found = {
        number
        for given in texts(row, "phone", "mobile")
        if (number := normalise_phone(given)) and len(number) >= 5
    }
    return tuple(sorted(found)) or None


def emails(row: Row) -> tuple[str, ...] | None:
    """All addresses, normalised and sorted."""
    found = {mail for given in texts(row, "email") if (mail := normalise_email(given)) and "@" in mail}
    return tuple(sorted(found)) or None


def street(row: Row) -> tuple[str, str] | None:
    """(number, words) of a street address; a Chinese one is all words."""
    number = text(row, "street_number")
    words = text(row, "street").split()
    if not number and words and any(c.isdigit() for c in words[0]):
        number, words = words[0], words[1:]
    line = " ".join(_STREET_WORDS.get(word, word) for word in words)
    return (number, line) if line or number else None


def simple(role: str) -> Callable[[Row], str | None]:
    """A preparation that folds one role's text."""
    return lambda row: text(row, role) or None
