"""A member's Markdown becomes safe HTML, and nothing that is covered leaks."""

import json
from pathlib import Path

import html5lib
import pytest

from reviews import markup
from reviews.markup import CLEANER, LIMITS, TooLong, excerpt, plain_text, render

BLNS = json.loads((Path(__file__).parents[1] / "recorded/blns/blns.json").read_text("utf-8"))
NAUGHTY = [line for line in BLNS if line.strip()]
WRAPPERS = ["{}", "**{}**", "> {}", "- {}", "[{}](https://example.com)", "[x]({})", "<{}>", ">!{}!<", "`{}`", "# {}"]
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "</span></details><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/films/)",
    "[x](https://a.example/\"onmouseover=\"alert(1))",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://a.example/p.png)",
    "[a]: javascript:alert(1)\n\n[a]",
    "```\"><script>alert(1)</script>\nx\n```",
    "https://a.example/<script>alert(1)</script>",
    "https://a.example/\"onclick=alert(1)",
    "\u202ejavascript:alert(1)",
    "<div class=\"spoiler\" id=\"x\">x</div>",
]  # fmt: skip

TAGS = {
    "a", "blockquote", "br", "code", "details", "div", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s",
    "span", "strong", "summary", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "rel"}, "details": {"data-of"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}}
CLASSES = {"spoiler", "veil", "para", "spoiler-body", "veil-text", "when-shut", "when-open", "pause"}


def problems(html: str) -> list[str]:
    """Whatever a browser would find in `html` that is not on the short list."""
    found = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in TAGS:
            found.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            if name == "class":
                found += [f"class {value}"] if value not in CLASSES else []
            elif name not in ATTRIBUTES.get(element.tag, set()):
                found.append(f"{element.tag}[{name}]")
        if element.tag == "a" and not element.attrib.get("href", "https:").lower().startswith(
            ("https://", "http://", "mailto:")
        ):
            found.append(element.attrib["href"])
        if element.tag == "a" and element.attrib.get("rel") != markup.REL:
            found.append("a link without rel")
    return found


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_it_makes_every_naughty_string_harmless(wrapper):
    for line in [*NAUGHTY, *PAYLOADS]:
        html = render(wrapper.replace("{}", line)).html
        assert problems(html) == [], line
        assert CLEANER.clean(html) == html, line


@pytest.mark.parametrize("line", PAYLOADS)
def test_it_makes_comments_bios_and_articles_harmless_too(line):
    for kind in ("comment", "bio", "article"):
        assert problems(render(line, kind=kind).html) == []


def test_it_keeps_every_script_and_emoji():
    line = "⭐️ 🏁💃🏽 日本語 العربية हिन्दी ไทย עברית Ελληνικά é é"
    assert line in render(line).html


def test_it_writes_paragraphs_lists_quotes_and_emphasis():
    html = render("One *two* **three** ~~four~~.\n\n- a\n- b\n\n> said\n\n1. x\n2. y").html
    for piece in ("<em>two</em>", "<strong>three</strong>", "<s>four</s>", "<ul>", "<blockquote>", "<ol>"):
        assert piece in html


def test_it_breaks_lines_where_a_member_breaks_them_but_not_in_an_article():
    assert "<br>" in render("one\ntwo").html
    assert "<br>" not in render("one\ntwo", kind="article").html


def test_it_does_not_take_an_indented_paragraph_for_code():
    assert "<code>" not in render("    Once upon a time in the west").html


def test_it_writes_a_thematic_break_as_the_house_pause():
    assert '<hr class="pause">' in render("a\n\n---\n\nb").html


def test_it_shows_no_pictures():
    assert "<img" not in render("![a](https://a.example/b.png)").html


class TestLinks:
    def test_it_marks_links_as_a_member_s(self):
        assert render("[a](https://a.example)").html == (
            '<p><a href="https://a.example" rel="nofollow ugc noopener noreferrer">a</a></p>\n'
        )

    def test_it_links_a_bare_address_without_the_full_stop_after_it(self):
        assert 'href="https://a.example/b?c=1"' in render("See https://a.example/b?c=1.").html

    def test_it_keeps_the_bracket_that_belongs_to_an_address(self):
        assert 'href="https://en.wikipedia.org/wiki/Heat_(1995_film)"' in render(
            "(https://en.wikipedia.org/wiki/Heat_(1995_film))"
        ).html.replace("film))", "film)")

    def test_it_does_not_link_inside_a_link_or_code(self):
        assert render("[https://a.example](https://b.example)").html.count("<a ") == 1
        assert "<a " not in render("`https://a.example`").html

    @pytest.mark.parametrize("url", ["/films/", "films", "//a.example", "ftp://a.example", "https:", "#top", "tel:1"])
    def test_it_leaves_other_addresses_as_they_were_typed(self, url):
        assert "<a " not in render(f"[x]({url})").html


class TestHeadings:
    def test_it_starts_at_h2_and_skips_no_level(self):
        text = render("# A\n\n### B\n\n## C\n\n# D", kind="article")
        assert [(heading.level, heading.text) for heading in text.headings] == [(2, "A"), (3, "B"), (3, "C"), (2, "D")]
        assert render("### Deep first", kind="article").headings[0].level == 2

    def test_it_gives_ids_that_are_unique_and_cannot_clash_with_the_page(self):
        text = render("# Cast\n\n# Cast\n\n# 日本", kind="article")
        assert [heading.id for heading in text.headings] == ["s-cast", "s-cast--2", "s-日本"]
        assert all(f'id="{heading.id}"' in text.html for heading in text.headings)

    def test_it_gives_two_reviews_on_one_page_ids_of_their_own(self):
        assert render("# Cast\n\na").headings[0].id != render("# Cast\n\nb").headings[0].id

    def test_it_keeps_emoji_in_a_heading(self):
        assert render("## The music 🎧", kind="article").headings[0].text == "The music 🎧"

    def test_it_has_none_in_a_comment(self):
        text = render("#1 film\n# really\nyes\n===", kind="comment")
        assert text.headings == () and "<h" not in text.html and "# really" in text.html


