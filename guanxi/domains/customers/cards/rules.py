"""What the lines of a business card say: which is the name, the firm, the mobile, the address.

*How it works*: labels come first (电话：, E-mail:, 地址), a line with several is split at them. What has a
shape of its own (addresses of mail and web, phone numbers) is taken from wherever it stands. The rest is
told apart by its words: a firm by its legal form, a title by the posts it names, a name by its length,
its surname and the size of its letters. Every value carries how sure it is, from 0 to 1: the reader's
own confidence times how telling the sign was.

*Rules*: pure text, no image and no database. A wrong guess must look unsure: the person decides.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from guanxi.kit.phones import parse_phone

Box = tuple[float, float, float, float]
"""Left, top, width and height, each as a share of the image (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it was read: where it stands and how surely it was read."""

    text: str
    confidence: float = 1.0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a card: the object and field it belongs to, and how sure that is."""

    object: str
    field: str
    value: str
    confidence: float
    box: Box | None = None


@dataclass(slots=True)
class Card:
    """What was understood, and the lines that were not."""

    values: list[Found] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)

    @property
    def is_card(self) -> bool:
        """True when there is a way to reach somebody and a word on who that is."""
        keys = {(found.object, found.field) for found in self.values}
        reach = {key for key in keys if key[1] in ("mobile", "phone", "email", "wechat")}
        who = {("contact", "name"), ("customer", "name"), ("contact", "job_title")} & keys
        return bool(reach) and bool(who)


_LABELS: dict[str, tuple[str, ...]] = {
    "mobile": ("手机", "手機", "移动电话", "mobile", "mob", "cell", "cellphone", "m", "mp", "hp"),
    "phone": ("电话", "電話", "座机", "总机", "联系电话", "直线", "tel", "telephone", "phone", "direct", "t", "p", "o"),
    "fax": ("传真", "傳真", "fax", "f"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "郵箱", "e-mail", "email", "mail", "e"),
    "website": ("网址", "網址", "网站", "官网", "website", "web", "http", "url", "w"),
    "address": ("地址", "公司地址", "联系地址", "办公地址", "address", "add", "addr", "a"),
    "postcode": ("邮编", "邮政编码", "郵編", "zip", "p.c", "postcode", "post code"),
    "wechat": ("微信", "微信号", "wechat", "weixin", "wx"),
    "qq": ("qq",),
    "tax_number": ("税号", "统一社会信用代码", "纳税人识别号"),
}  # fmt: skip
_BY_LABEL = {label: key for key, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(
    r"(?<![A-Za-z一-龥])("
    + "|".join(sorted((r"\s*".join(map(re.escape, label)) for label in _BY_LABEL), key=len, reverse=True))
    + r")\s*[.]?\s*[:：]\s*",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEB = re.compile(r"(?:https?://|www\.)[^\s，,；;]+|(?<![@\w.])[a-z0-9-]+\.(?:com|cn|net|org|com\.cn|io|tech|shop)\b[^\s，,；;]*", re.IGNORECASE)  # fmt: skip
_PHONE = re.compile(r"\+?\(?\d[\d\s()（）\-—–.·/]{5,22}\d(?:\s*(?:转|ext\.?|x|-)\s*\d{1,6})?", re.IGNORECASE)
_COMPANY = re.compile(
    r"(有限责任公司|股份有限公司|有限公司|公司|集团|事务所|研究院|研究所|设计院|银行|大学|学院|医院|中心|协会|学会|基金会"
    r"|合作社|工作室|商行|经营部|厂|店)(?:[（(].{1,12}[）)])?(?:\S{1,10}(?:分公司|分行|支行|办事处))?$"
)
_COMPANY_EN = re.compile(
    r"\b(co\.?,?\s*ltd|ltd|limited|inc|incorporated|corp|corporation|llc|llp|plc|gmbh|ag|s\.?a|b\.?v|pte|group|holdings|bank"
    r"|university|institute|company|technologies|solutions)\b\.?$", re.IGNORECASE)  # fmt: skip
_TITLE = re.compile(
    r"(董事长|董事|总裁|副总裁|总经理|副总经理|经理|总监|主管|主任|工程师|设计师|会计师|律师|顾问|专员|助理|代表|销售|采购|厂长"
    r"|店长|部长|科长|处长|校长|院长|教授|讲师|医生|创始人|合伙人|秘书|组长|负责人|客服|架构师|分析师|首席\S{1,4}官)"
)
# With what a post begins: where a name ends when the reader left no space before it.
_TITLE_BEGINS = re.compile(
    r"(?:总|副|董事|执行|首席|高级|资深|中级|区域|大区|华[东南北中]|全国|国际|国内|海外|外贸|销售|市场|采购|技术|项目|产品|财务|人事|人力"
    r"|行政|运营|客户|客服|生产|品质|质量|研发|工程|设计|法务|商务|业务|渠道|仓储|物流|主任|主管|经理|部长|厂长|店长|科长|院长|校长"
    r"|教授|讲师|医生|律师|会计|顾问|助理|秘书|代表|创始|合伙|联合|负责|架构|分析)"
)
# Words of posts that begin like a name does.
_NO_NAMES = frozenset("安全 安装 安保 金融 包装 文化 文员 管理 计划 党委 司法 阳光 路桥 时尚".split())
_TITLE_EN = re.compile(
    r"\b(manager|director|engineer|president|chairman|officer|executive|ceo|cto|cfo|coo|cmo|vp|sales|consultant|designer"
    r"|assistant|representative|founder|partner|lawyer|attorney|professor|doctor|analyst|specialist|supervisor|head|lead"
    r"|developer|accountant|secretary|buyer|purchasing|marketing)\b", re.IGNORECASE)  # fmt: skip
_DEPARTMENT = re.compile(
    r"^[一-龥]{2,10}(?:部|部门|处|科|中心|事业部)$|\b(?:department|dept\.?|division)\b", re.IGNORECASE
)
# `销售总监 市场部`, also as a reader gives it that drops the space.
_TITLE_THEN_DEPARTMENT = re.compile(
    r"^([一-龥]{0,8}(?:经理|总监|主管|主任|总裁|工程师|专员|助理|顾问))\s*([一-龥]{2,8}(?:部|部门|中心|事业部))$"
)
_ADDRESS = re.compile(
    r"(省|自治区|市|区|县|镇|路|街|道|巷|弄|号|楼|栋|幢|座|室|层|大厦|广场|工业园|园区)|\b(?:road|rd|street|st|avenue|ave|building"
    r"|floor|room|district|province|city|blvd|suite)\b", re.IGNORECASE)  # fmt: skip
_HAN_NAME = re.compile(r"^[一-龥·]{2,4}$")
_LATIN_NAME = re.compile(r"^[A-Z][A-Za-z'’.-]*(?:\s+[A-Z][A-Za-z'’.-]*){1,3}$")
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
    "姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
COMPOUND_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "夏侯",
    "尉迟",
    "皇甫",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "端木",
    "南宫",
    "独孤",
)


def understand(lines: Sequence[Line]) -> Card:
    """The card that these lines make, best value of each field first."""
    card = Card()
    pieces = [piece for line in lines for piece in _split(replace(line, text=_clean(line.text)))]
    unread: list[Line] = []
    for label, line in pieces:
        if label is None:
            unread += _shaped(card, line)
        else:
            unread += _labelled(card, label, line)
    _worded(card, unread)
    card.values.sort(key=lambda found: -found.confidence)
    return card


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("|", " ").split())


