"""Tonight: a few people choose a film together. All of it is deleted after two days, but what somebody logged."""

from datetime import timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import not_apart
from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Country, Film, Service
from reviews.models.viewing import Viewing

LASTS: Final = timedelta(hours=48)
MOST_SEATS: Final = 8
MOST_DRAWS: Final = 2
LONGEST_NAME: Final = 60
LONGEST_GUEST: Final = 30


def new_key() -> str:
    """Over 140 bits: nobody guesses it."""
    return get_random_string(24)


class EveningQuerySet(models.QuerySet["Evening"]):
    def running(self) -> Self:
        """Neither ended, nor over after two days, nor of a host who is suspended."""
        over = EveningStep.objects.filter(evening=models.OuterRef("pk"), kind=EveningStep.Kind.END)
        late = timezone.now() - LASTS
        return self.filter(~models.Exists(over), host__is_active=True, started_at__gt=late)


class Evening(Row):
    """Whoever has the link, `key`, may take one of eight seats. How far it has come, its steps and draws say."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evenings")
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    most_minutes = models.PositiveSmallIntegerField(_("no longer than"), null=True, blank=True)
    country = models.ForeignKey(
        Country, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    started_at = models.DateTimeField(default=timezone.now)
    # Raised by whatever the people at the table may see, so that they are told at once, and only then.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EveningQuerySet.as_manager()

    class Meta:
        verbose_name = _("evening")
        verbose_name_plural = _("evenings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_minutes=None) | models.Q(most_minutes__range=(1, 6000)),
                name="evening_minutes_plausible",
            ),
        ]
        indexes = [
            models.Index(fields=["started_at"], name="evening_oldest"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Tonight"))

    def get_absolute_url(self) -> str:
        return reverse("reviews:evening", args=[self.key])


class SeatQuerySet(models.QuerySet["Seat"]):
    def present(self) -> Self:
        """Without members who are suspended."""
        return self.filter(models.Q(member=None) | models.Q(member__is_active=True))

    def visible_to(self, viewer: Viewer) -> Self:
        """At a table where the viewer sits too: members who are apart do not see each other there either."""
        return self.filter(models.Q(member=None) | not_apart(viewer))


class Seat(Row):
    """A person at the table: a member, or a guest with a name and a secret of which only the digest is kept."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="seats")
    guest_name = models.CharField(_("name"), max_length=LONGEST_GUEST, blank=True)
    secret_digest = models.CharField(max_length=64, blank=True, editable=False)
    services = models.ManyToManyField(Service, related_name="+", blank=True)
    # Films on the member's shelf count as on a service that they have.
    brings_shelf = models.BooleanField(default=False, db_default=False)
    taken_at = models.DateTimeField(default=timezone.now)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evening", "number"], name="seat_taken_once"),
            models.UniqueConstraint(fields=["evening", "member"], name="seat_one_a_member"),
            models.CheckConstraint(condition=models.Q(number__range=(1, MOST_SEATS)), name="seat_one_of_eight"),
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, guest_name="", secret_digest="")
                | (models.Q(member=None) & ~models.Q(guest_name="") & ~models.Q(secret_digest="")),
                name="seat_of_member_or_guest",
            ),
            models.CheckConstraint(
                condition=models.Q(brings_shelf=False) | models.Q(member__isnull=False), name="seat_shelf_of_a_member"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-taken_at"], name="seat_member"),
        ]

    def __str__(self) -> str:
        return f"{self.evening_id}: {self.number}"

    @property
    def name(self) -> str:
        return self.member.name if self.member else self.guest_name

    @property
    def initials(self) -> str:
        return self.guest_name[:1].upper()

    @property
    def tint(self) -> int:
        """Which of the six colours of faces (1 to 6) a guest has."""
        return self.number % 6 + 1


class EveningStep(Row):
    """That an evening went on to something; `seat` is who said so, nobody where all were ready."""

    class Kind(models.TextChoices):
        SHORTLIST = "shortlist", _("Shortlist made")
        END = "end", _("Ended")

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evening", "kind"], name="evening_step_once")]

    def __str__(self) -> str:
        return f"{self.evening_id}: {self.kind}"


class ShownOut(Row):
    """Somebody whom the host asked to leave: they do not come back by the same link."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="shown_out")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    secret_digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.evening_id}: {self.member_id or 'guest'}"


class Ready(Row):
    """That somebody is done with choosing, or with striking films out."""

    class Round(models.TextChoices):
        CHOOSING = "choosing", _("Choosing")
        STRIKING = "striking", _("Striking out")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="ready")
    round = models.CharField(max_length=8, choices=Round)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "round"], name="ready_once_a_round")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.round}"


class Pick(Row):
    """What somebody said of a film for this evening alone: they want it, or have seen it. No mark follows from it."""

    class Says(models.TextChoices):
        WANT = "want", _("I want it")
        SEEN = "seen", _("I have seen it")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="picks")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+")
    says = models.CharField(max_length=4, choices=Says)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "film"], name="pick_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.says} {self.film_id}"


class Candidate(Row):
    """A film of the shortlist, with what the draw goes by: how many wanted it, and its score when the list was made."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="shortlist")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    wants = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=4, decimal_places=2, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["evening", "film"], name="candidate_once"),
            models.UniqueConstraint(fields=["evening", "position"], name="candidate_one_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.evening_id}: {self.film_id}"


class Veto(Row):
    """A film struck out: by one person, so that nobody spends a strike on what is out already."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="veto")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="vetoes")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.seat_id} ✕ {self.candidate_id}"


class Draw(Row):
    """What came out, with all that is needed to check it: of how many, how many were equal, and the lot among those."""

    evening = models.ForeignKey(Evening, on_delete=models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveSmallIntegerField()
    wants = models.PositiveSmallIntegerField()
    left = models.PositiveSmallIntegerField()
    tied = models.PositiveSmallIntegerField()
    lot = models.CharField(max_length=32)
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evening", "number"], name="draw_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, MOST_DRAWS)), name="draw_twice_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.evening_id}: {self.film_id}"


class Attendance(Row):
    """That a member watched what was drawn and agreed to log it. It goes with the line of their diary."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="attendance")
    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="attendances")
    viewing = models.OneToOneField(Viewing, on_delete=models.CASCADE, related_name="attendance")
    is_named = models.BooleanField(_("the others may see that I was there"), default=False)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.viewing_id}"
