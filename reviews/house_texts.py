"""Texts to begin the house's own pages with. Privacy says what the software really does, as this site is set up.

What only the host can know stands in double brackets, and no page is published while one is left. Whoever changes what
is stored, kept or sent elsewhere changes the sentence that tells of it here.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models import HousePage

GAP: Final = re.compile(r"\[\[.*?\]\]", re.DOTALL)


def text_of(kind: str) -> tuple[str, str]:
    """The title and the Markdown of a page of this kind (a key of TEXTS), in the language of the moment."""
    title, paragraphs = TEXTS[kind]
    return title(), "\n\n".join(paragraphs()) + "\n"


def place_of(kind: str) -> int:
    """Where it stands among the pages, in the order of TEXTS."""
    return 10 * (1 + list(TEXTS).index(kind))


def _site() -> dict[str, str]:
    pages = {"rules": "reviews:rules", "figures": "reviews:transparency", "data": "reviews:data"}
    more = {"devices": "usersessions_list", "apps": "accounts:apps", "settings": "accounts:settings"}
    return {"site": settings.SITE_NAME} | {
        name: settings.SITE_URL + reverse(page) for name, page in (pages | more).items()
    }


def _about() -> Iterator[str]:
    site = _site()
    yield (
        _(
            "%(site)s is a place to keep a diary of the films you see, to say what you made of them, and to hear "
            "from others who saw them, too."
        )
        % site
    )
    yield "## " + _("Who runs it")
    yield _("[[Who you are, where you are at home, and why there is this house: two or three sentences.]]")
    yield "## " + _("How it is run")
    yield _(
        "The house runs on Intermission, free software that anyone can host. What it knows of films comes from open "
        "databases, from curators and from members; each film’s page names its sources. No place in a chart and no "
        "score can be bought."
    )
    yield "## " + _("Who looks after it")
    yield (
        _(
            "Curators keep the catalogue and the journal, moderators keep the peace. What is not done here stands in "
            "the [house rules](%(rules)s), and how often somebody had to act is [counted in public](%(figures)s)."
        )
        % site
    )


def _imprint() -> Iterator[str]:
    yield _("Responsible for this site:")
    yield _("[[Your name, or that of your club and of who may sign for it]]")
    yield _("[[Street and number, postcode, town, country]]")
    yield _("[[Email address, and a telephone number if your country asks for one]]")
    yield _("[[What else the law of your country asks for, such as the number in a register; else delete this line]]")


def _privacy() -> Iterator[str]:
    site = _site()
    yield _(
        "In short: there is no advertising here, nothing counts or follows you across the web, and nothing about you "
        "is sold. What you write is shown to whom you choose. You can take a copy of all of it along, and delete it."
    )
    yield "## " + _("Who is responsible")
    yield _("[[Your name, your address and an email address: who answers for this site]]")
    yield from _if_you_read()
    yield from _if_you_are_a_member(site)
    yield from _who_else(site)
    yield from _how_long(site)
    yield "## " + _("Your rights")
    yield (
        _(
            "You can see and correct what is stored about you in your [settings](%(settings)s), take a copy along "
            "and delete your account, without asking anybody. For whatever else the law gives you, write to the "
            "address above. Where your country has an authority for data protection, you can complain to it."
        )
        % site
    )


def _if_you_read() -> Iterator[str]:
    yield "## " + _("If you only read")
    yield _(
        "You need no account, and no cookie is set until you choose something or open a form. The server’s log has a "
        "line for each page: which one, when, how long it took, and a shortened internet address, which does not tell "
        "households apart. It has no search words. [[How long you keep the log, and who can read it.]]"
    )
    yield _(
        "For some minutes your internet address is counted, so that nobody can guess passwords or flood the site. "
        "All parts of a page come from this site; no other one hears that you are here, except where it says so "
        "below."
    )
    yield "## " + _("Cookies")
    yield _("There are only those that do what you asked for, so no banner asks you about them:")
    yield "\n".join((
        "- " + _("one that says that you are logged in, and one that protects forms from other sites"),
        "- " + _("one for the house lights, one for the language, and one for notices that you put away, for those who "
                 "are not logged in"),
        "- " + _("one that keeps your seat, if you join an evening without an account"),
        "- " + _("now and then one for a moment, with the sentence that says what has just been done"),
    ))  # fmt: skip
    yield _(
        "What a member is writing is also kept in their own browser, until it is posted or they log out, and never "
        "longer than thirty days."
    )


def _if_you_are_a_member(site: dict[str, str]) -> Iterator[str]:
    yield "## " + _("If you are a member")
    yield _(
        "Stored are your email address, your username, your password in a form from which nobody can read it, what "
        "you say on your profile, and what you do here: ratings, diary, reviews, comments, lists, notes, whom you "
        "follow, mute and block, reports and imports. It is needed for what you use it for; there is no other "
        "purpose."
    )
    yield (
        _(
            "For each device on which you are logged in, its internet address and its browser are stored, so that "
            "you can see them [in your list of devices](%(devices)s) and log them out. In the server’s log, the number "
            "of your account stands beside the pages that you open."
        )
        % site
    )
    yield _(
        "Your name, your picture and what you show to everybody can be read by anybody, by search engines and by "
        "programs. What you show to followers only, they read; what you show to nobody, drafts and private notes, no "
        "page shows to others. Moderators read what was reported to them. Whoever runs the server could look into "
        "the database, as with any site."
    )
    yield _("Pictures that you upload are drawn anew; where and with what they were taken is not kept.")
    yield _(
        "What is recommended to you is computed here, from ratings; your settings switch that off, and you can leave "
        "your ratings out of what is recommended to others."
    )


def _who_else(site: dict[str, str]) -> Iterator[str]:
    yield "## " + _("Who else gets something")
    if settings.EMAIL_URL:
        yield _(
            "Mails (to confirm your address, for a forgotten password, and those that you asked for) go through "
            "[[who delivers your mail]]. They hold no pictures that would tell whether you opened them."
        )
    if settings.MEDIA_ORIGINS:
        yield _("Pictures are loaded from %(origins)s, where they lie with [[who stores your files]].") % {
            "origins": ", ".join(settings.MEDIA_ORIGINS)
        }
    if settings.SENTRY_DSN:
        yield _(
            "When something breaks, a report of the error, without your name or address, goes to [[which service]]."
        )
    if settings.LOGIN_SERVICES:
        yield _(
            "If you log in by another service, it learns that you come here, and tells this site your email address "
            "and your name there."
        )
    yield (
        _(
            "[Apps that you let in](%(apps)s) see what you allow them, until you end it. Apart from that, nobody: "
            "the site asks no other service about you and tells none."
        )
        % site
    )
    yield _("The server stands at [[which provider, in which country]].")


def _how_long(site: dict[str, str]) -> Iterator[str]:
    yield "## " + _("How long it stays, and how to delete it")
    yield (
        _(
            "What you make here stays until you delete it. [On one page](%(data)s) you take a copy of everything "
            "along, and delete your account: then it goes at once, with your name, your address and what you wrote."
        )
        % site
    )
    yield _(
        "What stays is told there before you decide: answers of others without your words, what you corrected in the "
        "catalogue, articles that you wrote for the house, that moderators decided something, and how much you had, "
        "as figures beside a number. Words that were reported stay as a copy for moderators, until they have decided "
        "and no appeal is possible. Your username is given to nobody else."
    )
    yield _("Notifications go after half a year, copies that you had made after seven days.")
    yield _("Backups still hold what was deleted for [[how long you keep backups]].")


def _title(kind: HousePage.Kind) -> Callable[[], str]:
    return lambda: str(kind.label)


TEXTS: Final[dict[str, tuple[Callable[[], str], Callable[[], Iterator[str]]]]] = {
    kind: (_title(kind), paragraphs)
    for kind, paragraphs in (
        (HousePage.Kind.ABOUT, _about),
        (HousePage.Kind.PRIVACY, _privacy),
        (HousePage.Kind.IMPRINT, _imprint),
    )
}