def _split(line: Line) -> list[tuple[str | None, Line]]:
    """The line cut before each label: `电话: 0760-88886666 手机: 13800138000` is two."""
    marks = list(_LABEL.finditer(line.text))
    if not marks:
        return [(None, line)] if line.text else []
    found: list[tuple[str | None, Line]] = []
    head = line.text[: marks[0].start()].strip(" ,;/")
    if head:
        found.append((None, replace(line, text=head)))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(line.text)
        value = line.text[mark.end() : end].strip(" ,;/")
        if value:
            key = _BY_LABEL["".join(mark.group(1).split()).casefold()]
            found.append((key, replace(line, text=value)))
    return found


def _labelled(card: Card, label: str, line: Line) -> list[Line]:
    text = line.text
    if label in ("mobile", "phone"):
        return _add_phones(card, line, label, 0.98)
    if label == "email":
        found = _EMAIL.search(text.replace(" ", ""))
        return _add(card, "contact", "email", found.group().lower(), line, 0.98) if found else [line]
    if label == "website":
        return _add(card, "customer", "website", text.replace(" ", ""), line, 0.95)
    if label == "address":
        return _add(card, "customer", "region", text, line, 0.95)
    if label == "wechat":
        return _add(card, "contact", "wechat", text.replace(" ", ""), line, 0.95)
    if label == "tax_number":
        return _add(card, "customer", "tax_number", text.replace(" ", "").upper(), line, 0.95)
    return []  # fax, QQ and postcode have no field; they must not be taken for a phone


def _shaped(card: Card, line: Line) -> list[Line]:
    """Take mail, web and phones out of a line without labels; what is left of it."""
    rest = line.text
    for found in _EMAIL.findall(rest):
        _add(card, "contact", "email", found.lower(), line, 0.97)
        rest = rest.replace(found, " ")
    for found in _WEB.findall(rest):
        _add(card, "customer", "website", found, line, 0.9)
        rest = rest.replace(found, " ")
    for match in _PHONE.finditer(rest):
        if _add_phones(card, replace(line, text=match.group()), None, 0.9) == []:
            rest = rest.replace(match.group(), " ")
    rest = " ".join(rest.split()).strip(" ,;/:：")
    return [replace(line, text=rest)] if rest else []


