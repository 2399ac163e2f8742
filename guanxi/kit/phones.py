"""Phone numbers: from what people write to E.164 (with `;ext=`, RFC 3966), and back to what they read.

*How it works*: Chinese mobiles and landlines, nearly all of what an import brings, are recognised by
their shape; everything else goes through `phonenumbers`, which is a hundred times slower.

*Rules*: a number without its area code is refused, never guessed; two numbers in one place are refused.
"""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

DEFAULT_REGION = "CN"

_DROP = str.maketrans("", "", " -().·\u00a0\t\u2010\u2011\u2012\u2013\u2014\u2212")
_EXTENSION = re.compile(
    r"(?:;ext=|转接?|分机号?|内线|ext\.?|extension|x|#|,)\s*[:：]?\s*([0-9]{1,7})$", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:电话|手机|座机|传真|联系方式|tel|mobile|phone|mob|m|t)\s*[.:：]\s*", re.IGNORECASE)
_TWO_DIGIT_AREAS = frozenset({"10", "20", "21", "22", "23", "24", "25", "27", "28", "29"})


def _chinese(digits: str) -> str | None:
    """The national number, without its leading 0, of a Chinese mobile or landline; else None."""
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        return digits
    if digits[:1] == "0" and 11 <= len(digits) <= 12:
        area = digits[1:3]
        if area in _TWO_DIGIT_AREAS:
            return digits[1:] if len(digits) == 11 and digits[3] in "2345678" else None
        if area[0] in "3456789" and digits[4] in "2345678":
            return digits[1:]
    return None


def parse_phone(text: str, region: str = DEFAULT_REGION) -> str | None:
    """`+8613800138000` or `+8676985321180;ext=802`; None when it is not one whole number."""
    if len(text) > 60:
        return None
    digits = text
    if region == "CN":
        if digits.isascii() and digits.removeprefix("+").isdigit():
            if digits[:4] == "+861" and len(digits) == 14 and digits[4] in "3456789":
                return digits  # a mobile as it is stored
        else:
            digits = digits.translate(_DROP)
        if digits.startswith("+86"):
            digits = digits[3:]
            # Beijing's landlines begin with 1 as mobiles do, and are a digit shorter.
            if digits[:1] not in ("0", "1") or (digits[:2] == "10" and len(digits) == 10):
                digits = "0" + digits
        if digits.isascii() and digits.isdigit():
            national = _chinese(digits)
            if national is not None:
                return "+86" + national
    return _parse_slowly(text, region)


@lru_cache(maxsize=4096)
def _parse_slowly(text: str, region: str) -> str | None:
    bare = _LABEL.sub("", unicodedata.normalize("NFKC", text).strip())
    extension = ""
    found = _EXTENSION.search(bare)
    if found and len(re.sub(r"\D", "", bare[: found.start()])) >= 7:
        extension, bare = found[1], bare[: found.start()].strip()
    bare = bare.translate(_DROP)
    if bare.startswith("00") and not bare.startswith("000"):
        bare = "+" + bare[2:]
    if not re.fullmatch(r"\+?[0-9]{3,17}", bare):
        return None
    if bare.startswith("86") and len(bare) == 13 and region == "CN":
        bare = "+" + bare
    if region == "CN" and not bare.startswith("+"):
        national = _chinese(bare)
        if national is not None:
            return _joined("+86" + national, extension)
    try:
        number = phonenumbers.parse(bare, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return _joined(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), extension)


def _joined(number: str, extension: str) -> str:
    return f"{number};ext={extension}" if extension else number


def national_digits(number: str) -> str:
    """The digits people know a stored number by: without +86 but with the landline's 0; extension last."""
    whole, _, extension = number.partition(";ext=")
    if whole.startswith("+86"):
        rest = whole[3:]
        whole = rest if (rest[:1] == "1" and len(rest) == 11) or rest[:3] in ("400", "800") else "0" + rest
    return f"{whole.lstrip('+')} {extension}".rstrip()


def format_phone(number: str, extension_word: str = "转") -> str:
    """A stored number as people read it: 138 0013 8000, 0769-8532 1180 转 802, +44 20 7946 0018."""
    whole, _, extension = number.partition(";ext=")
    if whole.startswith("+861") and len(whole) == 14:
        shown = f"{whole[3:6]} {whole[6:10]} {whole[10:]}"
    elif whole.startswith("+86") and _chinese("0" + whole[3:]):
        rest = whole[3:]
        area = 2 if rest[:2] in _TWO_DIGIT_AREAS else 3
        shown = f"0{rest[:area]}-{rest[area:-4]} {rest[-4:]}"
    else:
        shown = _formatted_slowly(whole)
    return f"{shown} {extension_word} {extension}" if extension else shown


@lru_cache(maxsize=4096)
def _formatted_slowly(whole: str) -> str:
    try:
        number = phonenumbers.parse(whole, None)
    except phonenumbers.NumberParseException:
        return whole
    chinese = number.country_code == 86
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if chinese else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(number, style))
