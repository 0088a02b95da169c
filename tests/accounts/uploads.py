"""Files as members send them, good and bad, and what is stored of them."""

import struct
import zlib
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image


def halves(size=(300, 200), mode="RGB"):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture.convert(mode)


def file_of(picture, form="JPEG", **options):
    file = BytesIO()
    picture.save(file, form, **options)
    return BytesIO(file.getvalue())


def stored(key, width=104, kind="webp"):
    with default_storage.open(f"{key}/{width}.{kind}") as file:
        return Image.open(BytesIO(file.read())).convert("RGB")


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width, height):
    """A PNG of one colour, small as a file whatever its size as a picture."""
    row = b"\0" * (width // 8 + 2)
    pack = zlib.compressobj(9)
    body = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def png_claiming(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")))
