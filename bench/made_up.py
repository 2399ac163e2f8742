"""Names, numbers and other values for a million made-up firms: cheap, deterministic, varied."""

import random
from typing import Any

CITIES = "广州 深圳 中山 佛山 东莞 珠海 惠州 江门 肇庆 苏州 无锡 宁波 杭州 嘉兴 上海 北京 天津 青岛 济南 长沙 武汉 成都 重庆 西安 厦门".split()
FIRST = "恒锐博启鼎华联科拓宏凯金盛泰和瑞安信达通远利丰德美佳新天海龙腾飞翔宇辰星阳明光辉耀昌隆兴旺顺康宁"
SECOND = "拓达远航图智创诚源丰盈泽润泰能力威格尔特曼森林木石玉宝珠金银铜铁锋锐利剑刃芯微纳米维空间云网联数据"
TRADES = "自动化设备 机电 精密模具 智能装备 电子科技 塑料机械 五金制品 光电 教育装备 软件 网络科技 包装 纺织 食品 物流 新材料".split()
FORMS = "有限公司 有限公司 有限公司 股份有限公司 有限责任公司 集团".split()
INDUSTRIES = "manufacturing technology retail education healthcare finance construction logistics".split()


def firm(rng: random.Random, number: int) -> str:
    """A firm's name; numbered where chance would repeat it."""
    name = (
        f"{rng.choice(CITIES)}{rng.choice(FIRST)}{rng.choice(SECOND)}{rng.choice(FIRST)}{rng.choice(TRADES)}"
    )
    return f"{name}{rng.choice(FORMS)}"


def mobile(number: int) -> str:
    """A mobile number of its own, E.164."""
    return f"+8613{(number * 7919) % 10**9:09d}"


def pick(rng: random.Random, choices: list[Any]) -> Any:
    """One of the choices, or nothing now and then."""
    return rng.choice(choices) if rng.random() > 0.05 else None
