from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models import CommentPolicy, Licence
from accounts.models.sight import is_signed_in, not_apart
from config.paths import path
from config.rows import Row
from films.models import Film
from reviews.models.licence import licence_of
from reviews.models.tags import LONGEST_TAG, MOST_TAGS, folded
from reviews.models.visibility import shown_to

LONGEST_DESCRIPTION = 5_000
LONGEST_NOTE = 2_000
MOST_ENTRIES = 5_000
MOST_FOUND = 250  # films that a list shows of what it finds
LONGEST_FINDS = 2_000  # characters


def new_link_key() -> str:
    return get_random_string(24)


class FilmListQuerySet(models.QuerySet["FilmList"]):
    def visible_to(self, viewer: Any, *, link_key: str = "") -> Self:
        """The one door to members' lists. `link_key`: the secret part of the address that was followed, if any.

        A list "by link" is seen by whoever has the link, and stands in no listing. Collaborators see their list.
        """
        shown = shown_to(viewer)
        if link_key:
            shown |= models.Q(visibility=FilmList.Visibility.LINK, link_key=link_key)
        if not is_signed_in(viewer):
            return self.filter(not_apart(viewer) & shown, removed_at=None)
        helps = Collaborator.objects.filter(film_list=models.OuterRef("pk"), member=viewer, accepted_at__isnull=False)
        shown |= models.Q(models.Exists(helps))
        return self.filter(models.Q(member=viewer) | (models.Q(removed_at=None) & not_apart(viewer) & shown))

    def newest(self) -> Self:
        return self.order_by("-updated_at", "-id")

    def best_liked(self) -> Self:
        return self.order_by("-like_count", "-updated_at", "-id")

    def with_films(self) -> Self:
        """Those with a film on them, and those that fill themselves, whatever they find just now."""
        return self.filter(models.Q(film_count__gt=0) | ~models.Q(finds=""))

    def by_hand(self) -> Self:
        """Those that do not fill themselves."""
        return self.filter(finds="")


class FilmList(Row):
    """A member's list of films, ranked or not. `film_count`, `like_count` and `comment_count` are kept by triggers.

    One that `finds` something fills itself (reviews/self_filling.py): it never has entries, and its `film_count` is
    0 until it is looked at. A list is of one kind for ever; the database sees to both.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        LINK = "link", _("Whoever has the link")
        FOLLOWERS = "followers", _("My followers")
        PRIVATE = "private", _("Only me")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lists")
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(
        _("description"),
        max_length=LONGEST_DESCRIPTION,
        blank=True,
        validators=[MaxLengthValidator(LONGEST_DESCRIPTION)],
    )
    description_html = models.TextField(max_length=20 * LONGEST_DESCRIPTION, blank=True, editable=False)
    # False of a copy that says of itself what somebody else wrote: no licence of its member's covers that.
    description_is_own = models.BooleanField(default=True, db_default=True, editable=False)
    is_ranked = models.BooleanField(_("ranked"), default=False)
    visibility = models.CharField(_("who can see this"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    link_key = models.CharField(max_length=24, default=new_link_key, editable=False)
    tags = ArrayField(models.CharField(max_length=LONGEST_TAG), size=MOST_TAGS, default=list, blank=True)
    folded_tags = folded()
    comment_policy = models.CharField(
        _("who may comment"), max_length=10, choices=CommentPolicy, blank=True, db_default=""
    )
    # As in an address of the catalogue, in the order of `Filters.query` (films/browse.py); empty: it is filled by hand.
    finds = models.CharField(_("finds"), max_length=LONGEST_FINDS, blank=True, default="", db_default="")
    most_found = models.PositiveSmallIntegerField(_("shows at most"), default=MOST_FOUND, db_default=MOST_FOUND)
    cloned_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="clones", verbose_name=_("copied from")
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Counts the edits, so that a stale form is noticed.
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    removal_reason = models.CharField(_("why"), max_length=300, blank=True)
    film_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    like_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    comment_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)

    objects = FilmListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="list_has_a_title"),
            models.CheckConstraint(condition=models.Q(most_found__range=(1, MOST_FOUND)), name="list_shows_so_many"),
        ]
        indexes = [
            models.Index(fields=["member", "-updated_at", "-id"], name="list_member_newest"),
            # Of everybody: whom a member follows shows them more than what is public.
            models.Index(fields=["-updated_at", "-id"], name="list_newest"),
            models.Index(fields=["-like_count", "-updated_at", "-id"], name="list_best"),
            GinIndex(fields=["folded_tags"], name="list_folded_tags"),
            GinIndex(models.Func("id", "title", "description_html", function="words_of_list"), name="list_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path("reviews:list", self.pk)

    @property
    def fills_itself(self) -> bool:
        return self.finds != ""

    @property
    def finds_url(self) -> str:
        """The page of the catalogue that shows what it finds, of one that fills itself."""
        return f"{path('films:browse')}?{self.finds}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it, as far as the list itself says."""
        return self.visibility == self.Visibility.PUBLIC and self.removed_at is None

    @property
    def licence(self) -> Licence:
        """By which others may use what its member says there, where everybody may read it. Needs the member at hand."""
        return licence_of(self.member, is_public=self.is_public)


class ListEntry(Row):
    """A film on a list, at its place (from 1), with what the list's member says of it there."""

    # `list_entry_once` begins with it.
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, related_name="entries", db_index=False)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="list_entries")
    position = models.PositiveIntegerField(_("position"))
    note = models.TextField(
        _("note"), max_length=LONGEST_NOTE, blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)]
    )
    note_html = models.TextField(max_length=20 * LONGEST_NOTE, blank=True, editable=False)
    spoilers = models.BooleanField(_("the note contains spoilers"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(default=timezone.now)
    # Whose words the note is: they go unread where the reader and they are apart.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("note by")
    )
    updated_at = models.DateTimeField(default=timezone.now)

    # Whoever writes entries holds their list first, a merge of films included (films/actions/moving.py).
    held_by = "film_list"

    class Meta:
        verbose_name = _("film on a list")
        verbose_name_plural = _("films on lists")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["film_list", "film"],
                name="list_entry_once",
                violation_error_message=_("This film is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["film_list", "position"],
                name="list_entry_one_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="list_entry_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.film_list_id}: {self.position}. {self.film_id}"

    def take_over(self, older: "ListEntry") -> None:
        """When two films of a list become one: no words are lost, neither the later nor the earlier."""
        if not older.note or older.note == self.note:
            return
        if not self.note:
            self.note, self.note_html, self.noted_by_id = older.note, older.note_html, older.noted_by_id
        elif len(self.note) + len(older.note) < LONGEST_NOTE:
            self.note, self.note_html = f"{self.note}\n\n{older.note}", f"{self.note_html}\n{older.note_html}"
        self.spoilers = self.spoilers or older.spoilers


class ListLike(Row):
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, related_name="likes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_likes")
    created_at = models.DateTimeField(default=timezone.now)
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film_list", "member"], name="list_like_once")]
        indexes = [models.Index(fields=["member", "-created_at"], name="list_like_member")]

    def __str__(self) -> str:
        return f"{self.member_id} likes list {self.film_list_id}"


class Collaborator(Row):
    """Somebody whom a list's member asked to help fill it. They may once they have said yes."""

    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, related_name="collaborators")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collaborations")
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film_list", "member"], name="collaborator_once")]
        indexes = [models.Index(fields=["member", "-invited_at"], name="collaborator_member")]

    def __str__(self) -> str:
        return f"{self.member_id} helps with list {self.film_list_id}"
