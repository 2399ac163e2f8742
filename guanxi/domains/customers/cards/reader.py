"""The process that looks at a photo: lines of text and printed codes, under limits (see scanning.py).

Called as `python -m guanxi.domains.customers.cards.reader IMAGE LIMITS`; prints one JSON object:
`{"lines": [{"text", "confidence", "box"}], "codes": [text]}` or `{"problem": …}`. Imports nothing of ours.
"""

import json
import logging
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

LONGEST_SIDE = 1800


def main() -> None:
    """Read, and say what came of it."""
    path, limits = sys.argv[1], json.loads(sys.argv[2])
    with suppress(ImportError):  # Windows has no such limits: there the parent's time-out is the only one
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    try:
        answer = _read(path, limits["pixels"])
    except ImportError:
        answer = {"problem": "not_installed"}
    except MemoryError:
        answer = {"problem": "too_large"}
    print(json.dumps(answer))


def _read(path: str, pixels: int) -> dict[str, Any]:
    image_module: Any = import_module("PIL.Image")
    ops = import_module("PIL.ImageOps")
    image_module.MAX_IMAGE_PIXELS = pixels
    try:
        with image_module.open(path) as opened:
            if opened.width * opened.height > pixels:
                return {"problem": "too_large"}
            picture = ops.exif_transpose(opened).convert("RGB")
    except image_module.DecompressionBombError:
        return {"problem": "too_large"}
    except Exception:  # noqa: BLE001 - a decoder of files from anywhere
        return {"problem": "no_image"}
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels_of = import_module("numpy").asarray(picture)
    return {"lines": _lines(pixels_of, picture.width, picture.height), "codes": _codes(pixels_of)}


def _lines(pixels: Any, width: int, height: int) -> list[dict[str, Any]]:
    logging.disable(logging.CRITICAL)
    found = import_module("rapidocr").RapidOCR()(pixels)
    lines = []
    if found.boxes is None:
        return []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = [float(p[0]) / width for p in box], [float(p[1]) / height for p in box]
        place = [round(v, 4) for v in (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))]
        lines.append({"text": text, "confidence": round(float(score), 3), "box": place})
    return lines


def _codes(pixels: Any) -> list[str]:
    ok, texts, *_ = import_module("cv2").QRCodeDetector().detectAndDecodeMulti(pixels)
    return [text for text in texts if text] if ok else []


if __name__ == "__main__":
    main()
