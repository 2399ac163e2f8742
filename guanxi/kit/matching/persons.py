"""The rule `person`: customers and contacts who are people.

*How it works*: given name, surname, birth date, identity number, phones, mail, street, town, postcode, province
and company are compared field by field; day and month or given name and surname may have changed places, a
character may be wrong. Two names that both differ are not outweighed by a shared household or office: then
only what belongs to one person alone (birth date, identity number, mobile and mail) lets a pair stand.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA, JaroWinkler

from guanxi.kit.matching import company_names, person_values
from guanxi.kit.matching.evidence import Comparison, Level, Pass, Row, Rule, Seen, Value
from guanxi.kit.pinyin import is_han
from guanxi.kit.text import Text

_SAME = Text("相同", "the same")
_DIFFERENT = Text("不同", "different")
_NEAR = Text("只差一处", "one slip apart")
_GIVEN, _SURNAME, _BIRTH, _ID, _PHONE, _EMAIL, _STREET, _MORE, _SUBURB, _POSTCODE, _STATE, _COMPANY = range(
    12
)


def _compare_name(a: tuple[str, str], b: tuple[str, str], seen: Seen) -> int:
    one, other = a[0], b[0]
    if one == other:
        return 0
    if (a[1] or b[1]) and one == (b[1] or one) and other == (a[1] or other):
        return 1
    han = is_han(one[0])
    if han != is_han(other[0]):
        return _compare_sounds(a, b)
    if han:
        if len(one) == len(other) and person_values.sound(one) == person_values.sound(other):
            return 2
        return 3 if len(one) > 1 and len(one) == len(other) and _differing(one, other) == 1 else 4
    if JaroWinkler.similarity(one, other) >= 0.9 or (
        min(len(one), len(other)) >= 4 and OSA.distance(one, other) <= 1
    ):
        return 2
    if len(one) == 1 or len(other) == 1:
        return 3 if one[0] == other[0] else 4
    return 3 if JaroWinkler.similarity(one, other) >= 0.78 else 4


def _compare_sounds(a: tuple[str, str], b: tuple[str, str]) -> int:
    """Names in two scripts, which put given name and surname in different places."""
    one, other = [person_values.sound(name) for name in a], [person_values.sound(name) for name in b]
    if one[0] == other[0]:
        return 2
    return 1 if one == other[::-1] else 4


def _differing(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=False))


def _name_levels(chance: float) -> tuple[Level, ...]:
    return (
        Level("same", _SAME, 0.80, chance),
        Level("swapped", Text("姓和名对调", "given name and surname swapped"), 0.03, 1e-5),
        Level("similar", Text("拼写相近或读音相同", "spelt or said alike"), 0.10, 0.004),
        Level("alike", Text("部分相像", "somewhat alike"), 0.04, 0.05),
        Level("different", _DIFFERENT, 0.03, 0.94),
    )


def _compare_date(a: str, b: str, seen: Seen) -> int:
    if a == b:
        return 0
    if person_values.is_swapped(a, b):
        return 1
    if OSA.distance(a, b) <= 1:
        return 2
    if len(a) == len(b) == 8 and (a[:4] == b[:4]) + (a[4:6] == b[4:6]) + (a[6:] == b[6:]) == 2:
        return 3
    return 4


def _compare_text(a: str, b: str, seen: Seen) -> int:
    if a == b:
        return 0
    if OSA.distance(a, b) <= 1:
        return 1
    return 2


def _compare_line(a: str, b: str, seen: Seen) -> int:
    if a == b:
        return 0
    if JaroWinkler.similarity(a, b) >= 0.88:
        return 1
    return 2


def compare_any(a: Sequence[str], b: Sequence[str], seen: Seen) -> int:
    """0 for a value in common, 1 for one that is a slip away, 2 for neither."""
    if not set(a).isdisjoint(b):
        return 0
    if any(len(x) >= 8 and OSA.distance(x, y, score_cutoff=1) <= 1 for x in a for y in b):
        return 1
    return 2


def _compare_street(a: tuple[str, str], b: tuple[str, str], seen: Seen) -> int:
    numbers = a[0] == b[0]
    if a[1] == b[1] and a[1]:
        return 0 if numbers else 1
    if JaroWinkler.similarity(a[1], b[1]) >= 0.88 and a[1] and b[1]:
        return 1 if numbers else 2
    return 3


def _company(row: Row) -> str | None:
    found = person_values.texts(row, "company")
    name = company_names.parse(found[0]) if found else None
    return name.core if name else None


def _three(near: Text, m: tuple[float, float, float], u: tuple[float, float, float]) -> tuple[Level, ...]:
    return (
        Level("same", _SAME, m[0], u[0]),
        Level("near", near, m[1], u[1]),
        Level("different", _DIFFERENT, m[2], u[2]),
    )


_NAMES = ("given_name", "surname", "name")
COMPARISONS = (
    Comparison("given_name", Text("名", "Given name"), person_values.given_name, _compare_name, _name_levels(0.01),
               rarity=True, counted=lambda v: (v[0],), reads=_NAMES),
    Comparison("surname", Text("姓", "Surname"), person_values.surname, _compare_name, _name_levels(0.01), rarity=True,
               counted=lambda v: (v[0],), reads=_NAMES),
    Comparison(
        "birth_date", Text("出生日期", "Date of birth"), person_values.birth_date, _compare_date,
        (
            Level("same", _SAME, 0.88, 5e-5),
            Level("swapped", Text("日和月对调", "day and month swapped"), 0.02, 4e-5),
            Level("near", _NEAR, 0.06, 1e-3),
            Level("part", Text("只有年、月或日不同", "year, month or day differs"), 0.02, 4e-3),
            Level("different", _DIFFERENT, 0.02, 0.995),
        ),
    ),
    Comparison("id_number", Text("证件号", "Identity number"), person_values.id_number, _compare_text,
               _three(_NEAR, (0.93, 0.05, 0.02), (1e-7, 1e-5, 1.0))),
    Comparison("phone", Text("电话", "Phone"), person_values.phones, compare_any,
               _three(_NEAR, (0.70, 0.04, 0.26), (5e-6, 2e-5, 1.0)), reads=("phone", "mobile")),
    Comparison("email", Text("邮箱", "E-mail"), person_values.emails, compare_any,
               _three(_NEAR, (0.65, 0.05, 0.30), (2e-6, 2e-5, 1.0))),
    Comparison(
        "street", Text("街道", "Street"), person_values.street, _compare_street,
        (
            Level("same", _SAME, 0.60, 1e-4),
            Level("near", Text("写法相近", "written alike"), 0.18, 1e-3),
            Level("alike", Text("部分相像", "somewhat alike"), 0.08, 5e-3),
            Level("different", _DIFFERENT, 0.14, 0.99),
        ),
        reads=("street", "street_number"),
    ),
    Comparison("street_more", Text("地址（续）", "Address line 2"), person_values.simple("street_more"), _compare_line,
               _three(Text("写法相近", "written alike"), (0.75, 0.12, 0.13), (2e-3, 5e-3, 0.99))),
    Comparison("suburb", Text("区/镇", "Town"), person_values.simple("suburb"), _compare_line,
               _three(Text("写法相近", "written alike"), (0.82, 0.10, 0.08), (1e-2, 5e-3, 0.98)), rarity=True),
    Comparison("postcode", Text("邮编", "Postcode"), person_values.simple("postcode"), _compare_text,
               _three(_NEAR, (0.85, 0.09, 0.06), (2e-3, 1e-2, 0.98)), rarity=True),
    Comparison("state", Text("省/州", "Province"), person_values.simple("state"), _compare_text,
               _three(_NEAR, (0.92, 0.03, 0.05), (0.2, 0.05, 0.75))),
    Comparison("company", Text("公司", "Company"), _company, _compare_line,
               _three(Text("写法相近", "written alike"), (0.60, 0.10, 0.30), (1e-3, 2e-3, 0.99)), rarity=True),
)  # fmt: skip


Keys = Iterable[Hashable]


def _named(v: Sequence[Value], position: int) -> str:
    return v[position][0] if v[position] else ""


def _whole_name(v: Sequence[Value]) -> Keys:
    given, last = _named(v, _GIVEN), _named(v, _SURNAME)
    if not given or not last:
        return ()
    return (" ".join(sorted((person_values.sound(given)[:4], person_values.sound(last)[:4]))),)


def _both(first: int, letters: int, second: int, cut: slice) -> Callable[[Sequence[Value]], Keys]:
    """The beginning of a name with a part of another value."""

    def keys(v: Sequence[Value]) -> Keys:
        name = _named(v, first)
        return ((name[:letters], v[second][cut]),) if name and v[second] else ()

    return keys


def _place(second: int) -> Callable[[Sequence[Value]], Keys]:
    return lambda v: ((v[_STREET], v[second]),) if v[_STREET] and v[second] else ()


_ALL = slice(None)
PASSES = (
    Pass(lambda v: (v[_ID],) if v[_ID] else ()),
    Pass(lambda v: v[_PHONE] or ()),
    Pass(lambda v: v[_EMAIL] or ()),
    Pass(lambda v: (v[_BIRTH],) if v[_BIRTH] else ()),
    Pass(_whole_name),
    Pass(_place(_SUBURB)),
    Pass(_place(_POSTCODE)),
    Pass(_both(_GIVEN, 3, _POSTCODE, _ALL)),
    Pass(_both(_SURNAME, 3, _POSTCODE, _ALL)),
    Pass(_both(_SURNAME, 4, _BIRTH, slice(4, None))),
    Pass(_both(_GIVEN, 4, _BIRTH, slice(0, 4))),
)


def _order(v: Sequence[Value]) -> str:
    name = v[_SURNAME] or v[_GIVEN] or ("", "")
    return " ".join(
        (
            person_values.sound(name[0]),
            person_values.sound(name[1]),
            str(v[_BIRTH] or ""),
            str(v[_STREET] or ""),
        )
    )


_OWN = ("birth_date", "id_number", "phone", "email")


def _veto(levels: Mapping[str, str]) -> bool:
    """Both names known and neither alike, or one clearly another, with nothing that is one person's alone."""
    names = [levels[key] for key in ("given_name", "surname") if key in levels]
    if "different" not in names:
        return False
    own: list[Any] = [levels.get(key) for key in _OWN]
    close = sum(level in ("same", "near", "swapped") for level in own)
    return close == 0 if names != ["different", "different"] else close < 2


def _identical(v: Sequence[Value]) -> bool:
    """A name alone does not make two people one."""
    return (
        sum(v[n] is not None for n in (_BIRTH, _ID, _PHONE, _EMAIL, _STREET)) >= 1
        and sum(x is not None for x in v) >= 3
    )


PERSON = Rule(
    "person",
    Text("个人", "Person"),
    COMPARISONS,
    PASSES,
    _order,
    veto=_veto,
    identical=_identical,
    prior=1e-4,
)
