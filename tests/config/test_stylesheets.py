import gzip
import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from config.stylesheets import JOINED, CompressOnce, joined
from tests.site import collect_static

ALONE = {"api-docs.css"}  # the one page with it asks for it

pytestmark = pytest.mark.django_db


def paths():
    return {name: (storage, name) for finder in get_finders() for name, storage in finder.list([])}


@pytest.mark.parametrize("sheet", JOINED)
def test_a_stylesheet_comes_in_one_piece_with_every_part_in_it(sheet: str):
    text = joined(sheet, paths())
    style = settings.BASE_DIR / "static/css"
    folders = ["admin"] if sheet == "css/admin.css" else ["components", "pages"]
    wanted = [path for folder in folders for path in (style / folder).glob("*.css") if path.name not in ALONE]
    assert "@import" not in text
    assert text.count("{") == text.count("}")
    for path in wanted:
        assert path.read_text()[:40].strip() in text, path


@pytest.mark.slow
def test_pictures_are_still_found_from_the_joined_sheet():
    collect_static()
    names = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    name = names["css/site.css"]
    served = (settings.STATIC_ROOT / name).read_text()
    pictures = re.findall(r'url\("([^"]+)"\)', served)
    assert len(pictures) >= 3
    for picture in pictures:
        assert (settings.STATIC_ROOT / name).parent.joinpath(picture).resolve().is_file(), picture


def test_what_is_there_under_two_names_is_compressed_once(tmp_path):
    text = b"body { color: red }\n" * 99
    for name in ("site.css", "site.39e81af66c79.css"):
        (tmp_path / name).write_bytes(text)
    compressor = CompressOnce(quiet=True)
    made = {name: compressor.compress(str(tmp_path / name)) for name in ("site.css", "site.39e81af66c79.css")}
    assert [[path.rpartition(".")[2] for path in paths] for paths in made.values()] == [["br", "gz"]] * 2
    assert gzip.decompress((tmp_path / "site.39e81af66c79.css.gz").read_bytes()) == text
    assert compressor.compress_brotli(text) is compressor.compress_brotli(text)
    assert compressor.compress_brotli(text) != compressor.compress_brotli(text[:-1])
