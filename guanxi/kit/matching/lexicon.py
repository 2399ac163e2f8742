"""The words of company names that do not tell companies apart: legal forms, places, trades, scope.

*How it works*: plain sets, folded (half width, lower case, simplified). Towns of other countries come from
data/places.txt (script/build-places), those of China from kit/regions.

*Rules*: a word belongs here when it is said of thousands of firms; never because of one firm.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from guanxi.kit.regions import provinces, short_name

# What a Chinese company's name ends with; the longest goes first.
LEGAL_ZH = tuple(
    sorted(
        (
            "集团股份有限公司 集团有限责任公司 股份有限责任公司 控股集团有限公司 集团有限公司 控股有限公司 股份有限公司 有限责任公司 有限公司 "
            "股分有限公司 集团公司 股份公司 控股公司 总公司 公司 集团 控股 股份 有限合伙 普通合伙 特殊普通合伙 有限责任 有限 合伙企业 "
            "个体工商户 个人独资企业 企业集团 (集团) 责任公司 总部 总社"
        ).split(),
        key=len,
        reverse=True,
    )
)  # fmt: skip
# 有限公司 with a character missing, as people type it.
BROKEN_LEGAL_ZH = ("限公司", "有公司", "有限司", "有限公")
BRANCHES_ZH = (
    "分公司",
    "子公司",
    "分行",
    "支行",
    "办事处",
    "代表处",
    "分店",
    "分厂",
    "分部",
    "营业部",
    "经营部",
    "门市部",
)
TRADES_ZH = frozenset(
    (
        "科技 信息 技术 信息技术 电子 贸易 商贸 实业 工贸 机械 设备 制造 建筑 工程 装饰 餐饮 酒店 物流 运输 广告 传媒 文化 传播 教育 "
        "咨询 管理 投资 资产 发展 开发 服务 食品 农业 医药 医疗 器械 生物 化工 材料 新材料 能源 新能源 电力 环保 汽车 配件 服装 服饰 "
        "纺织 家具 家居 房地产 地产 置业 物业 网络 软件 智能 数码 数据 数字 通信 通讯 电器 电气 五金 塑料 塑胶 橡胶 印刷 包装 国际 "
        "进出口 供应链 电子商务 电商 商务 旅游 旅行社 体育 健身 美容 化妆品 日化 珠宝 首饰 保险 担保 租赁 融资租赁 金融 典当 拍卖 "
        "人力资源 劳务 会展 展览 设计 影视 影业 娱乐 游戏 动漫 出版 图书 茶业 酒业 粮油 水产 畜牧 种业 园林 绿化 矿业 钢铁 金属 有色 "
        "石油 石化 天然气 燃气 水泥 建材 陶瓷 玻璃 涂料 照明 光电 半导体 仪器 仪表 自动化 百货 超市 连锁 零售 药业 制药 大药房 药房 "
        "医院 诊所 学校 幼儿园 培训 银行 证券 基金 期货 信托 重工 工业 产业 企业 商业 商行 商店 经贸 外贸 货运 快递 航空 铁路 港口 "
        "船舶 机电 机器人 精密 模具 智能装备 装备 电缆 电线 电池 电机 轴承 阀门 泵业 纸业 木业 鞋业 制衣 皮革 玩具 礼品 工艺品 文具 "
        "办公 眼镜 钟表 乐器 音响 安防 消防 检测 认证 知识产权 律师事务所 会计师事务所 事务所 研究院 研究所 设计院 中心 合作社 农场 "
        "牧业 林业 渔业 饲料 肥业 乳业 饮料 水业 水务 集成 系统 互联网 云计算 区块链 文旅 传动 控制 测试 新能源汽车 机床 五金制品 "
        "塑料机械 教育装备 网络科技 电子科技 自动化设备 信息科技 生物科技 科技发展 创业投资 投资管理 资产管理 企业管理 文化传播 广告传媒"
    ).split()
)  # fmt: skip
# Characters that tell siblings apart: a slip of the pen between two of one set is another firm.
SERIES = tuple(
    frozenset(group)
    for group in (
        "一二三四五六七八九十零百千万两壹贰叁肆伍陆柒捌玖拾0123456789",
        "东南西北中",
        "上下左右前后内外",
        "甲乙丙丁戊己庚辛",
        "大小",
        "新老旧",
        "男女",
        "abcdefgh",
    )
)

LEGAL_LATIN = frozenset(
    (
        "co company corp corporation inc incorporated ltd limited llc llp lp plc pte pty gmbh ag kg kgaa mbh sa sas sarl "
        "srl spa bv nv ab as asa oy oyj aps kk kabushiki kaisha sdn bhd pvt private ges gesellschaft aktiengesellschaft "
        "aktienges aktiebolag soc societe sociedad societa anonima anonyme dite naamloze vennootschap besloten "
        "beperkte aansprakelijkheid publ und and et en the of for de der den van von le la les du des te op di "
        "group groupe gruppe holding holdings"
    ).split()
)  # fmt: skip
# Long words of legal form, however they end or were spelt a century ago.
LEGAL_STEMS = ("aktienges", "naamlo", "vennoots", "gesellsch", "aktiebol", "kommandit", "incorpor", "koninkl")
# How far a company reaches: "X International" and "X Europe" are X.
SCOPE_LATIN = frozenset(
    "international internationale internacional intl int global worldwide world europe europa european euro asia pacific "
    "america americas american overseas national nationale".split()
)  # fmt: skip
TRADES_LATIN = frozenset(
    (
        "technology technologies technologie tech technical marketing sales trading trade industries industry industrial "
        "inds ind systems system services service solutions software electronics electronic electric electrical chemical "
        "chemicals chem pharma pharmaceutical pharmaceuticals pharm pharmaceutica manufacturing mfg products prods product "
        "engineering research development consulting logistics transport shipping foods food energy power oil gas steel "
        "metals mining motors motor automotive auto instruments instr semiconductor semiconductors telecom "
        "communications media entertainment insurance bank finance financial capital investment investments properties "
        "property ip intellectual patents patent licensing standards management enterprises enterprise laboratories labs "
        "medical health healthcare biotech sciences science materials plastics paper packaging construction building "
        "design studio digital networks network data computer computers machines machinery tools equipment devices retail "
        "stores store hotel hotels restaurant restaurants cafe travel tours airlines education university institute"
    ).split()
)  # fmt: skip
_COUNTRIES = {
    "NL": "nl netherlands nederland holland nederlandse dutch", "DE": "germany deutschland german deutsche",
    "FR": "france french francaise", "GB": "uk britain england scotland wales british", "BE": "belgium belgie belgique",
    "US": "usa us america", "CN": "china prc zhongguo", "JP": "japan nippon nihon", "KR": "korea", "IT": "italy italia",
    "ES": "spain espana", "PT": "portugal", "CH": "switzerland schweiz suisse swiss", "AT": "austria osterreich",
    "SE": "sweden sverige", "NO": "norway norge", "DK": "denmark danmark", "FI": "finland suomi", "PL": "poland polska",
    "RU": "russia", "IN": "india", "BR": "brazil brasil", "MX": "mexico", "CA": "canada", "AU": "australia",
    "SG": "singapore", "MY": "malaysia", "TH": "thailand", "VN": "vietnam", "ID": "indonesia", "PH": "philippines",
    "TR": "turkey turkiye", "AE": "uae emirates dubai", "IE": "ireland", "LU": "luxembourg", "CZ": "czech", "HU": "hungary",
    "HK": "hongkong", "TW": "taiwan", "ZA": "africa", "NZ": "zealand", "IL": "israel", "GR": "greece", "RO": "romania",
}  # fmt: skip
_MORE_TOWNS = {
    "FR": "paris lyon marseille toulouse grenoble lille nice nantes strasbourg bordeaux", "US": "york boston chicago houston dallas",
    "GB": "london manchester birmingham", "DE": "berlin hamburg frankfurt cologne stuttgart dusseldorf munich munchen",
    "JP": "tokyo osaka kyoto nagoya", "CN": "beijing shanghai guangzhou shenzhen", "NL": "hague haag gravenhage",
    "BE": "brussels bruxelles antwerp antwerpen", "SG": "singapore", "RU": "moscow",
}  # fmt: skip
_NO_TOWNS = frozenset(
    "general north south east west central northern southern eastern western island islands united republic state "
    "city port saint santa grand great little upper lower metro area valley".split()
)  # fmt: skip


@cache
def places() -> Mapping[str, frozenset[str]]:
    """Country codes by the words of towns' and countries' names in Latin script."""
    found: dict[str, set[str]] = {}
    lines = resources.files("guanxi.kit").joinpath("data/places.txt").read_text("utf-8").splitlines()
    for country, name in (line.split() for line in lines):
        if name not in _NO_TOWNS:
            found.setdefault(name, set()).add(country)
    for table in (_COUNTRIES, _MORE_TOWNS):
        for country, names in table.items():
            for name in names.split():
                found.setdefault(name, set()).add(country)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def countries() -> Mapping[str, str]:
    """Country codes by the names of countries."""
    return {name: code for code, names in _COUNTRIES.items() for name in names.split()}


@cache
def regions_zh() -> Mapping[str, str]:
    """Codes by region name: full names of every level, names without rank of provinces and cities."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for province in provinces():
        for region in province.walk():
            level = len(region.path)
            for name in {region.zh, short_name(region.zh)} if level < 3 else {region.zh}:
                if len(name) < 2:
                    continue
                if (
                    name in found
                    and not found[name].startswith(region.code)
                    and not region.code.startswith(found[name])
                ):
                    twice.add(name)
                found.setdefault(name, region.code)
    for name in twice:
        if len(found[name]) > 4:
            found[name] = ""  # 鼓楼区 stands in many cities: a place, but not one that contradicts
    return found
