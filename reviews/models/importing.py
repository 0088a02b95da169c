from typing import Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CommentPolicy
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import Film
from reviews.models.visibility import Visibility

MEGABYTE: Final = 2**20
MOST_BYTES: Final = 16 * MEGABYTE  # of the file that is uploaded


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to imports: each is for the eyes of its own member alone."""
        return self.filter(member=viewer) if is_signed_in(viewer) else self.none()


class Import(Row):
    """What a member brings from another site: a file, read into rows that wait to be looked at, then taken in whole.

    `done_rows` of `all_rows` says how far it is read; the later steps are told by reviews/import_progress.py.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READING = "reading", _("Being read")
        READY = "ready", _("Ready for you to look at")
        TAKING_IN = "taking_in", _("Being taken in")
        DONE = "done", _("Taken in")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Could not be read")

    class Source(models.TextChoices):
        LETTERBOXD = "letterboxd", "Letterboxd"
        IMDB = "imdb", "IMDb"
        TRAKT = "trakt", "Trakt"
        NEODB = "neodb", "NeoDB"
        MOVARY = "movary", "Movary"
        YAMTRACK = "yamtrack", "Yamtrack, Floppy"
        WATCHARR = "watcharr", "Watcharr"
        SIMKL = "simkl", "Simkl"
        TMDB = "tmdb", "TMDB"
        MOVIELENS = "movielens", "MovieLens"
        NETFLIX = "netflix", "Netflix"
        INTERMISSION = "intermission", "Intermission"

    class Rule(models.TextChoices):
        MINE = "mine", _("Keep mine")
        THEIRS = "theirs", _("Take what the file says")
        NEWER = "newer", _("Take whichever is newer")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    source = models.CharField(max_length=12, choices=Source)
    file_name = models.CharField(max_length=200)
    file = models.BinaryField(null=True)  # until it is read
    visibility = models.CharField(_("who can see it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    rule = models.CharField(_("where mine differs"), max_length=8, choices=Rule, default=Rule.MINE)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done_rows = models.PositiveIntegerField(default=0)
    all_rows = models.PositiveIntegerField(default=0)
    # Lists in the file, by the number that their rows have: {"title", "description", "tags", "ranked", "list"}, and
    # where the file says so "comment_policy", "visibility", "created_at", "updated_at".
    lists = models.JSONField(default=list)
    # What was left out, and how much of it: {"comments.csv": 12}.
    left_out = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    went_wrong = models.BooleanField(default=False)  # the last step, which left everything as it was
    looked_at = models.DateTimeField(null=True)  # in the catalogue, for rows whose film it did not have
    taken_in_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["member", "-created_at", "-id"], name="import_member_newest")]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.member_id}"

    def get_absolute_url(self) -> str:
        return path("reviews:import", self.pk)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def seen_by(self, visibility: str) -> str:
        """Who is to see what had this visibility, or "", there: the fewer of those, and of those chosen here."""
        return max(self.visibility, visibility or self.visibility, key=Visibility.values.index)


UNDER_WAY = frozenset({Import.State.WAITING, Import.State.READING, Import.State.TAKING_IN, Import.State.UNDOING})


