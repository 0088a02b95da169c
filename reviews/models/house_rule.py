"""What is not done here, and words that make a text worth a moderator's look."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class HouseRule(models.TextChoices):
    """What is not done here. Each decision names the one that was broken; `/rules/` explains them."""

    RESPECT = "respect", _("No attacks on people")
    HATE = "hate", _("No hatred of groups of people")
    SPAM = "spam", _("No advertising and no spam")
    SPOILERS = "spoilers", _("Endings stay behind the curtain")
    COPYING = "copying", _("Your own words, or a quotation with its source")
    PIRACY = "piracy", _("No links to stolen films")
    PRIVACY = "privacy", _("No private facts about others")
    HONESTY = "honesty", _("One person, one vote, and no campaigns")
    LAW = "law", _("Nothing against the law")
    PLACE = "place", _("In its right place")


class WordRule(Row):
    """Words or addresses that make a text worth a moderator's look. It only flags: nothing is refused or hidden."""

    class Kind(models.TextChoices):
        WORDS = "words", _("Words")
        LINK = "link", _("A site that is linked to")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.WORDS)
    pattern = models.CharField(
        _("what to look for"),
        max_length=100,
        help_text=_("Whole words, or example.org for a site. * stands for any letters."),
    )
    rule = models.CharField(_("rule that it may break"), max_length=10, choices=HouseRule, default=HouseRule.SPAM)
    note = models.CharField(_("note for moderators"), max_length=200, blank=True)
    is_on = models.BooleanField(_("in use"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("word rule")
        verbose_name_plural = _("word rules")
        ordering = ["pattern"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "pattern"],
                name="word_rule_once",
                violation_error_message=_("There is a rule for this already."),
            )
        ]

    def __str__(self) -> str:
        return self.pattern
