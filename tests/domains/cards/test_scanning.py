"""Business cards through the API: photos, vCards, printed codes, and what is none of them."""

import importlib.util
import io
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from guanxi.domains.customers.cards.vcards import read_code, read_vcards
from guanxi.engine.tenancy.context import Role
from tests.firms import Firm

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
VCARDS = Path("../shared/data/torture/vcard")
reads_photos = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the optional extra guanxi[cards] is not installed"
)


def scanned(firm: Firm, content: bytes, name: str, *, role: Role = Role.MEMBER) -> Any:
    door = firm.door(firm.add("李明", role))
    response = door.client.post(
        "/api/v1/cards/scan", {"file": SimpleUploadedFile(name, content)}, headers=door.headers
    )
    response.data = response.json()  # type: ignore[attr-defined]
    return response


def first(data: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in data["cards"][0]["values"]:
        found.setdefault(f"{value['object']}.{value['field']}", value["value"])
    return found


def photo(*lines: str, size: int = 34) -> bytes:
    path = next((font for font in FONTS if Path(font).exists()), None)
    if path is None:
        pytest.skip("no Chinese font to draw a card with: apt-get install fonts-noto-cjk")
    image = Image.new("RGB", (1000, 120 + 70 * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        draw.text((60, 60 + 70 * i), line, font=ImageFont.truetype(path, size), fill="black")
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@reads_photos
def test_a_photo_becomes_values_with_their_places(firm: Firm) -> None:
    answer = scanned(
        firm,
        photo("中山市恒拓机械有限公司", "陈志强  销售总监", "手机：13800138000", "邮箱：chen@hengtuo.com"),
        "card.png",
    )
    assert answer.status_code == 200, answer.data
    found = first(answer.data)
    assert found["contact.mobile"] == "+8613800138000"
    assert found["customer.name"] == "中山市恒拓机械有限公司"
    assert found["contact.email"] == "chen@hengtuo.com"
    mobile = next(v for v in answer.data["cards"][0]["values"] if v["field"] == "mobile")
    assert 0 < mobile["box"][0] < 1
    assert mobile["confidence"] > 0.7


@reads_photos
def test_a_photo_of_something_else_is_refused(firm: Firm) -> None:
    answer = scanned(firm, photo("出口", "EXIT"), "door.png")
    assert answer.status_code == 422
    assert answer.data["errors"][0]["code"] == "no_card"


@reads_photos
def test_a_file_that_is_no_image_is_refused(firm: Firm) -> None:
    assert scanned(firm, b"%PDF-1.7 nothing", "card.jpg").data["errors"][0]["code"] == "no_image"


def test_a_huge_image_is_refused_before_it_is_read(firm: Firm) -> None:
    assert scanned(firm, b"\xff\xd8" + b"0" * 15_000_001, "card.jpg").status_code == 413


@reads_photos
@pytest.mark.asvs("5.2.6")
def test_an_image_that_unpacks_to_gigabytes_is_refused(firm: Firm) -> None:
    written = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(written, "PNG")
    assert scanned(firm, written.getvalue(), "bomb.png").status_code == 413


def test_a_read_only_person_scans_nothing(firm: Firm) -> None:
    assert scanned(firm, b"BEGIN:VCARD\nFN:A\nEND:VCARD", "a.vcf", role=Role.READ_ONLY).status_code == 403


def test_a_vcard_says_itself_what_it_holds(firm: Firm) -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=99=88;=E5=BF=97=E5=BC=BA\r\n"
        "ORG;CHARSET=UTF-8:恒拓机械;销售部\r\nTEL;CELL:13800138000\r\nTEL;FAX:010-65881234\r\nEND:VCARD\r\n"
    )
    answer = scanned(firm, text.encode(), "chen.vcf")
    assert answer.data["source"] == "vcard"
    assert first(answer.data) == {
        "contact.name": "陈志强", "customer.name": "恒拓机械", "contact.department": "销售部",
        "contact.mobile": "+8613800138000",
    }  # fmt: skip


def test_a_broken_card_costs_only_itself() -> None:
    good = "BEGIN:VCARD\nVERSION:3.0\nFN:王芳\nEMAIL:wang@firm.example\nEND:VCARD\n"
    cards = read_vcards(("BEGIN:VCARD\nVERSION:9\nTEL;;;:\x01\nEND:VCARD\n" + good).encode())
    assert [v.value for card in cards for v in card.values if v.field == "name"] == ["王芳"]


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCARD\n" * 50_000,
        b"BEGIN:VCARD\n" + b"TEL:1380013\n" * 500_000,
        b"BEGIN:VCARD\nFN:A" + b"\n b" * 200_000 + b"\nEND:VCARD",
        b"BEGIN:VCARD\n" + ("x:" + "中1@a." * 900 + "\n").encode() * 250 + b"END:VCARD\n",
    ],
    ids=["begun again and again", "never ended", "folded without end", "no values"],
)
def test_an_endless_card_is_over_soon(content: bytes) -> None:
    begun = time.process_time()
    assert len(read_vcards(content)) <= 1
    assert time.process_time() - begun < 20, "it used to keep a thread busy for minutes"


def test_a_card_that_is_never_ended_ends_where_the_next_begins() -> None:
    picture = "PHOTO;ENCODING=b:" + "A" * 100_000
    cards = read_vcards(f"BEGIN:VCARD\nFN:张三\x00\n{picture}\nBEGIN:VCARD\nFN:李\n 四\nEND:VCARD".encode())
    assert [[found.value for found in card.values] for card in cards] == [["张三"], ["李四"]]


def test_codes_printed_on_cards() -> None:
    card = read_code("MECARD:N:陈,志强;TEL:13800138000;ORG:恒拓\\;机械;EMAIL:Chen@hengtuo.com;;")[0]
    assert {(v.field, v.value) for v in card.values} == {
        ("name", "陈志强"), ("mobile", "+8613800138000"), ("name", "恒拓;机械"), ("email", "chen@hengtuo.com"),
    }  # fmt: skip


@pytest.mark.realdata
@pytest.mark.skipif(not VCARDS.is_dir(), reason="the real data sets are not here")
def test_cards_of_every_client_are_read() -> None:
    for path in VCARDS.rglob("*.vcf"):
        cards = read_vcards(path.read_bytes())
        assert cards, path
        assert all(card.values for card in cards), path
