"""Word rules: what they find, how long it takes, and that they only flag."""

from time import process_time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews.actions.flagging import flag, save_word_rule
from reviews.models import Case, Report, Review, WordRule
from reviews.words import rules_met
from tests import make, staff


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("watches", "Cheap WATCHES here", True),
        ("watches", "She watches", True),
        ("watch", "She watches", False),
        ("watch*", "She watches", True),
        ("*tch", "a watch!", True),
        ("w*ch", "wrench", True),
        ("w*tch", "w tch", False),
        ("cafe", "At the Café.", True),
        ("café", "CAFE", True),
        ("ÉCLAIR", "an éclair", True),
        ("cheap watches", "cheap,\n watches", True),
        ("cheap watches", "cheap and watches", False),
        ("cheap w*", "so cheap wares", True),
        ("don't", "Don't", True),
        ("spam", "spam-free", True),
        ("spam", "antispam", False),
        ("straße", "STRASSE", True),
        ("a*b*c", "aXXbYYc", True),
        ("a*b*c", "acb", False),
        ("ab*ab", "ab", False),
        ("*дом*", "Дома", True),
        ("***", "anything", False),
    ],
)
def test_whole_words_without_case_and_accents(pattern, text, found):
    assert bool(rules_met(text, [WordRule(pattern=pattern)])) is found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("example.org", "See https://example.org/a?b=c", True),
        ("example.org", "[x](http://WWW.Example.org:8080)", True),
        ("example.org", "example.org.", True),
        ("example.org", "https://notexample.org", False),
        ("example.org", "https://example.org.evil.test", False),
        ("example.org", "https://user@deep.down.example.org/x", True),
        ("https://example.org/", "http://example.org", True),
        ("bücher.example", "https://xn--bcher-kva.example", True),
        ("*.zip", "https://anything.zip", True),
        ("example.org", "example org", False),
    ],
)
def test_links_to_a_site_and_below_it(pattern, text, found):
    assert bool(rules_met(text, [WordRule(kind="link", pattern=pattern)])) is found


@pytest.mark.parametrize("text", ["ab " * 6_666, "a" * 20_000, "a.b" * 6_666, "lorem ipsum " * 1_666, "ä" * 20_000])
def test_five_hundred_rules_take_no_longer_than_a_text_deserves(text):
    shapes = ("word{}", "a*b{}", "*a*a*a*{}", "lorem ips{}*", "*{}", "a*")
    rules = [WordRule(pattern=shapes[n % len(shapes)].format(n)) for n in range(400)]
    rules += [WordRule(kind="link", pattern=f"site{n}.example.org") for n in range(100)]
    rules_met(text[:10], rules)
    began = process_time()
    rules_met(text, rules)
    long = process_time() - began
    began = process_time()
    rules_met(text[:5_000], rules)
    short = process_time() - began
    assert long < 1.5
    assert long < 12 * short + 0.05, "four times the text, about four times the work"


def rule(pattern="cheap watches", **fields):
    return WordRule.objects.create(pattern=pattern, **fields)


def test_a_text_that_meets_a_rule_joins_a_case_and_is_seen_as_before(cast):
    rule(note="They come in swarms.")
    review = make.review(member=cast.ana, body="Cheap watches.")
    make.report(member=cast.bea, text=review)
    flag(text=review)
    flag(text=review)
    flagged = Report.objects.filter(reporter=None)
    assert flagged.get().reason == "spam" and "They come in swarms." in flagged.get().message
    assert Case.objects.get().reports.count() == 2
    assert Review.objects.visible_to(cast.fay).exists()


def test_what_nobody_else_reads_is_nobodys_business(cast):
    rule()
    for how in ({"draft": True}, {"visibility": "private"}):
        flag(text=make.review(member=cast.ana, body="Cheap watches.", **how))
    for text in (
        make.review(member=cast.ana, visibility="private"),
        make.film_list(member=cast.ana, visibility="private"),
    ):
        make.comment(member=cast.ana, under=text, body="Cheap watches.")
    assert not Report.objects.exists()


def test_a_rule_that_is_off_finds_nothing(cast):
    rule(is_on=False)
    assert flag(text=make.review(member=cast.ana, body="Cheap watches.")) == []


@pytest.mark.parametrize(("kind", "pattern"), [("words", "***"), ("words", "…"), ("link", "example"), ("link", ".org")])
def test_a_rule_must_be_able_to_find_something(db, kind, pattern):
    with pytest.raises(ValidationError):
        save_word_rule(moderator=staff.moderator(), rule=WordRule(kind=kind, pattern=pattern))


def test_moderators_alone_make_rules_and_each_once(cast):
    with pytest.raises(PermissionDenied):
        save_word_rule(moderator=cast.dora, rule=WordRule(pattern="x"))
    moderator = staff.moderator()
    assert save_word_rule(moderator=moderator, rule=WordRule(pattern=" spam ")).made_by == moderator
    with pytest.raises(ValidationError):
        save_word_rule(moderator=moderator, rule=WordRule(pattern="spam"))
