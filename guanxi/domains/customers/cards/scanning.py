"""Reading a business card: a photo, or a vCard file, to values for a contact and its customer.

*How it works*: a vCard says itself what it holds. A photo is read by a child process with limits of its
own (reader.py): a crafted image or a hungry model ends with it and not with the web process; a few run
at once, the next waits a moment or is asked to try again. A printed code that holds a card is believed
before the letters around it; what only the letters say is added.

*Rules*: nothing is stored here. The person sees the image beside the values and saves what is right.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from guanxi.domains.customers.cards.rules import Card, Found, Line, understand
from guanxi.domains.customers.cards.vcards import is_code, read_code, read_vcards
from guanxi.kit.errors import Problem, TooLarge, TooMany, Unavailable, invalid
from guanxi.kit.text import Text

MAX_BYTES = 15_000_000
MAX_PIXELS = 50_000_000
MEMORY = 4_000_000_000
SECONDS = 60
AT_ONCE = 2
WAIT_SECONDS = 20
READER = "guanxi.domains.customers.cards.reader"

TOO_LARGE = Text(
    "图片超过 {max} MB，请压缩后再试。", "The image is larger than {max} MB. Make it smaller and try again."
)
TOO_MANY_PIXELS = Text(
    "图片的尺寸太大，请缩小后再试。", "The image has too many pixels. Make it smaller and try again."
)
NO_IMAGE = Text("这不是名片：请上传照片（JPG、PNG、WebP）或 vCard（.vcf）文件。",
                "This is no card: upload a photo (JPG, PNG, WebP) or a vCard (.vcf) file.")  # fmt: skip
NO_CARD = Text("没有在照片里认出名片。请对准名片、光线充足地再拍一张，或者手动填写。",
               "No business card was recognised in the photo. Take it again, close and well lit, or fill in by hand.")  # fmt: skip
NO_VCARD = Text("文件里没有可读的名片。", "There is no readable card in the file.")
NOT_INSTALLED = Text(
    "这台服务器没有安装名片识别。管理员可执行 pip install 'guanxi[cards]' 后重启；vCard 文件不受影响。",
    "Card reading is not installed on this server. An administrator can run pip install 'guanxi[cards]' and restart;"
    " vCard files work without.",
)
_running = threading.BoundedSemaphore(AT_ONCE)


def scan(chunks: Iterable[bytes]) -> dict[str, Any]:
    """`{"source": "vcard"|"photo"|"code", "cards": [card]}` of an uploaded file; raises Problem.

    A card is `{"values": [{"object", "field", "value", "confidence", "box"}], "rest": [text]}`, the surest
    value of each field first; `box` is where it stands in the image, in shares of its sides.
    """
    content = _collected(chunks)
    if b"BEGIN:VCARD" in content[:4096].upper().replace(b" ", b""):
        cards = read_vcards(content)
        if not cards:
            raise invalid("file", "no_card", NO_VCARD)
        return {"source": "vcard", "cards": [_as_json(card) for card in cards]}
    answer = _look(content)
    lines = [Line(line["text"], line["confidence"], tuple(line["box"])) for line in answer["lines"]]
    read = understand(lines)
    codes = [card for code in answer["codes"] if is_code(code) for card in read_code(code)]
    if codes:
        return {"source": "code", "cards": [_as_json(_joined(codes[0], read)), *map(_as_json, codes[1:])]}
    if not read.is_card:
        raise invalid("file", "no_card", NO_CARD)
    return {"source": "photo", "cards": [_as_json(read)]}


def _collected(chunks: Iterable[bytes]) -> bytes:
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES:
            raise TooLarge(TOO_LARGE, code="image_too_large", max=MAX_BYTES // 1_000_000)
        parts.append(chunk)
    return b"".join(parts)


def _look(content: bytes) -> dict[str, Any]:
    if not _running.acquire(timeout=WAIT_SECONDS):
        raise TooMany(extra={"retry_after": WAIT_SECONDS})
    try:
        with tempfile.TemporaryDirectory(prefix="guanxi-card-") as folder:
            path = Path(folder) / "card"
            path.write_bytes(content)
            limits = json.dumps({"memory": MEMORY, "seconds": SECONDS, "pixels": MAX_PIXELS})
            command = [sys.executable, "-m", READER, str(path), limits]
            done = subprocess.run(command, capture_output=True, timeout=SECONDS + 10, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise TooLarge(TOO_MANY_PIXELS, code="image_too_large") from None
    finally:
        _running.release()
    if problem := answer.get("problem"):
        raise _problem(problem)
    return answer


def _problem(kind: str) -> Problem:
    if kind == "not_installed":
        return Unavailable(NOT_INSTALLED, code="not_installed")
    if kind == "too_large":
        return TooLarge(TOO_MANY_PIXELS, code="image_too_large")
    return invalid("file", "no_image", NO_IMAGE)


def _joined(sure: Card, read: Card) -> Card:
    """What the printed code says, and of the letters what it does not."""
    known = {(found.object, found.field) for found in sure.values}
    return Card([*sure.values, *(f for f in read.values if (f.object, f.field) not in known)], read.rest)


def _as_json(card: Card) -> dict[str, Any]:
    return {
        "values": [_value(found) for found in card.values],
        "rest": [line.text for line in card.rest][:50],
    }


def _value(found: Found) -> dict[str, Any]:
    return {"object": found.object, "field": found.field, "value": found.value, "confidence": found.confidence,
            "box": list(found.box) if found.box else None}  # fmt: skip
