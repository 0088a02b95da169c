"""Parts, sentences, headings and titles of texts in any layout."""

import pytest

from reviews.documents import headings, title
from reviews.documents.layout import Shape, flow, sentences

LONG = (
    "The camera waits at the end of the corridor until somebody has the courage to walk down it. Nobody does, and the "
    "longer it waits the more we suspect that it knows something."
)
WRAPPED = (
    "The camera waits at the end of the corridor until\n"
    "somebody has the courage to walk down it. Nobody\n"
    "does, and the longer it waits the more we suspect\n"
    "that it knows something about the house."
)


def read(text: str) -> tuple[title.Title, list[str]]:
    page = flow(text)
    found = headings.find(page)
    given = title.find(page, found)
    return given, [heading.text for heading in found if heading is not given.heading]


class TestHeadings:
    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("The Corridor", "The Corridor"),
            ("The Corridor 🎬", "The Corridor 🎬"),
            ("What the corridor is for", "What the corridor is for"),
            ("Is it worth it?", "Is it worth it?"),
            ("THE CORRIDOR", "THE CORRIDOR"),
            ("## The Corridor", "The Corridor"),
            ("## The Corridor ##", "The Corridor"),
            ("The Corridor\n------------", "The Corridor"),
            ("**The Corridor**", "The Corridor"),
            ("__The Corridor__", "The Corridor"),
            ("== The Corridor ==", "The Corridor"),
            ("1. The Corridor", "1. The Corridor"),
            ("II. The Corridor", "II. The Corridor"),
            ("The Good:", "The Good:"),
            ("La couleur de l’absence", "La couleur de l’absence"),
            ("Коридор", "Коридор"),
            ("廊下について", "廊下について"),
        ],
    )
    def test_it_knows_a_heading_between_paragraphs(self, line, text):
        assert read(f"{LONG}\n\n{line}\n\n{LONG}")[1] == [text]

    def test_it_knows_headings_in_a_text_with_a_paragraph_a_line(self):
        assert read(f"A Long Walk 🎬\n{LONG}\nThe Door\n{LONG}\n{LONG}\nThe Key 🔑\n{LONG}")[1] == [
            "The Door",
            "The Key 🔑",
        ]

    def test_it_knows_headings_above_wrapped_lines(self):
        assert read(f"{WRAPPED}\n\nThe Door\n{WRAPPED}\n\nThe Key\n\n{WRAPPED}")[1] == ["The Door", "The Key"]

    @pytest.mark.parametrize(
        "line",
        [
            "Rating: 4/5",
            "★★★★",
            "Director: Nora Field",
            "by Nora Field",
            "12 January 2024",
            "It was all right.",
            "I loved it",
            "so good",
            "“Nobody walks here”",
            "https://example.org/",
            "- The Corridor",
            "The corridor, and what was at the end of it when we finally got there that night",
        ],
    )
    def test_it_takes_no_other_short_line_for_one(self, line):
        assert read(f"{LONG}\n\n{line}\n\n{LONG}")[1] == []

    def test_it_does_not_take_the_last_line_for_one(self):
        assert read(f"{LONG}\n\nNora Field")[1] == []

    def test_it_does_not_take_wrapped_lines_for_one(self):
        assert read(f"{WRAPPED}\n\n{WRAPPED}")[1] == []

    def test_it_does_not_take_a_poem_for_headings(self):
        assert read(f"{LONG}\n\nThe door\nThe dark\nThe stair\nThe stone.\n\n{LONG}")[1] == []

    def test_it_does_not_take_a_list_for_headings(self):
        assert read(f"{LONG}\n\n1. The Door\n2. The Key\n3. The Stair\n\n{LONG}")[1] == []


class TestTitle:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"A Long Walk\n\n{LONG}", "A Long Walk"),
            (f"A Long Walk 🎬\n{LONG}", "A Long Walk 🎬"),
            (f"# A Long Walk\n\n{LONG}\n\n## Door\n\n{LONG}", "A Long Walk"),
            (f"A Long Walk\n===========\n\n{LONG}", "A Long Walk"),
            (f"**A Long Walk**\n\n{LONG}", "A Long Walk"),
            (f"Title: A Long Walk\n\n{LONG}", "A Long Walk"),
            (f"*Paddle* and the *Home* Front\n\n{LONG}", "Paddle and the Home Front"),
            (f"A LONG WALK\nby Nora Field\n\n{LONG}", "A LONG WALK"),
            (f"Cinema chain says it will close its last single screen in March\n\n{LONG}", None),
        ],
    )
    def test_it_is_the_first_line_where_that_is_one(self, text, expected):
        given, sections = read(text)
        assert given.text == (expected or text.split("\n")[0])
        assert given.text not in sections

    def test_it_is_made_from_the_first_sentence_otherwise(self):
        given, _ = read(LONG)
        assert (
            given.text == "The camera waits at the end of the corridor until somebody has the courage to walk down it"
        )

    def test_it_is_cut_between_words(self):
        given, _ = read("The camera waits " * 30)
        assert len(given.text) <= 120 and given.text.endswith((" waits…", " camera…", "The…", "waits…"))

    def test_it_takes_two_sentences_when_one_says_nothing(self):
        assert read("Wow. " + LONG)[0].text.startswith("Wow. The camera waits")

    def test_it_skips_stars_and_bylines(self):
        assert read(f"★★★★\n\nby Nora Field\n\n{LONG}")[0].text.startswith("The camera waits")

    def test_it_does_not_make_a_section_the_title(self):
        given, sections = read(f"## The Door\n\n{LONG}\n\n## The Key\n\n{LONG}")
        assert given.text.startswith(LONG[:20]) and sections == ["The Door", "The Key"]


class TestSentences:
    def test_they_do_not_end_at_abbreviations_and_initials(self):
        text = "Dr. Field met J.J. Lowe at St. Ives on Jan. 3. It rained! Did it? “Yes.” They left…"
        assert [sentence.text for sentence in sentences(text)] == [
            "Dr. Field met J.J. Lowe at St. Ives on Jan. 3.",
            "It rained!",
            "Did it?",
            "“Yes.”",
            "They left…",
        ]


def test_it_joins_wrapped_lines_and_keeps_lines_that_end_early():
    page = flow(f"Door\n{WRAPPED}\n\n- one\n- two\n\n> said\n\n* * *\n")
    assert [part.shape for part in page.parts] == [
        Shape.TEXT, Shape.TEXT, Shape.ITEM, Shape.ITEM, Shape.QUOTE, Shape.RULE,
    ]  # fmt: skip
    assert page.parts[1].text == WRAPPED.replace("\n", " ")
