"""What the house itself shows: a screening and its films. Who comes is in reviews/models/coming.py."""

from datetime import date, datetime
from typing import Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.clock import clock_time
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film, Language
from reviews.models.viewing import Cut, Format

LONGEST_WORDS: Final = 10_000
MOST_SEATS: Final = 20_000
MOST_MINUTES: Final = 6000


class Access(models.TextChoices):
    """What makes it possible for some to come, or to follow the film."""

    STEP_FREE = "step_free", _("Step-free")
    INDUCTION_LOOP = "induction_loop", _("Induction loop")
    CAPTIONS = "captions", _("Captions")
    AUDIO_DESCRIPTION = "audio_description", _("Audio description")


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to screenings: announced, and of those for members only nothing for anybody else."""
        announced = self.filter(published_at__lte=Now())
        return announced if is_signed_in(viewer) else announced.filter(audience=Screening.Audience.EVERYBODY)

    def to_come(self) -> Self:
        """Those that are not over yet, called off or not."""
        return self.filter(ends_at__gt=Now())

    def over(self) -> Self:
        return self.filter(ends_at__lte=Now())

    def taking_place(self) -> Self:
        return self.filter(called_off_at=None)


class Screening(Row):
    """An evening or a matinée on which the house shows one film or more. Only the staff sees it before its time."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        MEMBERS = "members", _("Members of the house")

    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Empty: it is called as its films are.")
    )
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text=_("How long all of it takes. Empty: as long as the films."),
    )
    # Follows from these two and from the films.
    ends_at = models.DateTimeField(_("ends"), editable=False)
    place = models.CharField(
        pgettext_lazy("where the house shows films", "place"),
        max_length=80,
        help_text=_("As its name stands above the door."),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True, help_text=_("Where one reads about the place."))
    access = ArrayField(
        models.CharField(max_length=20, choices=Access), default=list, blank=True, verbose_name=_("access")
    )
    words = models.TextField(_("words"), max_length=LONGEST_WORDS, blank=True)
    words_html = models.TextField(max_length=20 * LONGEST_WORDS, blank=True, editable=False)
    seats = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text=_("Empty: nobody counts them."),
    )
    price = models.CharField(
        _("price"), max_length=120, blank=True, help_text=_("In words. Nothing is paid on this site.")
    )
    audience = models.CharField(
        _("who may come"),
        max_length=9,
        choices=Audience,
        default=Audience.EVERYBODY,
        help_text=_("What is for members, nobody else sees announced."),
    )
    answers_until = models.DateTimeField(
        _("say that one comes until"), null=True, blank=True, help_text=_("Empty: until it begins.")
    )
    published_at = models.DateTimeField(
        _("announced"), null=True, blank=True, help_text=_("In the future: it appears then by itself. Empty: a draft.")
    )
    called_off_at = models.DateTimeField(_("called off"), null=True, editable=False)
    called_off_because = models.CharField(_("why"), max_length=300, blank=True, editable=False)
    # People with a seat, their guests among them. Kept by triggers, and never more than there are seats.
    taken = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="screening_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(answers_until=None) | Q(answers_until__lte=F("starts_at")),
                name="screening_answers_before_it_begins",
                violation_error_message=_("Nobody can say so once it has begun. Choose an earlier time."),
            ),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(taken__lte=F("seats")),
                name="screening_has_the_seats",
                violation_error_message=_("More people than that have a seat already."),
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_because="")
                | (Q(called_off_at__isnull=False) & ~Q(called_off_because="")),
                name="screening_called_off_with_a_sentence",
            ),
            models.CheckConstraint(
                condition=Q(access__contained_by=list(Access.values)), name="screening_access_known"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="screening_by_day"),
            models.Index(fields=["ends_at"], name="screening_end"),
        ]

    def __str__(self) -> str:
        return self.title or " + ".join(each.film.title for each in self.shown) or str(_("Screening"))

    def get_absolute_url(self) -> str:
        return reverse("reviews:screening", args=[self.pk])

    @property
    def shown(self) -> list["ScreenedFilm"]:
        """What is shown, in order; none for what is not stored yet."""
        return list(self.programme.all()) if self.pk else []

    @property
    def local_start(self) -> datetime:
        """By the clock of the house."""
        return timezone.localtime(self.starts_at, settings.HOUSE_TIME_ZONE)

    @property
    def day(self) -> date:
        """The day on which it begins, where the house is."""
        return self.local_start.date()

    @property
    def when(self) -> str:
        """Day and time, and whose time it is."""
        return clock_time(self.starts_at, settings.HOUSE_TIME_ZONE)

    @property
    def last_answer_said(self) -> str:
        """Until when one says that one comes, likewise."""
        return clock_time(self.last_answer, settings.HOUSE_TIME_ZONE)

    @property
    def is_announced(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    @property
    def last_answer(self) -> datetime:
        return self.answers_until or self.starts_at

    @property
    def takes_answers(self) -> bool:
        return self.is_announced and not self.is_called_off and self.last_answer > timezone.now()

    @property
    def left(self) -> int | None:
        """Seats that are free; None where nobody counts them."""
        return None if self.seats is None else max(0, self.seats - self.taken)

    @property
    def access_names(self) -> list[str]:
        """In the order of the choices."""
        return [str(each.label) for each in Access if each in self.access]


class ScreenedFilmQuerySet(models.QuerySet["ScreenedFilm"]):
    def with_terms(self) -> Self:
        return self.select_related("language", "subtitles").order_by("position", "id")


class ScreenedFilm(Row):
    """A film of a screening, and which version of it is shown how."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="programme", db_index=False)
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="screenings", verbose_name=_("film"))
    position = models.PositiveSmallIntegerField(_("order"))
    cut = models.CharField(_("cut"), max_length=12, choices=Cut, blank=True, db_default="", default="")
    format = models.CharField(_("format"), max_length=12, choices=Format, blank=True, db_default="", default="")
    language = models.ForeignKey(
        Language, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("language")
    )
    subtitles = models.ForeignKey(
        Language, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("subtitles")
    )

    objects = ScreenedFilmQuerySet.as_manager()

    class Meta:
        verbose_name = _("film of a screening")
        verbose_name_plural = _("films of a screening")
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "film"],
                name="screened_film_once",
                violation_error_message=_("This film is in it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screening_id}: {self.film_id}"

    @property
    def version(self) -> list[str]:
        """How it is shown, as far as somebody said so."""
        said = [self.get_format_display(), self.get_cut_display()]
        if self.language is not None:
            said.append(gettext("in %(language)s") % {"language": self.language})
        if self.subtitles is not None:
            said.append(gettext("subtitles: %(language)s") % {"language": self.subtitles})
        return [words for words in map(str, said) if words]
