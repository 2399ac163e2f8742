"""The press itself: a program of its own that turns templates and data into PDF, one order after the other.

*How it works*: each line of its input is an order `{"source", "data", "pages", "at"}`; the answer is a line of JSON that says how
many bytes follow, or what was wrong. It finds the fonts once, at its start, and ends with its input.

*Rules*: it imports nothing of the product and gets nothing of its environment. Files: an empty folder is all that
templates can read. Network: packages of the internet are asked for through a proxy that is not there.
"""

import importlib
import json
import re
import sys
import tempfile
from typing import Any, BinaryIO

import typst

MEMORY = 3_000_000_000
PPI = 96
_PREFERRED = (
    "noto sans cjk sc", "noto sans sc", "source han sans sc", "source han sans cn", "pingfang sc", "microsoft yahei",
    "wenquanyi micro hei", "wenquanyi zen hei", "harmonyos sans sc", "alibaba puhuiti", "hiragino sans gb", "heiti sc",
    "simhei", "noto serif cjk sc", "source han serif sc", "songti sc", "simsun", "droid sans fallback",
)  # fmt: skip
_LINE = re.compile(r"__typst_py_bytes__\.typ:(\d+):")
_HAN = re.compile(r"[\u3400-\u9fff]")


def chinese_font(families: list[str]) -> str | None:
    """The family with Chinese characters that looks best on paper, or None."""
    by_name = {name.lower(): name for name in families}
    found = next((by_name[name] for name in _PREFERRED if name in by_name), None)
    return found or next((name for name in families if "cjk" in name.lower()), None)


def limit() -> None:
    """Let a template that eats memory end this program, and no other."""
    try:
        resource: Any = importlib.import_module("resource")
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def printed(compiler: Any, chinese: str | None, order: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What to answer to an order, and the PDF, or the first pages as images."""
    text = json.dumps(order["data"], ensure_ascii=False)
    if chinese is None and _HAN.search(text):
        return {"problem": "no_font"}, []
    data = order["data"] | {"fonts": [name for name in (chinese, "Libertinus Serif") if name]}
    pages = order.get("pages")
    try:
        made = compiler.compile(
            input=order["source"].encode(), format="png" if pages else "pdf", ppi=PPI, timestamp=order.get("at"),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )  # fmt: skip
    except typst.TypstError as error:
        place = _LINE.search(error.diagnostic or "")
        line = int(place[1]) if place else None
        return {"problem": "template", "message": error.message[:300], "line": line}, []
    parts = (made if isinstance(made, list) else [made])[: pages or 1]
    return {"sizes": [len(part) for part in parts]}, parts


def work(orders: BinaryIO, answers: BinaryIO) -> None:
    """Answer orders until there are no more."""
    fonts = typst.Fonts()
    chinese = chinese_font(fonts.families())
    with tempfile.TemporaryDirectory(prefix="guanxi-press-") as root:
        compiler = typst.Compiler(
            input=b"", root=root, font_paths=fonts, package_path=root, package_cache_path=root
        )
        for line in orders:
            answer, parts = printed(compiler, chinese, json.loads(line))
            answers.write(json.dumps(answer).encode() + b"\n" + b"".join(parts))
            answers.flush()


if __name__ == "__main__":
    limit()
    work(sys.stdin.buffer, sys.stdout.buffer)
