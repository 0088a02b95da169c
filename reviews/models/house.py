"""What the house itself says: a few words of its own, and pages such as About and Privacy, in each of its languages."""

from typing import Any, Final, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from reviews.models.article import LONGEST_ARTICLE

LONGEST_PAGE: Final = LONGEST_ARTICLE  # for both are made into HTML alike
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


def other_languages() -> dict[str, str]:
    """Code and name of those that the site speaks besides its first, in which the words of its pages begin."""
    return dict(settings.LANGUAGES[1:])


class HousePageQuerySet(models.QuerySet["HousePage"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def originals(self) -> Self:
        """Without what stands in the place of another in a language of its own."""
        return self.filter(original=None)

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
    # What stands in the place of another page for those who read that language; else none and nothing.
    original = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("in the place of"),
        help_text=_(
            "Whoever reads this language finds it at the address of that page, whose kind and position it has."
        ),
    )
    language = models.CharField(_("language"), max_length=12, blank=True, default="", db_default="")
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
            models.UniqueConstraint(
                fields=["original", "language"],
                name="house_page_one_a_language",
                violation_error_message=_("That page has words in this language already."),
            ),
            models.CheckConstraint(
                condition=models.Q(original=None, language="")
                | models.Q(original__isnull=False, kind="other") & ~models.Q(language=""),
                name="house_page_language_of_another",
                violation_error_message=_("Say of which page these are the words, and in which language."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:house_page", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def in_language(self, language: str) -> "HousePage":
        """What stands in its place for those who read this language, under its address; else the page itself. One
        query, and none where the site speaks one language.
        """
        if language not in other_languages():
            return self
        there = self.translations.published().filter(language=language).first()
        if there is None:
            return self
        there.kind, there.slug = self.kind, self.slug
        return there


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
