"""Reads one uploaded picture and writes it anew: the only place where a stranger's bytes are decoded.

Runs as a program of its own, with little memory and time, no settings and no secrets, so that a
fault in a decoder costs one upload. Takes an order as JSON on standard input and answers with JSON:
either `refused`, a reason, or the format and size of the picture and the names of the files made.
"""

import contextlib
import json
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MEMORY, SECONDS, FILE_SIZE = 512 * 2**20, 10, 20 * 2**20
SETTINGS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 80, "method": 4},
    "avif": {"quality": 58, "speed": 8, "max_threads": 1},
}
MASTER = {"quality": 90, "method": 1}


class Refused(Exception):
    """The picture cannot be taken; the argument is one of the reasons in accounts/pictures.py."""


def limit() -> None:
    """Take away what decoding a picture never needs. Some systems cannot limit memory: time is left."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: FILE_SIZE,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))


def read(order: dict[str, Any]) -> dict[str, Any]:
    """Check the picture, decode it, and make the files that the order wants."""
    from PIL import Image, UnidentifiedImageError

    # Only this warning is an error: others, such as damaged EXIF, come with good pictures too.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = order["max_pixels"]
    try:
        picture = Image.open(order["source"], formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("unknown") from error
    with picture:
        width, height = picture.size
        if width * height > order["max_pixels"] or max(width, height) > order["max_side"]:
            raise Refused("pixels")
        found = {"format": picture.format, "width": width, "height": height}
        if wanted := order.get("make"):
            return found | {"files": make(decoded(picture, spare(picture.size, wanted)), wanted)}
        decoded(picture, max(1, min(picture.size) // 64))
        return found


def spare(size: tuple[int, int], wanted: dict[str, Any]) -> int:
    """How many times smaller the picture may be made at once without any wanted file losing by it."""
    short = max(max(cut["widths"]) * max(1, 1 / (cut["aspect"] or 1)) for cut in wanted["cuts"])
    times = min(size) / (short * 1.25)
    if wanted["master"]:
        times = min(times, max(size) / wanted["master"])
    return max(1, int(times))


def decoded(picture: "Image.Image", times: int) -> "Image.Image":
    """The first frame the right way up, in sRGB on white, so many times smaller, and nothing else of the file."""
    from PIL import Image, ImageOps

    profile = picture.info.get("icc_profile")
    width = picture.width
    picture.draft("RGB", (width // times, picture.height // times))  # JPEG decodes smaller at once
    picture.load()
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point([v >> 8 for v in range(65536)], "L")
    elif picture.mode in ("I", "F"):
        raise Refused("unknown")
    clear = picture.mode in ("P", "PA", "LA", "La", "RGBA", "RGBa") or "transparency" in picture.info
    flat = picture.convert("RGBA" if clear else "CMYK" if picture.mode == "CMYK" else "RGB")
    if (left := times * flat.width // width) > 1:
        flat = flat.reduce(left)
    with contextlib.suppress(Exception):  # an unreadable orientation is no orientation
        orientation = picture.getexif().get(0x0112, 1)
        flat.getexif()[0x0112] = orientation
        flat = ImageOps.exif_transpose(flat)
    if profile:
        flat = in_srgb(flat, profile)
    new = Image.new("RGB", flat.size, "white")
    new.paste(flat.convert("RGB"), mask=flat.getchannel("A") if clear else None)
    return new


def in_srgb(picture: "Image.Image", profile: bytes) -> "Image.Image":
    """Colours as browsers will take them once the profile is gone; as they are if it cannot be used."""
    from io import BytesIO

    from PIL import ImageCms

    try:
        given, wanted = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        if picture.mode == "RGBA":
            colours = ImageCms.profileToProfile(picture.convert("RGB"), given, wanted, outputMode="RGB")
            if colours:
                colours.putalpha(picture.getchannel("A"))
        else:
            colours = ImageCms.profileToProfile(picture, given, wanted, outputMode="RGB")
        return colours or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def make(picture: "Image.Image", wanted: dict[str, Any]) -> list[str]:
    """Write every cut in its widths and kinds, cropped around the focus; and a master for later, whole."""
    from PIL import Image

    folder, names = Path(wanted["folder"]), []
    if wanted["master"]:
        master = picture.copy()
        master.thumbnail((wanted["master"], wanted["master"]), Image.Resampling.LANCZOS)
        master.save(folder / "master.webp", "WEBP", **MASTER)
    for cut in wanted["cuts"]:
        aspect = cut["aspect"] or max(picture.width / picture.height, 0.25)
        part = cropped(picture, aspect, wanted["focus"])
        for width in cut["widths"]:
            height = max(1, round(width * part.height / part.width))
            sized = part.resize((width, height), Image.Resampling.LANCZOS)
            for kind in cut["kinds"]:
                name = f"{cut['prefix']}{width}.{kind}"
                sized.save(folder / name, kind.upper(), **SETTINGS[kind])
                names.append(name)
    return names


def cropped(picture: "Image.Image", aspect: float, focus: list[float]) -> "Image.Image":
    """The largest part with this ratio of width to height that has the focus as near its middle as can be."""
    width = max(1, min(picture.width, round(picture.height * aspect)))
    height = max(1, min(picture.height, round(picture.width / aspect)))
    left = min(max(0, round(picture.width * focus[0] - width / 2)), picture.width - width)
    top = min(max(0, round(picture.height * focus[1] - height / 2)), picture.height - height)
    return picture.crop((left, top, left + width, top + height))


def main() -> None:
    order = json.load(sys.stdin)
    limit()
    try:
        answer = read(order)
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "pixels"}
    except Exception:  # whatever a decoder says of damaged bytes
        answer = {"refused": "broken"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
