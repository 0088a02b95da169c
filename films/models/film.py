from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast, ExtractDay, ExtractMonth, JSONObject, NullIf
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.paths import path
from config.rows import Row
from films.models.money import STORED, MoneyField
from films.models.outside import id_in
from films.models.term import AccessFeature, Company, ContentNote, Country, Franchise, Genre, Language
from films.models.trailer import check_trailer, host_of

FIRST_YEAR = 1874  # the oldest moving pictures that catalogues list
LAST_YEAR = 2100
LONGEST_MINUTES = 6000
ON_A_CARD = ("id", "slug", "title", "year", "poster_key", "poster_version", "poster_alt", "rating_count", "rating_sum")
UNRATED = {"rating_count": 0, "rating_sum": 0}  # of a card that does not say what members make of the film
FEW_RATINGS = 3  # with fewer a film has no average, unless the site says otherwise


def check_day(name: str, day: date | None) -> None:
    """Raise ValidationError of this field for a day on which no film came out."""
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise ValidationError({name: [gettext("Write a day of the years from %(first)d to %(last)d.") % years]})


def empty_histogram() -> list[int]:
    return [0] * 10


def _rows(queryset: models.QuerySet[Any], *names: str) -> ArraySubquery:
    """A column that holds the rows of a subquery as a list of dictionaries."""
    return ArraySubquery(queryset.values(_row=JSONObject(**{name: name for name in names})))


class FilmQuerySet(models.QuerySet["Film"]):
    def with_card(self) -> Self:
        """Only what a card shows: enough for poster, title, year and average."""
        return self.only(*ON_A_CARD)

    def popular(self) -> Self:
        return self.order_by("-popularity", "-id")

    def with_facts(self) -> Self:
        """The film with its genres, countries, languages, outside ids and scores as plain rows, in one query."""
        return self.defer("search_text").annotate(
            genre_list=_rows(Genre.objects.filter(films=models.OuterRef("pk")), "slug", "name"),
            country_list=_rows(Country.objects.filter(films=models.OuterRef("pk")), "code", "name"),
            language_list=_rows(Language.objects.filter(films=models.OuterRef("pk")), "code", "name"),
            id_list=_rows(FilmId.objects.filter(film=models.OuterRef("pk")).order_by("source"), "source", "value"),
        )


