"""Uploads that are refused, with which words and at what cost to the site, and the largest that is not."""

import resource
import time
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.api.upkeep import forget_requests
from accounts.pictures import PictureRefused, read_picture, save_picture
from tests.accounts.uploads import chunk, file_of, halves, png_claiming, png_of, stored
from tests.staff import logged_in


def refusal(file, **limits):
    with pytest.raises(PictureRefused) as refused:
        read_picture(file, **limits)
    return str(refused.value)


def test_a_text_file_is_refused_whatever_its_name():
    said = refusal(SimpleUploadedFile("me.png", b"I am not a picture.", "image/png"))
    assert said == "This file is not a picture we can read. Use a JPEG, PNG or WebP."


@pytest.mark.parametrize("form", ["EPS", "TIFF", "GIF", "BMP", "ICO", "PDF", "PPM", "AVIF", "JPEG2000"])
def test_other_formats_are_refused(form):
    assert "Use a JPEG, PNG or WebP" in refusal(file_of(halves((64, 64)), form))


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04" + b"\0" * 60,
        b"\0\0\0\x20ftypheic" + b"\0" * 60,
        b"8BPS\0\x01" + b"\0" * 60,
    ],
    ids=["svg", "html", "pdf", "zip", "heic", "psd"],
)
def test_what_only_claims_to_be_a_picture_is_refused(content):
    assert "Use a JPEG, PNG or WebP" in refusal(BytesIO(content))


def test_an_empty_file_is_refused():
    assert refusal(BytesIO()) == "This file is empty. Choose the picture again."


def test_too_many_bytes_are_refused_before_anything_is_decoded():
    assert "larger than 5 MB" in refusal(BytesIO(b"\x89PNG" + b"\0" * (5 * 2**20)))


@pytest.mark.parametrize("size", [(8000, 5000), (30_000, 30_000), (10_001, 10), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_quickly_and_without_its_memory(size):
    file = png_of(*size) if size[0] < 2**20 and size[0] * size[1] < 10**8 else png_claiming(*size)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert "at most 25 megapixels" in refusal(file)
    assert time.monotonic() - start < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_the_largest_picture_that_is_allowed_is_taken_and_the_parent_stays_small(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    eight_tones = Image.effect_noise((6250, 4000), 30).point([tone & 0xE0 for tone in range(256)]).convert("P")
    file = file_of(eight_tones, "PNG", compress_level=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    key = save_picture(file, folder="posters", widths=(180, 360, 600), aspect=2 / 3, max_bytes=40 * 2**20)
    assert stored(key, 600).size == (600, 900)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024


def test_a_swollen_text_chunk_is_refused():
    file = png_of(64, 64).getvalue()
    bomb = chunk(b"zTXt", b"note\0\0" + zlib.compress(b"a" * (80 * 2**20), 9))
    said = refusal(BytesIO(file[:33] + bomb + file[33:]))
    assert "picture" in said


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.9])
def test_a_picture_cut_short_is_refused(form, part):
    whole = file_of(Image.effect_noise((400, 400), 80).convert("RGB"), form).getvalue()
    said = refusal(BytesIO(whole[: int(len(whole) * part)]))
    assert "damaged or cut short" in said or "Use a JPEG, PNG or WebP" in said


def test_damaged_bytes_never_do_more_than_be_refused():
    whole = bytearray(file_of(Image.effect_noise((120, 120), 80).convert("RGB"), "JPEG").getvalue())
    for place in range(20, len(whole), len(whole) // 8):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            read_picture(BytesIO(bytes(damaged)))
        except PictureRefused as refused:
            assert str(refused)


@pytest.mark.django_db
def test_nobody_keeps_the_processors_busy_with_pictures_all_day(cast, monkeypatch):
    monkeypatch.setattr("accounts.actions.MOST_PICTURES", 2)
    ana, form = logged_in(cast.ana), "/accounts/settings/picture/"
    noise = SimpleUploadedFile("me.png", b"I am not a picture.")
    answers = [ana.post(form, {"picture": file}) for file in (file_of(halves((64, 64)), "PNG"), noise)]
    assert [answer.status_code for answer in answers] == [302, 422]
    again = ana.post(form, {"picture": file_of(halves((64, 64)), "PNG")})
    assert again.status_code == 422 and "You have sent 2 pictures today" in again.text
    assert ana.post(form, {"remove": "1"}).status_code == 302
    forget_requests()
    assert ana.post(form, {"picture": file_of(halves((64, 64)), "PNG")}).status_code == 422
    assert logged_in(cast.bea).post(form, {"picture": file_of(halves((64, 64)), "PNG")}).status_code == 302
    tomorrow = time.time() + 24 * 3600
    monkeypatch.setattr("time.time", lambda: tomorrow)
    assert ana.post(form, {"picture": file_of(halves((64, 64)), "PNG")}).status_code == 302
