"""Companies' names as people write them, with known truth: made from short names of real companies.

Each firm gets a trade and a place now and then, and several spellings: another legal form, 集团, （中国）, its place
in front or in parentheses, full width, traditional characters, spaces, one wrong character. Next to some
firms stands another that only looks alike: another city, another number, another trade.
"""

import random
from collections.abc import Sequence

from opencc import OpenCC

CITIES = "北京 上海 广州 深圳 杭州 南京 成都 武汉 西安 苏州 青岛 厦门 长沙 郑州 天津 重庆 宁波 佛山 东莞 中山".split()
TRADES = "科技 贸易 实业 电子 食品 建筑工程 信息技术 物流 文化传播 医疗器械 机械设备 餐饮管理".split()
FORMS = "有限公司 有限责任公司 股份有限公司 集团有限公司 集团 公司".split()
SLIPS = "明林华金安志远方达建国海信文光"
_TRADITIONAL = OpenCC("s2t")


def make(names: Sequence[str], seed: int = 7, most: int = 4) -> list[tuple[str, str]]:
    """(spelling, true id) of firms called by `names` and of others that look like them."""
    rng = random.Random(seed)
    rows: list[tuple[str, str]] = []
    for number, name in enumerate(names):
        city = rng.choice(CITIES) if rng.random() < 0.6 else ""
        trade = rng.choice(TRADES) if rng.random() < 0.6 else ""
        rows += [(text, f"{number}") for text in _spellings(rng, name, city, trade, most)]
        rows += [(text, f"{number}-{kind}") for text, kind in _neighbours(rng, name, city, trade)]
    rng.shuffle(rows)
    return rows


def _spellings(rng: random.Random, name: str, city: str, trade: str, most: int) -> list[str]:
    full = f"{city}{name}{trade}有限公司"
    choices = [
        f"{city}{name}{trade}{rng.choice(FORMS)}",
        f"{name}{trade}{rng.choice(FORMS)}",
        f"{name}{trade}（中国）有限公司",
        f"{name}({city}){trade}有限公司" if city else f"{name}{trade}（集团）有限公司",
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in f"{full}"),
        _TRADITIONAL.convert(full),
        " ".join(full[i : i + 2] for i in range(0, len(full), 2)),
        f"　{full} ",
        f"{city}市{name}{trade}有限公司" if city else full,
    ]
    found = [full, *rng.sample(choices, rng.randint(0 if most == 1 else 1, most))]
    if rng.random() < 0.3 and len(name) >= 3:
        found.append(f"{city}{_slip(rng, name)}{trade}有限公司")
    return found


def _slip(rng: random.Random, name: str) -> str:
    """One character wrong, twice or missing."""
    at = rng.randrange(len(name))
    kind = rng.random()
    if kind < 0.7:
        return name[:at] + rng.choice([c for c in SLIPS if c != name[at]]) + name[at + 1 :]
    if kind < 0.85:
        return name[:at] + name[at] * 2 + name[at + 1 :]
    return name[:at] + name[at + 1 :] if len(name) > 3 else name[:at] + name[at] * 2 + name[at + 1 :]


def _neighbours(rng: random.Random, name: str, city: str, trade: str) -> list[tuple[str, str]]:
    found = []
    if city and rng.random() < 0.25:
        other = rng.choice([c for c in CITIES if c != city])
        found.append((f"{other}{name}{trade}有限公司", "city"))
    if rng.random() < 0.15:
        found += [(f"{city}{name}一厂", "one"), (f"{city}{name}二厂", "two")]
    if trade and rng.random() < 0.1:
        other = rng.choice([t for t in TRADES if t != trade])
        found.append((f"{city}{name}{other}有限公司", "trade"))
    return found