class Film(Row):
    """A film. What members make of it (the tallies) is kept by triggers, never by code."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=250)
    original_title = models.CharField(_("original title"), max_length=250, blank=True)
    sort_title = models.CharField(max_length=250, blank=True, editable=False)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    release_date = models.DateField(_("released"), null=True, blank=True)
    runtime_minutes = models.PositiveSmallIntegerField(
        _("running time in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    tagline = models.CharField(_("tagline"), max_length=250, blank=True)
    synopsis = models.TextField(_("synopsis"), max_length=3000, blank=True)
    genres = models.ManyToManyField(Genre, verbose_name=_("genres"), related_name="films", blank=True)
    countries = models.ManyToManyField(Country, verbose_name=_("countries"), related_name="films", blank=True)
    languages = models.ManyToManyField(Language, verbose_name=_("languages"), related_name="films", blank=True)
    companies = models.ManyToManyField(Company, verbose_name=_("companies"), related_name="films", blank=True)
    franchise = models.ForeignKey(
        Franchise, on_delete=models.SET_NULL, null=True, blank=True, related_name="films", verbose_name=_("franchise")
    )
    franchise_part = models.PositiveSmallIntegerField(_("part"), null=True, blank=True)
    content_notes = models.ManyToManyField(
        ContentNote, verbose_name=_("content notes"), related_name="films", blank=True
    )
    access_features = models.ManyToManyField(
        AccessFeature, verbose_name=_("accessibility"), related_name="films", blank=True
    )
    trailer_url = models.URLField(_("trailer"), max_length=300, blank=True, validators=[check_trailer])
    # What it cost to make, and what it took at cinemas all over the world.
    budget = MoneyField(_("budget"))
    box_office = MoneyField(_("box office"))
    # Who brought the film: a value of films.models.Source. Facts that came later have their own (FactSource).
    origin = models.CharField(max_length=10, default="curator", db_default="curator", editable=False)

    poster_key = models.CharField(max_length=80, blank=True, editable=False)
    poster_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    poster_alt = models.CharField(_("what the poster shows"), max_length=250, blank=True)
    # In hundredths of the width and height: what stays in sight when an uploaded poster is cut. Both are read by their
    # names, with those of other pictures, in accounts/picturing.py.
    poster_focus_x = models.PositiveSmallIntegerField(default=50, db_default=50)
    poster_focus_y = models.PositiveSmallIntegerField(default=50, db_default=50)
    poster_family = models.CharField(_("composition of the drawn poster"), max_length=20, blank=True)
    poster_palette = models.CharField(_("colours of the drawn poster"), max_length=20, blank=True)

    # For search: the normalised titles, year, directors and leading cast (films/search.py writes it).
    search_text = models.TextField(max_length=5000, blank=True, editable=False)

    rating_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    rating_sum = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    rating_histogram = ArrayField(
        models.PositiveBigIntegerField(), size=10, default=empty_histogram, db_default=empty_histogram(), editable=False
    )
    rating_average = models.GeneratedField(
        expression=Cast(models.F("rating_sum"), models.DecimalField(max_digits=20, decimal_places=6))
        / NullIf(models.F("rating_count"), 0),
        output_field=models.DecimalField(max_digits=20, decimal_places=6, null=True),
        db_persist=True,
    )
    # The mean as if the film began with some ratings of the site's mean, and the variance of its ratings: half-stars,
    # kept by a trigger (films/tallies.py), null without a rating that counts.
    rating_weighted = models.DecimalField(max_digits=20, decimal_places=6, null=True, editable=False)
    rating_spread = models.DecimalField(max_digits=20, decimal_places=6, null=True, editable=False)
    # Ratings that are held or whose members are suspended: shown beside the score, never in it.
    aside_histogram = ArrayField(
        models.PositiveBigIntegerField(), size=10, default=empty_histogram, db_default=empty_histogram(), editable=False
    )
    # The counted ratings that were given while their members saw no score.
    blind_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    blind_sum = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    watch_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    like_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    watchlist_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    review_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    comment_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    # Members who have it among their four favourites.
    fan_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    # How well known the film is before anybody here has seen it; the seed and importers set it.
    renown = models.PositiveIntegerField(_("renown"), default=0, db_default=0)
    popularity = models.GeneratedField(
        expression=models.F("renown") + (models.F("watch_count") + models.F("watchlist_count")) * 1000,
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    # Year, month and day as one number, for the order of release. Where the day is unknown, or of another year than the
    # film, which a festival had shown, it is as if the film had come before all others of its year.
    released = models.GeneratedField(
        expression=models.F("year") * 10_000
        + models.Case(
            models.When(
                release_date__year=models.F("year"),
                then=Cast(ExtractMonth("release_date") * 100 + ExtractDay("release_date"), models.IntegerField()),
            ),
            default=0,
        ),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    # How many members turned to it in the last 7, 30 and 365 days; counted every hour (reviews/actions/popularity.py).
    popularity_week = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    popularity_month = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    popularity_year = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    # On the chart of the best (films/models/chart.py), as it was drawn up last.
    top_position = models.PositiveSmallIntegerField(null=True, editable=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FilmQuerySet.as_manager()

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year=None) | models.Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="film_year_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(runtime_minutes=None) | models.Q(runtime_minutes__range=(1, 6000)),
                name="film_runtime_plausible",
            ),
            models.CheckConstraint(
                condition=(models.Q(budget="") | models.Q(budget__regex=STORED))
                & (models.Q(box_office="") | models.Q(box_office__regex=STORED)),
                name="film_money_in_a_currency",
            ),
        ]
        indexes = [
            models.Index(fields=["-popularity", "-id"], name="film_by_popularity"),
            models.Index(fields=["-rating_average", "-id"], name="film_by_average"),
            models.Index(fields=["-rating_weighted", "-id"], name="film_by_weighted"),
            models.Index(fields=["-rating_spread", "-id"], name="film_by_spread"),
            models.Index(fields=["-popularity_week", "-id"], name="film_by_week"),
            models.Index(fields=["-popularity_month", "-id"], name="film_by_month"),
            models.Index(fields=["-popularity_year", "-id"], name="film_by_twelvemonth"),
            models.Index(fields=["top_position"], name="film_on_top", condition=models.Q(top_position__isnull=False)),
            # Behind the films that have the key of an order, the others follow as popular as they are.
            models.Index(fields=["-popularity", "-id"], name="film_undated", condition=models.Q(year=None)),
            models.Index(fields=["-popularity", "-id"], name="film_untimed", condition=models.Q(runtime_minutes=None)),
            models.Index(
                fields=["-popularity", "-id"], name="film_few_ratings", condition=models.Q(rating_count__lt=FEW_RATINGS)
            ),
            models.Index(fields=["-year", "-id"], name="film_by_year"),
            models.Index(fields=["-released", "-id"], name="film_by_release"),
            models.Index(fields=["sort_title", "id"], name="film_by_title"),
            models.Index(fields=["runtime_minutes", "id"], name="film_by_length"),
            models.Index(fields=["updated_at", "id"], name="film_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def get_absolute_url(self) -> str:
        return path("films:film", self.slug)

    def clean(self) -> None:
        check_day("release_date", self.release_date)

    @property
    def trailer_host(self) -> str:
        """Where the trailer's link leads: "YouTube". Empty without a trailer."""
        return host_of(self.trailer_url)

    @property
    def average(self) -> Decimal | None:
        """The mean rating in stars (0.5 to 5), or None below the number of ratings that the site asks for."""
        if self.rating_count < max(1, settings.RATINGS_FOR_AVERAGE):
            return None
        return Decimal(self.rating_sum) / self.rating_count / 2


class FormerSlug(Row):
    """An address that a film had, or that a film merged into it had."""

    slug = models.SlugField(max_length=120, unique=True)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class FilmId(Row):
    """What another catalogue calls the film."""

    class Source(models.TextChoices):
        IMDB = "imdb", "IMDb"
        TMDB = "tmdb", "TMDB"
        WIKIDATA = "wikidata", "Wikidata"
        WIKIPEDIA = "wikipedia", "Wikipedia"

    LINKS: ClassVar[dict[str, str]] = {
        "imdb": "https://www.imdb.com/title/{}/",
        "tmdb": "https://www.themoviedb.org/movie/{}",
        "wikidata": "https://www.wikidata.org/wiki/{}",
        "wikipedia": "https://en.wikipedia.org/wiki/{}",
    }

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(_("catalogue"), max_length=12, choices=Source)
    value = models.CharField(_("its id there"), max_length=250)

    class Meta:
        verbose_name = _("outside id")
        verbose_name_plural = _("outside ids")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "value"],
                name="film_id_unique",
                violation_error_message=_("Another film has this id already: perhaps it is the same film."),
            ),
            models.UniqueConstraint(fields=["film", "source"], name="film_id_one_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.value}"

    def clean(self) -> None:
        if self.source and self.value:
            self.value = id_in("film", self.source, self.value)

    @classmethod
    def link(cls, source: str, value: str) -> str:
        return cls.LINKS[source].format(value)

    @property
    def url(self) -> str:
        return self.link(self.source, self.value)
