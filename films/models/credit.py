from django.db import models
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film
from films.models.person import Person


class Job(models.TextChoices):
    """What somebody did on a film, in the order in which pages list it."""

    DIRECTOR = "director", _("Director")
    WRITER = "writer", _("Writer")
    ACTOR = "actor", _("Actor")
    PRODUCER = "producer", _("Producer")
    EXECUTIVE_PRODUCER = "executive_producer", _("Executive producer")
    CINEMATOGRAPHER = "cinematographer", _("Photography")
    EDITOR = "editor", _("Editing")
    COMPOSER = "composer", _("Music")
    SOUND = "sound", _("Sound")
    PRODUCTION_DESIGNER = "production_designer", _("Production design")
    ART_DIRECTOR = "art_director", _("Art direction")
    SET_DECORATOR = "set_decorator", _("Set decoration")
    COSTUME_DESIGNER = "costume_designer", _("Costumes")
    MAKE_UP = "make_up", _("Make-up")
    CASTING = "casting", _("Casting")
    CHOREOGRAPHER = "choreographer", _("Choreography")
    STUNT_COORDINATOR = "stunt_coordinator", _("Stunts")
    STUNTS = "stunts", _("Stunt performer")
    VISUAL_EFFECTS = "visual_effects", _("Visual effects")
    ANIMATION = "animation", _("Animation")
    SECOND_UNIT = "second_unit", _("Second unit")
    THANKS = "thanks", _("Thanks")
    OTHER = "other", _("Other")


class CreditQuerySet(models.QuerySet["Credit"]):
    def cast(self) -> "CreditQuerySet":
        return self.filter(job=Job.ACTOR)

    def crew(self) -> "CreditQuerySet":
        return self.exclude(job=Job.ACTOR)


class Credit(Row):
    """One person in one job on one film; an actor's character where it is known."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credits")
    job = models.CharField(_("job"), max_length=24, choices=Job)
    character = models.CharField(_("character"), max_length=200, blank=True)
    detail = models.CharField(_("detail"), max_length=100, blank=True, help_text=_("Such as “sound editing”."))
    position = models.PositiveIntegerField(_("order"), default=0)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["film", "person", "job", "character", "detail"], name="credit_once"),
        ]
        indexes = [
            models.Index(fields=["film", "job", "position"], name="credit_by_film"),
            models.Index(fields=["person", "job"], name="credit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.job} {self.film_id}"