class ImportRow(Row):
    """One line of the file, and what would become of it, or did."""

    class Kind(models.TextChoices):
        RATING = "rating", _("Rating")
        WATCHED = "watched", _("Watched")
        VIEWING = "viewing", _("Diary")
        REVIEW = "review", _("Review")
        WATCHLIST = "watchlist", _("Watchlist")
        LIKE = "like", pgettext_lazy("a heart that a film was given", "Like")
        ENTRY = "entry", _("List")
        DRAFT = "draft", _("Draft")
        FAVOURITE = "favourite", _("Favourite")
        MUTED = "muted", _("Muted film")
        DISMISSED = "dismissed", _("Not to be recommended")
        EMPTY_LIST = "empty_list", _("List without films")
        GOAL = "goal", _("Goal")
        SEARCH = "search", _("Saved search")
        NOTE = "note", _("Private note")
        GUIDANCE = "guidance", _("What it contains")
        CAUTION = "caution", _("Warning")
        COPY = "copy", _("Copy on the shelf")
        PROFILE = "profile", _("Profile")
        ESSAY = "essay", _("Essay")

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        SAME = "same", _("Here already")
        CONFLICT = "conflict", _("Mine differs")
        AMBIGUOUS = "ambiguous", _("Which film?")
        UNKNOWN = "unknown", _("Film not found")
        NO_FILM = "no_film", _("Not a film")
        UNREADABLE = "unreadable", _("Cannot be read")

    class Choice(models.TextChoices):
        MINE = "mine", _("Keep mine")
        THEIRS = "theirs", _("Take what the file says")
        SKIP = "skip", _("Leave it out")

    class Problem(models.TextChoices):
        NO_TITLE = "no_title", _("The line names no film.")
        STARS = "stars", _("Its rating is not between half a star and five.")
        RATING = "rating", _("Its rating is not between 1 and 10.")
        DAY = "day", _("Its day is not between 1895 and today.")
        DAY_ORDER = "day_order", _("Its day may be one of two: write the year first, as in 2024-01-31.")
        PLACE = "place", _("Its place is not one of the four that favourites have.")
        GOAL = "goal", _("It is no year, or no number of films that can be seen in one.")
        SEARCH = "search", _("Nothing that it asks for is known here.")
        CONTENT = "content", _("Nothing that it says is asked here.")
        TOO_LONG = "too_long", _("Its text is longer than a review or a note can be here.")
        SHAPE = "shape", _("The line has more cells than the header, or cannot be read.")
        FILE = "file", _("The file cannot be read: it holds no text, or its columns are missing.")

    importing = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    file = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    imdb = models.CharField(max_length=16, blank=True)
    tmdb = models.CharField(max_length=16, blank=True)
    # Rows about the same film, as the file names it, have the same.
    named = models.CharField(max_length=350, blank=True)
    at = models.DateTimeField(null=True)  # when it was written there
    half_stars = models.PositiveSmallIntegerField(null=True)
    watched_on = models.DateField(null=True)
    rewatch = models.BooleanField(default=False)
    body = models.TextField(blank=True)  # of a review or a note, the note of a list's entry, or what a search asks for
    spoilers = models.BooleanField(default=False)
    tags = models.JSONField(default=list)
    visibility = models.CharField(max_length=10, choices=Visibility, blank=True)  # there, if the file says it
    list_number = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveIntegerField(null=True)  # on a list, of a favourite or a pin; of a goal, how many films
    # Of a line of the diary {"cut", "format", "place", "context_shown"}, of a profile {"field"}, of a note
    # {"created_at"}, where the file has it; of votes on what a film contains {"answers"}, by category or note; of what
    # is on a shelf what reviews/importers/copies.py reads of it, and of an essay {"films", "people", "draft"}.
    circumstances = models.JSONField(null=True)
    comment_policy = models.CharField(max_length=10, choices=CommentPolicy, blank=True, db_default="")
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    film = models.ForeignKey(Film, on_delete=models.SET_NULL, null=True, related_name="+")
    candidates = ArrayField(models.BigIntegerField(), default=list)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.UNKNOWN)
    choice = models.CharField(max_length=8, choices=Choice, blank=True)
    taken_in_at = models.DateTimeField(null=True)
    # Taken in, or not, for good: it is not looked at again when its film turns up.
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        indexes = [
            models.Index(fields=["importing", "verdict", "id"], name="import_row_verdict"),
            models.Index(fields=["importing", "film", "id"], name="import_row_film"),
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def about(self) -> int:
        """The number of its film, of a row that has one."""
        assert self.film_id is not None  # only such rows are judged and taken in
        return self.film_id


# Rows that are about no film, and never wait for one.
OF_NO_FILM = (
    ImportRow.Kind.EMPTY_LIST, ImportRow.Kind.GOAL, ImportRow.Kind.SEARCH, ImportRow.Kind.CAUTION,
    ImportRow.Kind.PROFILE, ImportRow.Kind.ESSAY,
)  # fmt: skip


class ImportChange(Row):
    """What taking an import in did to one row of the member's: what stood there before, and what after.

    `before` is None for a row that was made. Undoing puts back what is still as it was left.
    """

    class Kind(models.TextChoices):
        MARK = "mark", _("Mark")
        VIEWING = "viewing", _("Diary")
        REVIEW = "review", _("Review")
        LIST = "list", _("List")
        ENTRY = "entry", _("Film on a list")
        FAVOURITE = "favourite", _("Favourite")
        MUTED = "muted", _("Muted film")
        DISMISSED = "dismissed", _("Not to be recommended")
        GOAL = "goal", _("Goal")
        SEARCH = "search", _("Saved search")
        NOTE = "note", _("Private note")
        GUIDANCE = "guidance", _("What it contains")
        CAUTION = "caution", _("Warning")
        COPY = "copy", _("Copy on the shelf")
        PROFILE = "profile", _("Profile")
        ESSAY = "essay", _("Essay")

    importing = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.BigIntegerField()
    film = models.ForeignKey(Film, on_delete=models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(null=True)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    # Undoing left it, because the member changed it since.
    kept_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["importing", "kind", "number"], name="import_change_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
