"""Amounts in capital numerals (人民币大写), as Chinese papers say them."""

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def rmb_capitals(amount: Decimal) -> str:
    """`1234.5` is 壹仟贰佰叁拾肆元伍角整.

    Source: 《正确填写票据和结算凭证的基本规定》 (People's Bank of China), Annex 1 of the Measures for Payment and
    Settlement: 整 after yuan and jiao, none after fen; zeros between digits are said once.
    """
    fen = int((abs(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    said = _whole(yuan) + "元" if yuan else ""
    if jiao:
        said += _DIGITS[jiao] + "角"
    elif last and yuan:
        said += "零"
    said += _DIGITS[last] + "分" if last else "整"
    if not fen:
        said = "零元整"
    return ("负" if amount < 0 and fen else "") + said


def _whole(number: int) -> str:
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = True
            continue
        if said and (gap or group < 1000):
            said += "零"
        said += _group(group) + _GROUPS[place]
        gap = False
    return said


def _group(number: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return said
