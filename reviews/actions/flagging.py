"""Word rules: a text that meets one joins a case for moderators to look at. Nothing is refused or hidden."""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.actions.reporting import about_field, open_case
from reviews.cases import words_of
from reviews.models import Comment, Essay, FilmList, HouseRule, Report, Review, Tip, WordRule
from reviews.models.case import Text
from reviews.models.visibility import Visibility
from reviews.words import phrase_of, rules_met

MOST_RULES: Final = 500
REASONS: Final[dict[str, str]] = {
    HouseRule.RESPECT: Report.Reason.ABUSE,
    HouseRule.HATE: Report.Reason.HATE,
    HouseRule.SPAM: Report.Reason.SPAM,
    HouseRule.SPOILERS: Report.Reason.SPOILERS,
    HouseRule.COPYING: Report.Reason.PLAGIARISM,
    HouseRule.PIRACY: Report.Reason.PIRACY,
    HouseRule.PRIVACY: Report.Reason.PRIVACY,
}


@transaction.atomic
def flag(*, text: Text) -> list[Report]:
    """Report a text that has just been written or changed for each rule that it meets, with nobody as reporter.

    Not what its writer alone can read: a draft, or "only me". A rule reports a text once while that report is open.
    """
    if not _is_shown(text):
        return []
    met = rules_met(_words_of(text), WordRule.objects.filter(is_on=True))
    if not met:
        return []
    thing = {about_field(text): text, "words": words_of(text)}
    case = open_case(about=text)
    known = set(case.reports.filter(reporter=None, closed_at=None).values_list("message", flat=True))
    reports = [
        Report(case=case, reporter=None, reason=REASONS.get(rule.rule, Report.Reason.OTHER), message=message, **thing)
        for rule in met
        if (message := _told(rule)) not in known
    ]
    return Report.objects.bulk_create(reports)


def _is_shown(text: Text) -> bool:
    """A comment, where what it stands under is."""
    about = text.subject if isinstance(text, Comment) else text
    if isinstance(about, Review | Essay):
        return about.published_at is not None and about.visibility != Visibility.PRIVATE
    return not isinstance(about, FilmList) or about.visibility != FilmList.Visibility.PRIVATE


def _words_of(text: Text) -> str:
    if isinstance(text, Tip):
        return text.words
    if isinstance(text, FilmList):
        return f"{text.title}\n{text.description}"
    if isinstance(text, Essay):
        return f"{text.title}\n{text.body}"
    return f"{text.body}\n{' '.join(text.tags)}" if isinstance(text, Review) else text.body


def _told(rule: WordRule) -> str:
    met = _("It meets the word rule “%(pattern)s”.") % {"pattern": rule.pattern}
    return f"{met} {rule.note}".strip()


def check_pattern(kind: str, pattern: str) -> None:
    """Raise ValidationError for one that would find nothing, or everything."""
    if kind == WordRule.Kind.WORDS and not phrase_of(pattern):
        raise ValidationError({"pattern": [_("Write at least one letter or digit.")]})
    if kind == WordRule.Kind.LINK and "." not in pattern.strip().strip(".*"):
        raise ValidationError({"pattern": [_("Write the name of a site, such as example.org.")]})


@transaction.atomic
def save_word_rule(*, moderator: User, rule: WordRule) -> WordRule:
    """Make or change a rule. Raises PermissionDenied; ValidationError by field."""
    if not moderator.has_perm("reviews.change_wordrule"):
        raise PermissionDenied(_("Only moderators do this."))
    rule.pattern = rule.pattern.strip()
    check_pattern(rule.kind, rule.pattern)
    if rule.pk is None:
        if WordRule.objects.count() >= MOST_RULES:
            raise ValidationError(_("There are %(most)d rules. Delete one that finds nothing.") % {"most": MOST_RULES})
        rule.made_by = moderator
    rule.full_clean()
    rule.save()
    return rule


@transaction.atomic
def delete_word_rule(*, moderator: User, rule: WordRule) -> None:
    if not moderator.has_perm("reviews.delete_wordrule"):
        raise PermissionDenied(_("Only moderators do this."))
    rule.delete()