def _add_phones(card: Card, line: Line, label: str | None, sure: float) -> list[Line]:
    """Add each number of the text; a Chinese mobile is one whatever its label says."""
    numbers = [parse_phone(piece.strip(" .;,")) for piece in re.split(r"[/、;；]| {2,}", line.text)]
    known = [number for number in numbers if number] or [n for n in [parse_phone(line.text)] if n]
    for number in known:
        is_mobile = bool(re.match(r"\+861[3-9]\d{9}$", number)) or (
            label == "mobile" and not number.startswith("+86")
        )
        if is_mobile:
            _add(card, "contact", "mobile", number, line, sure)
        else:
            _add(card, "contact", "phone", number, line, sure)
    return [] if known else [line]


def _worded(card: Card, lines: list[Line]) -> None:
    """Tell firm, title, department, address and name apart among what is left."""
    left: list[Line] = []
    for line in lines:
        text = line.text
        if _COMPANY.search(text) and len(text) >= 4:
            _add(card, "customer", "name", text, line, 0.93)
        elif _COMPANY_EN.search(text):
            _add(card, "customer", "name", text, line, 0.85)
        elif len(_ADDRESS.findall(text)) >= 2 and len(text) >= 8:
            _add(card, "customer", "region", text, line, 0.85)
        else:
            left.append(line)
    left = _name_beside_title(card, left)
    rest = []
    for line in left:
        if both := _TITLE_THEN_DEPARTMENT.match(line.text):
            _add(card, "contact", "job_title", both[1], line, 0.8)
            _add(card, "contact", "department", both[2], line, 0.8)
        elif _DEPARTMENT.search(line.text):
            _add(card, "contact", "department", line.text, line, 0.85)
        elif (_TITLE.search(line.text) or _TITLE_EN.search(line.text)) and len(line.text) <= 60:
            _add(card, "contact", "job_title", line.text, line, 0.88)
        else:
            rest.append(line)
    name = max(rest, key=_nameness, default=None)
    if name is not None and _nameness(name) > 0 and not _has(card, "contact", "name"):
        is_han = bool(_HAN_NAME.match(_bare(name.text)))
        _add(
            card,
            "contact",
            "name",
            _bare(name.text) if is_han else name.text,
            name,
            0.6 + 0.3 * min(_nameness(name), 1),
        )
        rest.remove(name)
    card.rest += rest


def _name_beside_title(card: Card, lines: list[Line]) -> list[Line]:
    """`张三 销售总监` and `张三/经理` on one line, and `张三销售总监` as a reader gives it that drops spaces."""
    left = []
    for line in lines:
        parts = [part for part in re.split(r"[\s/·]+", line.text) if part]
        joined = _name_before_title(line.text)
        if joined is not None:
            _add(card, "contact", "name", joined[0], line, 0.8)
            _add(card, "contact", "job_title", joined[1], line, 0.8)
        elif len(parts) >= 2 and _is_han_name(parts[0]) and _TITLE.search(" ".join(parts[1:])):
            _add(card, "contact", "name", parts[0], line, 0.92)
            _add(card, "contact", "job_title", " ".join(parts[1:]), line, 0.9)
        else:
            left.append(line)
    return left


def _name_before_title(text: str) -> tuple[str, str] | None:
    """A name and the post written to it without a space: the shortest name after which a post begins."""
    if " " in text or _TITLE_BEGINS.match(text) or text[:2] in _NO_NAMES:
        return None
    for length in (2, 3, 4) if text.startswith(COMPOUND_SURNAMES) else (2, 3):
        name, title = text[:length], text[length:]
        is_name = _is_han_name(name) and name[-1] not in "总副"
        if is_name and len(title) <= 12 and _TITLE_BEGINS.match(title) and _TITLE.search(title):
            return name, title
    return None


def _nameness(line: Line) -> float:
    """How much a line looks like a person's name; 0 when it cannot be one."""
    text = _bare(line.text)
    if _is_han_name(text):
        looks = 1.0
    elif _LATIN_NAME.match(line.text) and len(line.text) <= 30:
        looks = 0.6
    elif _HAN_NAME.match(text):
        looks = 0.3
    else:
        return 0.0
    return looks + (line.box[3] if line.box else 0.0)


def _bare(text: str) -> str:
    """Chinese names are often spaced out: 张 三."""
    joined = text.replace(" ", "")
    return joined if _HAN_NAME.match(joined) else text


def _is_han_name(text: str) -> bool:
    return bool(_HAN_NAME.match(text)) and (text[0] in SURNAMES or text.startswith(COMPOUND_SURNAMES))


def _has(card: Card, object_key: str, key: str) -> bool:
    return any(found.object == object_key and found.field == key for found in card.values)


def _add(card: Card, object_key: str, key: str, value: str, line: Line, sure: float) -> list[Line]:
    if not any((f.object, f.field, f.value) == (object_key, key, value) for f in card.values):
        card.values.append(Found(object_key, key, value, round(sure * line.confidence, 2), line.box))
    return []
