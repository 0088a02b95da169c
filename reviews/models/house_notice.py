"""Notices of the house above every page, from a time until another."""

from typing import Final, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.rows import Row
from reviews.models.house import contact_url

LONGEST_NOTICE: Final = 300


class HouseNoticeQuerySet(models.QuerySet["HouseNotice"]):
    def not_over(self) -> Self:
        """Those that stand now or will."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=Now()))

    def standing(self) -> Self:
        return self.not_over().filter(starts_at__lte=Now())

    def for_viewer(self, viewer: Viewer) -> Self:
        return self if is_signed_in(viewer) else self.filter(audience=HouseNotice.Audience.EVERYBODY)


class HouseNotice(Row):
    """A sentence or two above every page, from a time until another. Whoever has read it puts it away for good."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News of the house")
        MAINTENANCE = "maintenance", _("Work on the house")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        MEMBERS = "members", _("Members only")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.NEWS)
    words = models.CharField(_("what it says"), max_length=LONGEST_NOTICE, help_text=_("A sentence or two."))
    link = models.CharField(
        _("link"),
        max_length=300,
        blank=True,
        help_text=_("Optional: where one reads more, such as /articles/our-first-year/ or https://example.org/."),
    )
    link_words = models.CharField(
        _("what the link is called"), max_length=60, blank=True, help_text=_("“How we spent our first year”.")
    )
    audience = models.CharField(_("for whom"), max_length=9, choices=Audience, default=Audience.EVERYBODY)
    starts_at = models.DateTimeField(_("from"), default=timezone.now, help_text=_("Times are UTC."))
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("It goes by itself then. Empty: it stays until you end it.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = HouseNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of the house")
        verbose_name_plural = _("notices of the house")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="house_notice_ends_after_it_starts",
                violation_error_message=_("It must end after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(link="", link_words="") | (~models.Q(link="") & ~models.Q(link_words="")),
                name="house_notice_link_has_words",
                violation_error_message=_("A link needs both: where it leads, and what it is called."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Raise ValidationError by field for a link that leads nowhere."""
        if self.link and not is_link(self.link):
            sentence = gettext("Write an address of this site that begins with /, or one that begins with https://.")
            raise ValidationError({"link": [sentence]})


def is_link(address: str) -> bool:
    """Whether it is a path of this site, or an address of the web."""
    if address.startswith("/"):
        return not address.startswith(("//", "/\\")) and not any(sign.isspace() for sign in address)
    return "://" in address and bool(contact_url(address))


class NoticePutAway(Row):
    """That a member has read a notice and does not want to see it again."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices_put_away", db_index=False
    )
    notice = models.ForeignKey(HouseNotice, on_delete=models.CASCADE, related_name="put_away")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notice put away")
        verbose_name_plural = _("notices put away")
        constraints = [models.UniqueConstraint(fields=["member", "notice"], name="notice_put_away_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.notice_id}"
