"""A drawn signature: strokes of points in a box, nothing that could be anything else."""

from typing import Any

from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

WIDTH, HEIGHT = 1000, 360
MAX_STROKES = 200
MAX_POINTS = 6000
LEAST_POINTS = 8
"""Fewer is a slip of the finger."""

UNSIGNED = Text("请在方框里签名。", "Please sign in the box.")
BAD_STROKES = Text("签名的数据不对，请清除后重签。", "The signature cannot be read. Clear it and sign again.")

Strokes = list[list[list[int]]]


def read_signature(value: Any) -> Strokes:
    """The strokes of `[[[x, y], …], …]` in whole numbers within the box; raises Invalid at `signature`."""
    if value in (None, []):
        raise invalid("signature", "required", UNSIGNED)
    if (
        not isinstance(value, list)
        or len(value) > MAX_STROKES
        or not all(isinstance(stroke, list) for stroke in value)
    ):
        raise invalid("signature", "wrong_type", BAD_STROKES)
    points = [point for stroke in value for point in stroke]
    if len(points) > MAX_POINTS or not all(_is_point(point) for point in points):
        raise invalid("signature", "wrong_type", BAD_STROKES)
    if len(points) < LEAST_POINTS:
        raise invalid("signature", "required", UNSIGNED)
    return [[[point[0], point[1]] for point in stroke] for stroke in value if stroke]


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) != 2:
        return False
    whole = all(isinstance(part, int) and not isinstance(part, bool) for part in point)
    return whole and 0 <= point[0] <= WIDTH and 0 <= point[1] <= HEIGHT
