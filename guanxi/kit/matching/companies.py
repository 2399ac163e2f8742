"""The rule `company`: customers and leads who are firms.

*How it works*: names are compared by what tells firms apart (name_levels.py). Tax number, phones, mail, site and
address add their evidence, or stand for the name where there is none.

*Rules*: only an equal tax number outweighs names that contradict each other. Mail at a public provider says nothing about the firm.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from guanxi.kit.matching import company_names, person_values, persons, slips
from guanxi.kit.matching.company_names import CompanyName
from guanxi.kit.matching.evidence import Comparison, Level, Pass, Row, Rule, Seen, Value
from guanxi.kit.matching.name_levels import LEVELS, compare_names, hopeless
from guanxi.kit.normalise import normalise_tax_number
from guanxi.kit.regions import split
from guanxi.kit.text import Text

_NAME, _TAX, _PHONE, _EMAIL, _DOMAIN, _ADDRESS = range(6)
_SAME_TEXT = Text("相同", "the same")
_DIFFERENT = Text("不同", "different")
PUBLIC_MAIL = frozenset(
    "qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com "
    "gmail.com googlemail.com hotmail.com outlook.com live.com msn.com yahoo.com yahoo.cn icloud.com me.com aol.com gmx.de "
    "gmx.net web.de mail.ru yandex.ru protonmail.com proton.me naver.com hanmail.net 21cn.com tom.com wo.cn".split()
)  # fmt: skip


def _name(row: Row) -> CompanyName | None:
    found = person_values.texts(row, "name")
    return company_names.parse(found[0]) if found else None


def _tax(row: Row) -> str | None:
    found = person_values.texts(row, "tax_number")
    number = normalise_tax_number(found[0]) if found else None
    return number if number and len(number) >= 6 else None


def _compare_tax(a: str, b: str, seen: Seen) -> int:
    if a == b:
        return 0
    return 1 if OSA.distance(a, b, score_cutoff=2) <= 2 else 2


def _own_mail(row: Row) -> tuple[str, ...] | None:
    return person_values.emails(row)


def _compare_mail(a: Sequence[str], b: Sequence[str], seen: Seen) -> int:
    if not set(a).isdisjoint(b):
        return 0
    domains = {mail.rpartition("@")[2] for mail in a} - PUBLIC_MAIL
    if domains & {mail.rpartition("@")[2] for mail in b}:
        return 1
    return 2


def _domain(row: Row) -> str | None:
    found = person_values.texts(row, "website")
    if not found:
        return None
    bare = found[0].casefold().strip().split("://")[-1].split("/")[0].split("?")[0].removeprefix("www.")
    return bare if "." in bare else None


def _equal(a: str, b: str, seen: Seen) -> int:
    return 0 if a == b else 1


def _address(row: Row) -> tuple[str, str] | None:
    region = person_values.text(row, "region").replace(" ", "")
    street = " ".join(person_values.texts(row, "street", "address"))
    found = split(region + street if region and not street.startswith(region) else street or region)
    line = company_names.fold(found.street).replace(" ", "")
    if not street and not any(character.isdigit() for character in line):
        # A region that is not one of ours ("United States") is shared by thousands: no address.
        return None
    return (found.region.code if found.region else "", line) if line else None


def _compare_address(a: tuple[str, str], b: tuple[str, str], seen: Seen) -> int:
    near = a[0].startswith(b[0]) or b[0].startswith(a[0])
    if near and a[1] == b[1]:
        return 0
    if (
        near
        and fuzz.ratio(a[1], b[1]) >= 85
        and [c for c in a[1] if c.isdigit()] == [c for c in b[1] if c.isdigit()]
    ):
        return 1
    return 2


def _counted(name: CompanyName) -> tuple[Hashable, ...]:
    return (name.brand, *((word,) for word in name.words))


COMPARISONS = (
    Comparison("name", Text("名称", "Name"), _name, compare_names, LEVELS, learns=False, counted=_counted),
    Comparison(
        "tax_number", Text("税号", "Tax number"), _tax, _compare_tax,
        (Level("same", _SAME_TEXT, 0.90, 1e-8), Level("near", Text("只差一处", "one slip apart"), 0.05, 1e-5),
         Level("different", _DIFFERENT, 0.05, 1.0, contradicts=True)),
    ),
    Comparison(
        "phone", Text("电话", "Phone"), person_values.phones, persons.compare_any,
        (Level("same", _SAME_TEXT, 0.60, 2e-5), Level("near", Text("只差一处", "one slip apart"), 0.05, 5e-5),
         Level("different", _DIFFERENT, 0.35, 1.0)),
    ),
    Comparison(
        "email", Text("邮箱", "E-mail"), _own_mail, _compare_mail,
        (Level("same", _SAME_TEXT, 0.50, 5e-6), Level("domain", Text("同一公司的邮箱域名", "the same firm's mail domain"), 0.20, 1e-4),
         Level("different", _DIFFERENT, 0.30, 1.0)),
    ),
    Comparison(
        "website", Text("网站", "Website"), _domain, _equal,
        (Level("same", _SAME_TEXT, 0.80, 2e-4), Level("different", _DIFFERENT, 0.20, 1.0)),
    ),
    Comparison(
        "address", Text("地址", "Address"), _address, _compare_address,
        (Level("same", _SAME_TEXT, 0.50, 5e-4), Level("near", Text("写法相近", "written alike"), 0.15, 5e-4),
         Level("different", _DIFFERENT, 0.35, 1.0)),
        reads=("region", "street", "address"),
    ),
)  # fmt: skip


def _without_one(text: str) -> list[str]:
    return [text[:n] + text[n + 1 :] for n in range(len(text))]


def _words(v: Sequence[Value]) -> Sequence[str]:
    name: CompanyName | None = v[_NAME]
    return [word for word in name.words if len(word) >= 3] if name else ()


def _slips(v: Sequence[Value]) -> Iterable[str]:
    """A Chinese brand, and brand with trade, with each character left out in turn: a slip leaves one alike."""
    name: CompanyName | None = v[_NAME]
    if not name or not name.is_han:
        return ()
    return [
        t for body in {name.brand, name.body} if 3 <= len(body) <= 24 for t in (body, *_without_one(body))
    ]


def _letters(v: Sequence[Value]) -> Iterable[str]:
    """The letters of a name in Latin script in their order of the alphabet: words may be joined and turned round."""
    name: CompanyName | None = v[_NAME]
    return ("".join(sorted(name.brand)),) if name and name.words and len(name.brand) >= 6 else ()


PASSES = (
    Pass(lambda v: (v[_TAX],) if v[_TAX] else ()),
    Pass(lambda v: (v[_NAME].core,) if v[_NAME] else ()),
    Pass(lambda v: (v[_NAME].brand,) if v[_NAME] else ()),
    Pass(lambda v: (v[_NAME].sound,) if v[_NAME] and v[_NAME].sound else ()),
    Pass(lambda v: v[_PHONE] or ()),
    Pass(lambda v: v[_EMAIL] or ()),
    Pass(lambda v: (v[_DOMAIN],) if v[_DOMAIN] else ()),
    Pass(lambda v: (v[_ADDRESS],) if v[_ADDRESS] else ()),
    Pass(_words),
    Pass(_letters),
    Pass(_slips, loose=True),
    Pass(lambda v: [t for w in _words(v) if len(w) >= 5 for t in (w, *_without_one(w))], loose=True),
    Pass(lambda v: [w[:4] for w in _words(v) if len(w) >= 5], loose=True),
)


def _order(v: Sequence[Value]) -> str:
    name: CompanyName | None = v[_NAME]
    return f"{name.sound or name.brand} {name.whole}" if name else str(v[_TAX] or v[_PHONE] or "")


def _veto(levels: Mapping[str, str]) -> bool:
    """Different names, numbers, places or tax numbers want an equal tax number against them."""
    if levels.get("tax_number") == "same":
        return False
    if levels.get("tax_number") == "different" and levels.get("name") != "same":
        return True
    return levels.get("name") in ("different", "place", "number", "branch", "trade")


COMPANY = Rule(
    "company",
    Text("公司", "Company"),
    COMPARISONS,
    PASSES,
    _order,
    veto=_veto,
    survey=slips.survey,
    hopeless=hopeless,
    prior=1e-3,
)