class TestSpoilers:
    @pytest.mark.parametrize("text", ["It was >!the butler!< again.", "It was ||the butler|| again."])
    def test_it_covers_words_in_a_paragraph(self, text):
        page = render(text)
        assert (
            '<details class="veil"><summary>Spoiler</summary><span class="veil-text">the butler</span></details>'
            in page.html
        )
        assert page.html.startswith('<div class="para">') and "<p>" not in page.html
        assert "butler" not in page.excerpt

    def test_it_puts_whole_paragraphs_behind_one_curtain(self):
        page = render("Before.\n\n>!The butler.\n\n- And the *maid*!<\n\nAfter.")
        assert page.html.count('<details class="spoiler">') == 1
        assert "<em>maid</em>" in page.html and "<p>After.</p>" in page.html
        assert page.excerpt == "Before. … After."

    def test_it_covers_up_to_the_end_of_the_paragraph_when_the_mark_is_forgotten(self):
        for text in ("See >!the butler did it\n\nFine.", ">!the butler did it\n\nFine."):
            page = render(text)
            assert "<details" in page.html and "butler" not in page.excerpt and "Fine." in page.excerpt

    @pytest.mark.parametrize("text", ["A >!butler\n\nmaid!< b", "A ||butler\n\nmaid|| b", ">!butler\n\n\n maid!<"])
    def test_it_covers_words_that_reach_over_paragraphs(self, text):
        page = render(text)
        assert "butler" not in page.excerpt and "maid" not in page.excerpt
        assert "butler" in page.html and "maid" in page.html

    def test_it_keeps_marks_around_a_cover_valid(self):
        html = render("**a >!b!< c** and [see >!d!<](https://a.example)").html
        assert "<strong>a </strong><details" in html and "</details><strong> c</strong>" in html
        assert "</a><details" in html

    def test_it_keeps_marks_inside_a_cover(self):
        assert '<span class="veil-text"><strong>he</strong> did</span>' in render("So: >!**he** did!<.").html

    def test_it_does_not_let_a_heading_give_it_away(self):
        page = render("# Why >!he dies!<\n\nx", kind="article")
        assert page.headings == () and '<details class="veil">' in page.html and "dies" not in page.excerpt

    def test_it_covers_in_lists_and_quotes(self):
        page = render("- a\n- >!b1!<\n- c >!d1!<\n\n> >!e1!<")
        assert not {"b1", "d1", "e1"} & set(page.excerpt.split())
        assert page.html.count("<details") == 3 and "<blockquote>" in page.html

    def test_it_still_knows_a_quotation(self):
        assert "<blockquote>" in render(">quoted\n\n> !not covered").html

    @pytest.mark.parametrize("text", ["a || b || c", "nothing >here!", "wow!<", r"\>!not covered!<", ">! !<", "||||"])
    def test_it_covers_nothing_that_was_not_meant(self, text):
        assert "<details" not in render(text).html


class TestExcerpt:
    def test_it_is_the_plain_beginning(self):
        assert (
            excerpt("# Head\n\nSome **bold** [words](https://a.example)\nand `more`.")
            == "Head Some bold words and more."
        )

    def test_it_is_cut_between_words(self):
        assert excerpt("one two three four five", 14) == "one two three…"
        assert len(excerpt("word " * 500, 100)) <= 100

    def test_it_is_cut_anywhere_in_scripts_without_spaces(self):
        assert excerpt("映画" * 100, 20) == ("映画" * 10)[:19] + "…"

    def test_plain_text_keeps_a_line_for_each_paragraph(self):
        assert plain_text("a\n\nb >!c!<") == "a\nb …"


class TestLimits:
    @pytest.mark.parametrize("kind", LIMITS)
    def test_it_takes_the_longest_and_refuses_one_more_character(self, kind):
        assert "a" in render("a" * LIMITS[kind], kind=kind).html
        with pytest.raises(TooLong):
            render("a" * (LIMITS[kind] + 1), kind=kind)

    @pytest.mark.parametrize(
        "shape",
        [
            "[", "]", "![", "[]", "[](", "[a](", "*", "**a ", "*a_ ", "*_", "_", "`", "` `` ``` ", "> ", ">", "- ",
            "1. ", "# a\n", "a\n=\n", "---\n", "a\n", "\n", "```\n", "<", "<a@", "&", "&#1;", "\\", "https://",
            "https://a ", "~~", ">!", ">!a ", "||", "||a", "!<", ">!a!<", ">!a!<\n\n", "- >!a!<\n",
            ">!a!<\n\nb\n\n", "**>!a!<** ", "  - a\n", "[m](mailto:a)\n\n", "<mailto:a>", ">" * 30 + " a\n",
        ],
    )  # fmt: skip
    def test_it_does_not_let_a_text_grow_twentyfold(self, shape):
        for length in (200, LIMITS["review"]):
            text = (shape * (length // len(shape) + 1))[:length]
            page = render(text)
            assert len(page.html) <= 20 * len(text) + 1024
            assert problems(page.html) == []
