"""What the house itself says: a few words of its own, pages such as About and Privacy, and notices above every page."""

from typing import Any, Final, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.rows import Row
from reviews.models.article import LONGEST_ARTICLE

LONGEST_PAGE: Final = LONGEST_ARTICLE  # for both are made into HTML alike
LONGEST_NOTICE: Final = 300
# Addresses below /house/ that are not pages of the house's own.
TAKEN: Final = ("notices",)


class HouseWords(Row):
    """What house this is, in its host's words. There is one row, or none: then the site says it in words of its own."""

    id = models.BigIntegerField(primary_key=True, default=1, editable=False)
    line = models.CharField(
        _("what house this is"),
        max_length=200,
        blank=True,
        help_text=_("One sentence, at the foot of every page and beside a film for who is not a member."),
    )
    welcome = models.CharField(
        _("welcome"),
        max_length=300,
        blank=True,
        help_text=_("A sentence or two under the headline of the front page, for who is not a member."),
    )
    contact = models.CharField(
        _("where to write to"),
        max_length=200,
        blank=True,
        help_text=_("An email address, or the address of a page. It stands at the foot of every page."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("the house’s words")
        verbose_name_plural = _("the house’s words")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="house_words_once")]

    def __str__(self) -> str:
        return self.line or gettext("The house’s words")

    def clean(self) -> None:
        """Raise ValidationError by field for a contact that leads nowhere."""
        if self.contact and not contact_url(self.contact):
            sentence = gettext("Write an email address, or an address that begins with https://.")
            raise ValidationError({"contact": [sentence]})


def contact_url(contact: str) -> str:
    """Where a link to it leads; empty for what is neither an email address nor one of the web."""
    try:
        if "://" not in contact:
            validate_email(contact)
            return f"mailto:{contact}"
        URLValidator(schemes=["http", "https"])(contact)
    except ValidationError:
        return ""
    return contact


class HousePageQuerySet(models.QuerySet["HousePage"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def in_order(self) -> Self:
        """As the foot of every page has them."""
        return self.order_by("place", "id")


class HousePage(Row):
    """A page of the house's own. Only the staff sees it until it is published."""

    class Kind(models.TextChoices):
        ABOUT = "about", _("About this house")
        PRIVACY = "privacy", pgettext_lazy("a page of the house", "Privacy")
        IMPRINT = "imprint", _("Imprint")
        TERMS = "terms", _("Terms")
        OTHER = "other", _("Another page")

    kind = models.CharField(
        _("kind"),
        max_length=7,
        choices=Kind,
        default=Kind.OTHER,
        help_text=_("Signing up leads to Privacy and Terms. There is one of each, and as many others as you like."),
    )
    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    body = models.TextField(_("text"), max_length=LONGEST_PAGE)
    body_html = models.TextField(max_length=20 * LONGEST_PAGE, editable=False)
    headings = models.JSONField(default=list, blank=True, editable=False)
    place = models.PositiveSmallIntegerField(
        _("position"), default=10, help_text=_("At the foot of every page, the lowest number comes first.")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # It was published once, and stands in links of others.
    keeps_address = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = HousePageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of the house")
        verbose_name_plural = _("pages of the house")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=~models.Q(kind="other"),
                name="house_page_one_of_a_kind",
                violation_error_message=_("There is a page of this kind already."),
            ),
            models.CheckConstraint(condition=~models.Q(slug__in=TAKEN), name="house_page_address_is_free"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:house_page", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class HousePageRevision(Row):
    """The words of such a page as somebody saved them. Never changed."""

    page = models.ForeignKey(HousePage, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=80)
    body = models.TextField(_("text"), max_length=LONGEST_PAGE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    restored_from = models.PositiveIntegerField(_("restored from"), null=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="house_page_revision_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def words(self) -> tuple[Any, ...]:
        return self.title, self.body


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
