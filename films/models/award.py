import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Collate, Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import FIRST_YEAR, LAST_YEAR, Film
from films.models.person import Person

# Latin letters with accents and the same without, for addresses; then accents alone and apostrophes, which go.
LETTERS: Final = {
    letter: plain.lower()
    for letter in map(chr, range(0xC0, 0x250))
    if (plain := unicodedata.normalize("NFD", letter)[0]).isascii()
} | {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
ACCENTED: Final = "".join((*LETTERS, *map(chr, range(0x300, 0x370)), *"'’‘ʼ`´"))
PLAIN: Final = "".join(LETTERS.values())
# What stands between words: no letter or digit of the alphabet, and no letter of another script.
BETWEEN: Final = r"[^a-z0-9\u00c0-\u1fff\u2c00-\ud7ff\uf900-\U0010ffff]+"


def words_of(column: str) -> models.Func:
    """How the name of an award stands in an address, as SQL: “César du cinéma” as cesar-du-cinema.

    The same on any server: it goes by the letters, never by what the database's language says of them.
    """
    plain = models.Func(models.F(column), models.Value(ACCENTED), models.Value(PLAIN), function="translate")
    words = models.Func(
        Lower(Collate(plain, "C")), models.Value(BETWEEN), models.Value("-"), models.Value("g"),
        function="regexp_replace",
    )  # fmt: skip
    return models.Func(words, models.Value("-"), function="btrim", output_field=models.CharField())


class Award(Row):
    """A prize that a film won, or was in the running for."""

    class Outcome(models.TextChoices):
        WON = "won", _("Won")
        NOMINATED = "nominated", _("Nominated")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="awards")
    award = models.CharField(_("ceremony"), max_length=120, help_text=_("Such as “Academy Awards”."))
    # Names that only differ in capitals, accents or punctuation share an address, and so are one award there. A name of
    # signs alone has none.
    slug = models.GeneratedField(
        expression=words_of("award"), output_field=models.CharField(max_length=120), db_persist=True
    )
    category = models.CharField(_("category"), max_length=150)
    year = models.PositiveSmallIntegerField(_("year held"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    people = models.ManyToManyField(Person, related_name="awards", blank=True, verbose_name=_("people named"))
    lost_to = models.CharField(_("went to"), max_length=250, blank=True, help_text=_("The title of the film that won."))
    lost_to_film = models.ForeignKey(
        Film, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the film that won")
    )

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["award", "year", "category"]
        constraints = [
            models.UniqueConstraint(fields=["film", "award", "category", "year"], name="award_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="nominated") | models.Q(lost_to="", lost_to_film=None),
                name="award_won_is_not_lost",
                violation_error_message=_("A prize that was won cannot have gone to another film."),
            ),
        ]
        indexes = [models.Index(fields=["slug", "-year", "category"], name="award_slug")]

    def __str__(self) -> str:
        return f"{self.award} {self.year}: {self.category}"

    def clean(self) -> None:
        """Raise ValidationError by field for a year in which no film was there."""
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError({"year": [gettext("Write a year from %(first)d to %(last)d.") % years]})

    @property
    def year_url(self) -> str:
        """The page of that year of the award; nothing where its name has no letters."""
        return reverse("films:award_year", args=[self.slug, self.year]) if self.slug else ""
