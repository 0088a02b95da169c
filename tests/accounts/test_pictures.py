"""Uploads: what may come in, and what is stored, replaced and removed."""

import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageCms

from accounts import picture_files, pictures
from accounts.picture_files import master_of, remove_after_commit, remove_picture, sweep, url_of
from accounts.pictures import AVATAR_WIDTHS, PictureRefused, read_picture, save_avatar, save_picture
from tests.accounts.uploads import chunk, file_of, halves, stored
from tests.base import all_at_once

PAYLOAD = b"<script>alert(document.domain)</script>"


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def everything_under(folder):
    return {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


# What may come in


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_it_reads_jpeg_png_and_webp(form):
    found = read_picture(file_of(halves(), form))
    assert (found.format, found.width, found.height) == (form, 300, 200)


KINDS_OF_PIXELS = "L/PNG 1/PNG P/PNG LA/PNG RGBA/PNG CMYK/JPEG L/JPEG RGBA/WEBP I;16/PNG".split()


@pytest.mark.parametrize("mode, form", [kind.split("/") for kind in KINDS_OF_PIXELS])
def test_it_takes_every_usual_kind_of_pixels(mode, form):
    picture = halves().convert("L").convert("I;16") if mode == "I;16" else halves(mode=mode)
    key = save_avatar(file_of(picture, form))
    assert stored(key).size == (104, 104)


def test_sixteen_bit_grey_keeps_its_tones():
    picture = Image.new("I;16", (80, 80), 0x8000)
    assert 120 <= stored(save_avatar(file_of(picture, "PNG"))).getpixel((50, 50))[0] <= 136


def test_what_is_clear_becomes_white():
    picture = Image.new("RGBA", (80, 80), (255, 0, 0, 0))
    assert min(stored(save_avatar(file_of(picture, "PNG"))).getpixel((50, 50))) > 250


def test_the_first_frame_stands_for_a_moving_picture():
    frames = [Image.new("RGB", (60, 60), "red"), Image.new("RGB", (60, 60), "blue")]
    for form in ("WEBP", "PNG"):
        key = save_avatar(file_of(frames[0], form, save_all=True, append_images=frames[1:]))
        red, _, blue = stored(key).getpixel((50, 50))
        assert red > 200 and blue < 60


def test_a_sideways_photograph_is_stored_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right to see it
    key = save_picture(file_of(halves((400, 200)), exif=exif), folder="posters", widths=(100,))
    picture = stored(key, 100)
    assert picture.size == (100, 200)
    assert picture.getpixel((50, 20))[0] > 200 and picture.getpixel((50, 180))[2] > 200


def test_colours_of_another_space_are_brought_to_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    key = save_avatar(file_of(halves(), "PNG", icc_profile=lab))
    assert stored(key).getpixel((10, 50))[0] > 240
    broken = save_avatar(file_of(halves(), "PNG", icc_profile=b"no profile"))
    assert stored(broken).getpixel((10, 50))[0] > 240


def test_a_file_from_a_form_is_read_from_its_start_and_left_there():
    file = SimpleUploadedFile("face.png", file_of(halves(), "PNG").getvalue(), "image/png")
    file.read(7)
    assert read_picture(file).format == "PNG"
    assert file.read(4) == b"\x89PNG"


# What is stored


def test_nothing_of_the_uploaded_file_but_its_pixels_is_kept(places):
    exif = Image.Exif()
    exif[0x010E] = "CANARY in the description"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.5, 7.25, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    extras = {"exif": exif, "comment": PAYLOAD, "icc_profile": profile, "xmp": b"<x:xmpmeta>CANARY</x:xmpmeta>"}
    jpeg = file_of(halves(), "JPEG", **extras).getvalue() + PAYLOAD
    png = file_of(halves(), "PNG").getvalue() + b"PK\x03\x04" + PAYLOAD
    png = png[:33] + chunk(b"tEXt", b"Comment\0" + PAYLOAD) + png[33:]
    for file in (jpeg, png):
        save_picture(BytesIO(file), folder="posters", widths=(90, 180), aspect=2 / 3, keep_master=True)
    files = everything_under(places)
    assert len(files) == 2 * (2 * 2 + 1)
    for path, content in files.items():
        assert not any(word in content for word in (b"CANARY", b"script", b"PK\x03\x04", b"xmpmeta")), path
        with Image.open(path) as picture:
            assert picture.format in ("WEBP", "AVIF")
            assert not picture.getexif() and not picture.info.get("icc_profile") and not picture.info.get("xmp")


def test_names_are_drawn_by_lot_and_say_nothing(places):
    file = SimpleUploadedFile("../../etc/passwd\0.php", file_of(halves()).getvalue())
    keys = {save_avatar(file), save_avatar(file)}
    assert len(keys) == 2
    for path in everything_under(places / "media"):
        assert path.name in {f"{width}.webp" for width in AVATAR_WIDTHS}
        assert path.stat().st_mode & 0o777 == 0o644


def test_every_width_in_both_kinds_and_cropped_to_its_ratio():
    key = save_picture(file_of(halves((900, 600))), folder="posters", widths=(180, 360, 600), aspect=2 / 3)
    for width in (180, 360, 600):
        for kind in ("webp", "avif"):
            assert stored(key, width, kind).size == (width, width * 3 // 2)
    assert url_of(key, 360) == f"/media/{key}/360.webp"
    assert url_of("", 360) == ""


def test_the_crop_follows_the_focus():
    left = save_picture(file_of(halves()), folder="posters", widths=(50,), aspect=0.5, focus=(0, 0.5))
    right = save_picture(file_of(halves()), folder="posters", widths=(50,), aspect=0.5, focus=(1, 0.5))
    assert stored(left, 50).getpixel((25, 25))[0] > 200
    assert stored(right, 50).getpixel((25, 25))[2] > 200


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
def test_a_thread_of_a_picture_still_gives_every_file(size):
    key = save_picture(file_of(Image.new("RGB", size, "red"), "PNG"), folder="posters", widths=(90,))
    assert stored(key, 90).size[0] == 90


def test_a_refused_picture_leaves_nothing(places):
    with pytest.raises(PictureRefused):
        save_avatar(BytesIO(b"text"))
    assert not everything_under(places)


def test_a_kept_master_is_out_of_the_webs_reach(places):
    key = save_picture(file_of(halves()), folder="posters", widths=(90,), keep_master=True)
    assert master_of(key).is_file()
    assert not master_of(key).is_relative_to(places / "media")


# Replacing and removing


def test_removing_takes_every_file_and_a_foreign_key_takes_none(places):
    keep = save_avatar(file_of(halves()))
    gone = save_picture(file_of(halves()), folder="posters", widths=(90,), keep_master=True)
    for key in ("", "..", "avatars", f"../media/{keep}", gone, gone):
        remove_picture(key)
    assert set(everything_under(places)) == {places / "media" / keep / f"{width}.webp" for width in AVATAR_WIDTHS}


@pytest.mark.django_db(transaction=True)
def test_a_replaced_picture_goes_when_the_change_is_certain_and_not_before():
    key = save_avatar(file_of(halves()))
    with pytest.raises(RuntimeError), transaction.atomic():
        remove_after_commit(key)
        raise RuntimeError
    assert default_storage.exists(f"{key}/104.webp")
    with transaction.atomic():
        remove_after_commit(key)
        assert default_storage.exists(f"{key}/104.webp")
    assert not default_storage.exists(f"{key}/104.webp")


@pytest.mark.django_db(transaction=True)
def test_a_store_that_is_away_undoes_no_change_and_stops_nothing_that_follows(monkeypatch):
    def away(key: str) -> None:
        raise OSError("The bucket does not answer.")

    monkeypatch.setattr("accounts.picture_files.remove_picture", away)
    followed = []
    with transaction.atomic():
        remove_after_commit("avatars/ab/abcdef")
        transaction.on_commit(lambda: followed.append("what follows"))
    assert followed == ["what follows"]


def test_sweeping_takes_old_pictures_that_no_row_uses():
    used, orphan = save_avatar(file_of(halves())), save_avatar(file_of(halves()))
    assert sweep("avatars", {used}) == []  # both are young
    assert sweep("avatars", {used}, older_than=-timedelta(seconds=5)) == [orphan]
    assert default_storage.exists(f"{used}/104.webp") and not default_storage.exists(f"{orphan}/104.webp")
    assert sweep("nothing", set()) == []


def test_no_reader_ever_sees_half_a_file(places):
    content, seen, done = b"x" * 400_000, set(), threading.Event()

    def look():
        while not done.is_set():
            if (places / "media/posters/drawn").exists():
                seen.add(len((places / "media/posters/drawn").read_bytes()))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(50):
        picture_files.store("posters/drawn", content)
    done.set()
    reader.join()
    assert seen <= {len(content)}
    assert [path.name for path in (places / "media/posters").iterdir()] == ["drawn"]


def test_eight_uploads_at_once_are_all_read_two_at_a_time():
    results = []

    def send():
        results.append(save_avatar(file_of(halves((1200, 900)))))

    assert all_at_once([send] * 8) == []
    assert len(set(results)) == 8
    assert pictures._turns._value == 2
