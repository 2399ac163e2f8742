"""What a unified social credit code says by itself: its check digit, who registered what, and where.

Source: GB 32100-2015 (法人和其他组织统一社会信用代码编码规则): position 1 the registering department, 2 the
kind of organisation, 3 to 8 the administrative division (GB/T 2260), 9 to 17 the organisation code
(GB 11714), 18 the check character (MOD 31-3).
"""

from typing import Any

from stdnum.cn import uscc

from guanxi.kit import regions
from guanxi.kit.text import Text

LENGTH = 18
DEPARTMENTS = {
    "1": Text("机构编制部门", "institutional establishment office"),
    "2": Text("外交部门", "foreign affairs"),
    "3": Text("司法行政部门", "judicial administration"),
    "4": Text("文化部门", "culture"),
    "5": Text("民政部门", "civil affairs"),
    "6": Text("旅游部门", "tourism"),
    "7": Text("宗教部门", "religious affairs"),
    "8": Text("工会", "trade union"),
    "9": Text("市场监管部门", "market regulation"),
    "A": Text("中央军委改革和编制办公室", "military"),
    "N": Text("农业部门", "agriculture"),
    "Y": Text("其他", "other"),
}
KINDS = {
    "11": (Text("机关", "government body"), "public_interest"),
    "12": (Text("事业单位", "public institution"), "public_interest"),
    "13": (Text("群众团体", "mass organisation"), "public_interest"),
    "51": (Text("社会团体", "association"), "public_interest"),
    "52": (Text("民办非企业单位", "private non-enterprise unit"), "public_interest"),
    "53": (Text("基金会", "foundation"), "public_interest"),
    "91": (Text("企业", "enterprise"), "business"),
    "92": (Text("个体工商户", "sole trader"), "business"),
    "93": (Text("农民专业合作社", "farmers' cooperative"), "business"),
}


def looks_like_code(text: str) -> bool:
    """True for 18 letters and digits, right or wrong."""
    compact = uscc.compact(text)
    return len(compact) == LENGTH and compact.isascii() and compact.isalnum()


def decode(text: str) -> dict[str, Any]:
    """`{"code", "valid", "department", "kind", "customer_kind", "region"}` of a code; labels as Text or None."""
    code = uscc.compact(text)
    region = _region(code[2:8])
    kind = KINDS.get(code[:2])
    return {
        "code": code,
        "valid": uscc.is_valid(code),
        "department": DEPARTMENTS.get(code[0]),
        "kind": kind[0] if kind else None,
        "customer_kind": kind[1] if kind else None,
        "region": "".join(dict.fromkeys(r.zh for r in region.path)) if region else None,
    }


def _region(division: str) -> regions.Region | None:
    """The district, or what stands above it: divisions are merged and renamed, codes stay."""
    if not division.isdigit():
        return None
    return next((found for length in (6, 4, 2) if (found := regions.find(division[:length]))), None)
