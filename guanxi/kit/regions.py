"""省市区: the regions of China, and the way from a written address to them.

*How it works*: the tree (data/regions.json, written by script/build-regions) is read once into
`Region`s with a code, both names and their place in the tree. `find` takes a code or a path of names;
`split` reads the regions off the front of an address by looking up its first characters in tables of
names, from the province down; ranks may be missing where people leave them out (广东中山小榄镇).

*Rules*: a name that could be something else (中山 before 路) is left in the street. Codes nest by
prefix: everything in 广东省 (44) starts with 44.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_RANKS = (
    "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "地区", "省", "市", "盟",
)  # fmt: skip
_NOT_A_CITY = (
    "路",
    "街",
    "道",
    "巷",
    "里",
    "大道",
    "大街",
    "东路",
    "西路",
    "南路",
    "北路",
    "中路",
    "村",
    "广场",
    "大厦",
)
_LONGEST = 16
_POSTCODE = re.compile(r"(?<![0-9])([0-8][0-9]{5})(?![0-9])")


@dataclass(frozen=True, eq=False)
class Region:
    """A province, city or district."""

    code: str
    zh: str
    en: str
    parent: "Region | None" = field(repr=False)
    children: tuple["Region", ...] = field(default=(), repr=False)

    @property
    def path(self) -> tuple["Region", ...]:
        """From the province down to this one."""
        return (*self.parent.path, self) if self.parent else (self,)

    def walk(self) -> Iterator["Region"]:
        """This one and all below."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class SplitAddress:
    """An address taken apart: the regions found (deepest in `region`), a postcode, and what is left."""

    region: Region | None
    street: str
    postcode: str

    @property
    def names(self) -> tuple[str, str, str]:
        """Province, city and district as written officially, empty where not found."""
        found = [r.zh for r in self.region.path] if self.region else []
        return (*found, "", "", "")[:3]  # type: ignore[return-value]  # always three


def _build(node: list[Any], parent: Region | None) -> Region:
    code, zh, en, below = node
    region = Region(code, zh, en, parent)
    object.__setattr__(region, "children", tuple(_build(child, region) for child in below))
    return region


@cache
def provinces() -> tuple[Region, ...]:
    """The tree."""
    body = json.loads(resources.files("guanxi.kit").joinpath("data/regions.json").read_text("utf-8"))
    return tuple(_build(node, None) for node in body["regions"])


@cache
def _by_code() -> Mapping[str, Region]:
    found: dict[str, Region] = {}
    for province in provinces():
        for region in province.walk():
            found.setdefault(region.code, region)  # a municipality's city has its province's code
    return found


def short_name(name: str) -> str:
    """The name without its rank: 广东省 is 广东, 内蒙古自治区 is 内蒙古."""
    for rank in _RANKS:
        if name.endswith(rank) and len(name) - len(rank) >= 2:
            return name[: -len(rank)]
    return name


@cache
def _names(code: str, *, short: bool) -> Mapping[str, Region]:
    """The children of `code` (the provinces for an empty one) by name; short names as well if asked."""
    below = _by_code()[code].children if code else provinces()
    found = {region.zh: region for region in below}
    if short:
        for region in below:
            found.setdefault(short_name(region.zh), region)
    return found


@cache
def _names_of(region: Region) -> Mapping[str, Region]:
    """The districts of a city (its own code may be its province's)."""
    return {district.zh: district for district in region.children}


@cache
def _unique(level: int) -> Mapping[str, Region]:
    """Regions of a level (1 cities, 2 districts) whose full name stands once in the country."""
    found: dict[str, Region | None] = {}
    for province in provinces():
        for region in province.walk():
            if len(region.path) == level + 1:
                found[region.zh] = None if region.zh in found else region
    return {name: region for name, region in found.items() if region}


@cache
def _districts(code: str) -> Mapping[str, Region]:
    """All districts of a province by full name."""
    return {d.zh: d for c in _by_code()[code].children for d in c.children}


def _longest(text: str, names: Mapping[str, Region]) -> tuple[Region, str] | None:
    """The longest name that `text` starts with, and the rest."""
    for length in range(min(_LONGEST, len(text)), 1, -1):
        found = names.get(text[:length])
        if found is not None:
            return found, text[length:].lstrip(" ,，/-·")
    return None


def _cautious(text: str, names: Mapping[str, Region]) -> tuple[Region, str] | None:
    """Like `_longest`, unless the rank is missing and a street follows: 广东中山小榄镇, but 中山路."""
    found = _longest(text, names)
    if found and not text.startswith(found[0].zh) and found[1].startswith(_NOT_A_CITY):
        return None
    return found


def _first_city(text: str) -> tuple[Region, str] | None:
    """A city with no province before it; without its rank only when a district of it follows."""
    found = _longest(text, _unique(1))
    if found:
        return found
    for province in provinces():
        near = _longest(text, _names(province.code, short=True))
        if near and (not near[1] or _longest(near[1], _names_of(near[0]))):
            return near
    return None


def split(text: str) -> SplitAddress:
    """Read province, city and district off the front of a Chinese address."""
    postcode = ""
    rest = text.strip()
    found_code = _POSTCODE.search(rest)
    if found_code and (found_code.start() == 0 or found_code.end() == len(rest)):
        postcode = found_code.group(1)
        rest = (rest[: found_code.start()] + rest[found_code.end() :]).strip(" ,，")
        rest = rest.removesuffix("邮编：").removesuffix("邮编:").removesuffix("邮编").strip(" ,，")
    for country in ("中华人民共和国", "中国"):
        rest = rest.removeprefix(country).lstrip(" ,，")
    region: Region | None = None
    province = _cautious(rest, _names("", short=True))
    city: tuple[Region, str] | None = None
    if province:
        region, rest = province
        if region.children and region.children[0].code == region.code:
            again = _longest(rest, {region.zh: region, "市辖区": region})
            rest = again[1] if again else rest
            region = region.children[0]
            city = region, rest
        else:
            city = _cautious(rest, _names(region.code, short=True))
    else:
        city = _first_city(rest)
    if city:
        region, rest = city
        below = _longest(rest, _names_of(region))
        if below:
            region, rest = below
    else:
        direct = _longest(rest, _districts(region.code) if region else _unique(2))
        if direct:
            region, rest = direct
    return SplitAddress(region, rest, postcode)


@lru_cache(maxsize=4096)
def find(given: str) -> Region | None:
    """The region of a code (`44`, `4420`, `442000`) or a path of names (`广东省/中山市`, `Guangdong/Zhongshan`)."""
    text = given.strip().strip("/")
    if text.isascii() and text.isdigit():
        code = text
        while code not in _by_code() and len(code) > 2 and code.endswith("00"):
            code = code[:-2]
        return _by_code().get(code)
    region: Region | None = None
    for part in text.split("/"):
        name = part.strip().casefold()
        below = region.children if region else provinces()
        region = next(
            (r for r in below if name in (r.zh.casefold(), short_name(r.zh).casefold(), r.en.casefold())),
            None,
        )
        if region is None:
            return None
    return region


@cache
def region_tree() -> list[dict[str, Any]]:
    """The tree as the API tells it: `[{"code", "name": {"zh-CN", "en"}, "children"}]`."""
    return [_as_json(province) for province in provinces()]


def _as_json(region: Region) -> dict[str, Any]:
    children = [_as_json(child) for child in region.children]
    return {"code": region.code, "name": {"zh-CN": region.zh, "en": region.en}, "children": children}
