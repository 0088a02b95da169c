"""The poster press: the same film gives the same picture, all type stays on the sheet, and no box is ever shown."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from films.press import FAMILIES, PALETTES, Subject, draw
from films.press.coverage import coverage
from films.press.families import LEANINGS, family_of
from films.press.fonts import OWN, font_folders, machine_fonts, words
from films.press.lines import SMALLEST, fit
from films.press.palettes import contrast, rgb
from films.press.press import HEIGHT, MARGIN, WIDTH, Press
from films.press.romanise import romanised

LONG = "Night of the Day of the Dawn of the Son of the Bride of the Return of the Revenge of the Terror " * 4
TITLES = {
    "usual": "Baby Driver",
    "one letter": "M",
    "none": "",
    "350 characters": LONG[:350],
    "one long word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "350 letters without a space": "Ha" * 175,
    "stacked marks": "Đảo của dân ngụ cư ẾỄ",
    "emoji": "🎬 The Emoji Movie 😀👩‍👩‍👧",
    "only emoji": "🎬🎬",
    "Greek": "Ο Θίασος",
    "Cyrillic": "Зеркало",
    "Japanese": "千と千尋の神隠し",
    "Korean": "기생충",
    "Arabic": "كفرناحوم",
    "Hebrew": "בופור",
    "Devanagari": "पथेर पांचाली",
    "Thai": "ลุงบุญมีระลึกชาติ",
    "control characters": "Tab\tNew\nline\x00\u202eoverride",
    "lone surrogate": "half \ud83c a pair",
    "a pile of marks": "Z" + "\u0301" * 40 + "algo",
    "marks without a letter": "\u0301\u0302",
}
DIRECTORS = (
    "Edgar Wright",
    "",
    "宮崎駿",
    "Joel Coen, Ethan Coen, Sam Raimi, Guillermo del Toro and Apichatpong Weerasethakul",
)


class Watched(Press):
    """A press that notes where it has set type, and how large."""

    def __init__(self, subject, scale):
        super().__init__(subject, scale)
        self.set = []

    def text(self, x, y, text, font, fill, anchor):
        box = self.draw.textbbox((x * self.scale, y * self.scale), text, font=font, anchor=anchor)
        self.set.append((text, [side / self.scale for side in box], font.size / self.scale))
        super().text(x, y, text, font, fill, anchor)


def pressed(subject, scale=0.6):
    press = Watched(subject, scale)
    FAMILIES[family_of(press)](press)
    return press


def assert_all_on_the_sheet(press):
    for text, (left, top, right, bottom), size in press.set:
        if len(text) == 1 and size > 200:  # the great initial, which may come near the edge
            assert left >= -20 and right <= WIDTH + 20 and top >= 0, text
            continue
        # Beyond the margin by a little, and by the pixel to which letters are rounded.
        loose = 12 + 1 / press.scale
        assert left >= MARGIN - loose and right <= WIDTH - MARGIN + loose, (press.subject, text, left, right)
        assert top >= 8 and bottom <= HEIGHT - 20, (press.subject, text, top, bottom)
        assert size >= 10.4, (text, size)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_all_type_stays_on_the_sheet_and_can_be_read(title, family):
    director = DIRECTORS[len(title) % len(DIRECTORS)]
    press = pressed(Subject(title, 1957 if len(title) % 3 else None, director, "Drama", family=family))
    assert_all_on_the_sheet(press)
    setting = press.named("sans")
    if setting and press.set:
        assert max(size for _, _, size in press.set) >= SMALLEST * 0.99


@settings(max_examples=60, deadline=None)
@example("j0000010", "000001", 1874, "arcs")
@given(
    st.text(max_size=250), st.text(max_size=80), st.integers(1874, 2100) | st.none(), st.sampled_from(sorted(FAMILIES))
)
def test_any_text_can_be_pressed(title, director, year, family):
    assert_all_on_the_sheet(pressed(Subject(title, year, director, "", family=family), scale=0.3))


def test_the_same_film_gives_the_same_picture_and_another_film_another():
    film = Subject("Playtime", 1967, "Jacques Tati", "Comedy")
    assert draw(film, 180).tobytes() == draw(film, 180).tobytes()
    assert draw(film, 180).tobytes() != draw(Subject("Playtime", 1968, "Jacques Tati", "Comedy"), 180).tobytes()


@pytest.mark.parametrize(
    "film, family, palette",
    [
        (Subject("Baby Driver", 2017, "Edgar Wright", "Action"), "overture", "peach"),
        (Subject("Зеркало", 1975, "Андрей Тарковский", "Drama"), "horizon", "lagoon"),
        (Subject("8½", 1963, "Federico Fellini", "Drama"), "halftone", "vanilla"),
        (Subject("M", 1931, "Fritz Lang", "Crime"), "windows", "pistachio"),
    ],
)
def test_the_choices_for_a_film_never_change(film, family, palette):
    """Posters are stored for good: a change here would give one film two faces."""
    press = Press(film, 0.3)
    assert (family_of(press), press.palette) == (family, palette)


def test_an_editor_may_choose_composition_and_colours_and_a_wrong_choice_is_passed_over():
    press = Press(Subject("Playtime", 1967, family="petals", palette="nightbus"), 0.3)
    assert (family_of(press), press.palette) == ("petals", "nightbus")
    press = Press(Subject("Playtime", 1967, family="no such", palette="no such"), 0.3)
    assert family_of(press) in FAMILIES and press.palette in PALETTES


@pytest.mark.parametrize("family", FAMILIES)
def test_every_width_shows_the_same_picture(family):
    film = Subject("The Long Goodbye", 1973, "Robert Altman", "Crime", family=family)
    card = draw(film, 180)
    large = draw(film, 600).resize(card.size, Image.Resampling.LANCZOS)
    assert card.size == (180, 270)
    assert max(ImageStat.Stat(ImageChops.difference(card, large)).mean) < 9


def test_every_leaning_names_compositions_that_there_are():
    for genre, leaning in LEANINGS.items():
        assert set(leaning.split()) <= set(FAMILIES), genre


@pytest.mark.parametrize("name", PALETTES)
def test_ink_can_be_read_on_its_paper(name):
    paper, ink, *_ = map(rgb, PALETTES[name])
    assert contrast(paper, ink) >= 4.5


# Scripts and fonts


@pytest.mark.parametrize("role", OWN)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_words_are_set_in_a_font_that_has_all_of_them_or_not_at_all(title, role):
    setting = words(title, role)
    if setting:
        assert setting.text
        glyphs = coverage(setting.path)
        assert all(c in glyphs for c in setting.text if c not in " \u200c\u200d")


@pytest.mark.parametrize("text", ["Amélie", "Θίασος", "Зеркало", "ngụ cư", "8½", "WALL·E", "π"])
def test_the_sites_own_fonts_set_latin_greek_and_cyrillic(text):
    setting = words(text, "sans", (Path("/nowhere"),))
    assert setting and setting.own and setting.text == text


@pytest.mark.parametrize(
    "path", [*OWN.values(), *machine_fonts("sans", font_folders())[:12]], ids=lambda path: path.name
)
def test_coverage_says_what_the_type_engine_draws(path):
    """A character is covered exactly if FreeType draws it otherwise than one that no font has."""
    glyphs, font = coverage(path), words_font(path)
    box = bytes(font.getmask("\U0010fffe"))
    for c in "aZéЖθ漢한ع½♥ệ":
        drawn = bytes(font.getmask(c))
        assert (c in glyphs) == (drawn != box), (path, c)


def words_font(path):
    from PIL import ImageFont

    return ImageFont.truetype(path, 40, layout_engine=ImageFont.Layout.BASIC)


def test_without_any_font_for_a_script_the_title_is_left_out(tmp_path):
    assert words("千と千尋の神隠し", "sans", (tmp_path,)) is None
    assert words("كفرناحوم", "serif", (tmp_path,)) is None


def test_emoji_are_left_out_before_the_title_changes_its_face(tmp_path):
    setting = words("🎬 The Emoji Movie 😀", "sans", (tmp_path,))
    assert setting.text == "The Emoji Movie" and setting.own


def test_a_file_that_is_no_font_is_passed_over(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00\x00\x09junk")
    (tmp_path / "empty.otf").touch()
    assert len(coverage(tmp_path / "broken.ttf")) == 0
    assert words("漢字", "sans", (tmp_path,)) is None


def test_the_machines_upright_bold_faces_come_first(tmp_path):
    for name in ("NotoSansX-Italic.ttf", "NotoSansMono-Bold.ttf", "NotoSerifX-Bold.ttf", "NotoSansX-Bold.ttf",
                 "NotoColorEmoji.ttf", "NotoSerifX-Regular.ttf"):  # fmt: skip
        (tmp_path / name).touch()
    assert machine_fonts("sans", (tmp_path,))[0].name == "NotoSansX-Bold.ttf"
    assert machine_fonts("serif", (tmp_path,))[0].name == "NotoSerifX-Regular.ttf"
    assert "NotoColorEmoji.ttf" not in {path.name for path in machine_fonts("sans", (tmp_path,))}


def test_the_original_title_stands_in_for_one_that_cannot_be_set():
    press = Press(Subject("\ue000\ue001", 1950, "", original_title="Rashomon"), 0.3)
    assert press.named("sans").text == "Rashomon"


def test_korean_and_kana_have_latin_letters_and_han_has_none():
    assert romanised("기생충") == "Gisaengcung"
    assert romanised("ラーメン") == "Raamen"
    assert romanised("千と千尋の神隠し") == ""
    assert romanised("Plain") == ""


def test_titles_without_spaces_break_between_characters_but_not_before_a_full_stop():
    setting = fit("千と千尋の神隠し、そして湯屋。", lambda text: len(text), 120, 200, 40, 1.2)
    assert len(setting.lines) > 1
    assert not any(line[0] in "、。し" and line[0] != "し" for line in setting.lines)
    assert "".join(setting.lines) == "千と千尋の神隠し、そして湯屋。"
