"""A person and their company written into one name: 「李明（深圳市华星科技有限公司）」.

*Rules*: both parts must be plain to see: one ends in a company's legal form, the other is a name with one of the
hundred commonest Chinese surnames (or a double one) and no place or trade, or two or three Latin
words. Anything else is left alone.
"""

import re
from functools import cache

from guanxi.kit.matching.lexicon import LEGAL_LATIN, LEGAL_ZH, TRADES_ZH
from guanxi.kit.matching.person_values import DOUBLE_SURNAMES
from guanxi.kit.regions import provinces, short_name

# 公安部户政管理研究中心《二〇二〇年全国姓名报告》: the hundred commonest, 85 of 100 people.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
)
_POLITE = re.compile(r"(先生|女士|小姐|老师|总经理|经理|总监|主任|总)$")
_BRACKETED = re.compile(r"^([^()（）]+)[(（]([^()（）]+)[)）]$")
_SEPARATED = re.compile(r"\s*[/／|｜,，;；、]\s*|\s+[-–—－]\s+|—{1,2}")
_HAN_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$")
_LATIN_NAME = re.compile(r"^[A-Z][a-z'’]+(?: [A-Z](?:[a-z'’]+|\.)?){1,2}$")


def split_person_and_company(text: str) -> tuple[str, str] | None:
    """(person, company), as they are written; None when the name does not plainly hold both."""
    for first, second in _pairs(text.strip()):
        for person, company in ((first, second), (second, first)):
            if _is_company(company) and _is_person(person):
                return person, company
    return None


def _pairs(text: str) -> list[tuple[str, str]]:
    bracketed = _BRACKETED.match(text)
    if bracketed:
        return [(bracketed[1].strip(), bracketed[2].strip())]
    for parts in (_SEPARATED.split(text), text.split()):
        if len(parts) == 2:
            return [(parts[0].strip(), parts[1].strip())]
    return []


def _is_company(text: str) -> bool:
    if text.endswith(LEGAL_ZH):
        return len(text) >= 5
    words = text.lower().replace(".", "").replace(",", "").split()
    return len(words) > 1 and words[-1] in LEGAL_LATIN


def _is_person(text: str) -> bool:
    name = _POLITE.sub("", text)
    if _LATIN_NAME.match(text):
        return not any(word.lower() in LEGAL_LATIN for word in text.split())
    known = name[:1] in _SURNAMES if len(name) < 4 else name[:2] in DOUBLE_SURNAMES
    known = known or (len(name) > 2 and name[:2] in DOUBLE_SURNAMES)
    named = bool(_HAN_NAME.match(name)) or (len(name) == 1 and name != text)
    return named and known and name not in TRADES_ZH and name not in _places()


@cache
def _places() -> frozenset[str]:
    """Regions of every level, with and without their rank."""
    names = [region.zh for province in provinces() for region in province.walk()]
    return frozenset(names) | {short_name(name) for name in names} | {name[:-1] for name in names}
