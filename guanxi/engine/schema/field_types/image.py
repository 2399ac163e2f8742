"""`image`: pictures."""

from typing import ClassVar

from guanxi.engine.schema.field_types.files import FilesFieldType
from guanxi.kit.text import Text


class ImageFieldType(FilesFieldType):
    """Like `files`, for pictures: shown small in lists and large on the page."""

    type = "image"
    label = Text("图片", "Images")
    doc = Text("上传的图片，最多 50 张。", "Uploaded pictures, 50 at most.")
    accept: ClassVar[tuple[str, ...]] = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
