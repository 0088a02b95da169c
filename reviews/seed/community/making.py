"""The way from nothing to a synthetic site, in one transaction: interrupted, it leaves nothing behind."""

import secrets
from collections.abc import Callable
from typing import Final

import numpy as np
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from accounts.models import Block, Follow, FormerUsername, Mute, User
from accounts.names import validate_username
from films.actions.faceting import begin_anew, rebuild_facets
from films.actions.ranking import settle_keys, write_keys
from films.actions.spelling import learn_words
from films.actions.weighing import weigh_films
from films.facets import Rebuilt
from films.models import (
    AlternativeTitle,
    Availability,
    Credit,
    Film,
    FormerPersonSlug,
    FormerSlug,
    Person,
    Release,
)
from films.seed.bulk import first_id, take_turns
from reviews.actions.charting import draw_charts
from reviews.actions.keying import MEMBERS
from reviews.actions.popularity import count_popularity
from reviews.actions.setting_aside import set_aside
from reviews.integrity import TALLIES
from reviews.models import (
    Activity,
    Comment,
    Favourite,
    FilmList,
    ListEntry,
    ListLike,
    Mark,
    Notification,
    Review,
    ReviewLike,
    SettingAside,
    Subscription,
    Viewing,
)
from reviews.seed.community import catalogue, counting, feed, lists, members, notices, opinions, people, shelves, texts
from reviews.seed.community.catalogue import Films
from reviews.seed.community.columns import Array
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.stock import coin
from reviews.seed.community.tables import bare, execute

type Tell = Callable[[str], None]

JOINED: Final = [
    Film._meta.get_field(name).remote_field.through  # type: ignore[union-attr]  # many-to-many fields all
    for name in ("genres", "countries", "languages", "companies", "access_features", "content_notes")
]
TABLES: Final[list[type[models.Model]]] = [
    Person, Film, AlternativeTitle, Credit, Release, Availability, *JOINED, User, Follow, Block, Mute, Mark, Viewing,
    Favourite, Review, ReviewLike, Comment, Subscription, FilmList, ListEntry, ListLike, Activity, Notification,
]  # fmt: skip
# What members did: a site that has any of this is somebody's.
THEIRS: Final = (Mark, Viewing, Review, Comment, FilmList, Follow)
COINED: Final = 40_000
SUSPENDED: Final = 0.002


def refuse_a_site_in_use() -> None:
    """Raise ValidationError where members have said anything, or have joined of their own accord."""
    by_members = User.objects.filter(is_staff=False)
    said = any(model._default_manager.exclude(member__is_staff=True).exists() for model in THEIRS[:-1])
    if by_members.exists() or said or Follow.objects.exists():
        raise ValidationError(
            _("This site has members already, and what they wrote would drown. Nothing was changed. Take an empty site,"
              " or say --beside to add the others beside them.")
        )  # fmt: skip


def check_free(username: str) -> None:
    """Raise ValidationError for a name that is none, or that somebody has or had."""
    validate_username(username)
    if User.objects.named(username).exists() or FormerUsername.objects.filter(username__iexact=username).exists():
        raise ValidationError(_("Somebody has the name %(name)s already.") % {"name": username})


class Making:
    """Makes what `sizes` says. `tell` hears of each step."""

    def __init__(self, sizes: Sizes, tell: Tell) -> None:
        self.sizes, self.tell = sizes, tell

    @transaction.atomic
    def make(self, *, beside: bool = False, demo: str = "") -> str:
        """Raises ValidationError for sizes that cannot be, and on a site in use unless `beside`.

        With `demo` one of the new members gets this username, and a password, which is returned.
        """
        take_turns()
        if not beside:
            refuse_a_site_in_use()
        self.sizes.check(Film.objects.count())
        if demo:
            check_free(demo)
        with bare(TABLES, lambda table: self.tell(_("Building indexes of %(table)s") % {"table": table})):
            self._load()
            for model in TABLES:
                for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                    execute(statement)
            self.recount()
        self.tell(_("Sorting films by what one can filter by"))
        rebuild_facets()
        self._suspend()
        self.tell(_("Counting what was popular"))
        weigh_films()
        count_popularity(now=self.sizes.moment)
        draw_charts()
        draw_charts(now=self.sizes.moment)
        self.tell(_("Writing what search finds by"))
        settle_keys()
        write_keys(MEMBERS)
        learn_words()
        begin_anew()
        return self._lend(demo) if demo else ""

    def _load(self) -> None:
        sizes, tell = self.sizes, self.tell
        coined = coin(np.random.default_rng([sizes.seed, 0]), COINED)
        tell(_("Inventing films and members"))
        self.films = catalogue.invent(sizes, first_id(Film))
        crew = people.cast_films(sizes, self.films)
        known = self._with_those_there(self.films)
        self.members = members_ = members.invent(sizes, first_id(User))
        circle = members.befriend(sizes, members_)
        tell(_("Forming opinions"))
        marks = opinions.form(sizes, known, members_, first_id(Mark))
        reviews_, evenings, said, lists_ = self._work_out(known, members_, marks)
        names = members.Names(
            coined, {n.lower() for n in _values(User, "username") | _values(FormerUsername, "username")}
        )
        rated = np.bincount(marks.member[marks.rated], minlength=len(members_))
        tell(_("Adding members"))
        members.write_members(sizes, members_, circle, rated, names)
        members.write_circle(sizes, members_, circle)
        tell(_("Adding opinions"))
        opinions.write_marks(known, members_, marks)
        opinions.write_evenings(sizes, known, members_, marks, evenings)
        fans = opinions.write_favourites(sizes, known, members_, marks)
        self._add_films(crew, coined, marks, reviews_, fans)
        tell(_("Adding reviews"))
        pages = texts.paragraphs(np.random.default_rng([sizes.seed, 30]), min(texts.PARAGRAPHS, 40 + len(reviews_)))
        texts.write_reviews(sizes, known, members_, marks, reviews_, said, pages)
        texts.write_talk(sizes, members_, marks, reviews_, said, first_id(Comment))
        lists.write_lists(sizes, known, members_, lists_, coined)
        tell(_("Adding lines of feeds"))
        lines = feed.Lines()
        feed.note_marks(known, members_, marks, reviews_, evenings, lines)
        feed.note_others(known, members_, marks, reviews_, said, lists_, circle, lines)
        lines.write()
        tell(_("Adding what members were told"))
        notices.tell_members(sizes, int(members_.ids[0]))

    def _work_out(
        self, films: Films, members_: members.Members, marks: opinions.Marks
    ) -> tuple[texts.Reviews, opinions.Evenings, texts.Talk, lists.Lists]:
        sizes = self.sizes
        chosen = texts.choose(sizes, films, marks)
        evenings = opinions.log(sizes, marks, chosen, first_id(Viewing))
        reviews_ = texts.with_evenings(sizes, chosen, evenings, first_id(Review))
        said = texts.talk(sizes, members_, marks, reviews_)
        return reviews_, evenings, said, lists.draw_up(sizes, films, members_, first_id(FilmList))

    def _with_those_there(self, new: Films) -> Films:
        """The films that are here already take part: after the new ones, so that the places of those stay."""
        there = list(Film.objects.order_by("pk").values_list("pk", "year", "renown"))
        if not there:
            return new
        rng, number = np.random.default_rng([self.sizes.seed, 7]), len(there)
        ids, years, renown = (np.array([row[n] or 0 for row in there]) for n in range(3))
        weight = (renown + 1.0) / (renown.max() + 1.0) * (new.weight.max() if len(new) else 1.0)
        old = Films(
            ids=ids, years=years, released=np.full(number, -9_999),
            genre=rng.integers(0, len(catalogue.GENRES), number),
            country=np.zeros(number, dtype=np.int64), quality=rng.normal(6.6, 1, number), weight=weight,
            upcoming=years > self.sizes.day.year, hot=int(np.argmax(weight)),
        )  # fmt: skip
        if not len(new):
            return old
        columns = {
            name: np.concatenate([getattr(new, name), getattr(old, name)])
            for name in ("ids", "years", "released", "genre", "country", "quality", "weight", "upcoming")
        }
        return Films(**columns, hot=new.hot)

    def _add_films(
        self, crew: people.Crew, coined: list[str], marks: opinions.Marks, reviews_: texts.Reviews, fans: Array
    ) -> None:
        sizes, films = self.sizes, self.films
        if not len(films):
            return
        self.tell(_("Adding people"))
        first = first_id(Person)
        slugs = _values(Person, "slug") | _values(FormerPersonSlug, "slug")
        called = people.write_people(sizes, crew, first, coined, slugs)
        self.tell(_("Adding films"))
        writer = catalogue.Writer(sizes, films, _values(Film, "slug") | _values(FormerSlug, "slug"))
        directors, leads = (
            people.named_by_film(crew, called, len(films), job) for job in (people.DIRECTOR, people.ACTOR)
        )  # fmt: skip
        counted = counting.count_films(sizes, len(films), self.members, marks, reviews_, fans)
        writer.write(directors, leads, counted)
        self.tell(_("Adding credits"))
        people.write_credits(sizes, films, crew, first, called)
        shelves.file_films(sizes, films, coined)

    def recount(self) -> None:
        """What was counted on the way is right, or is made right."""
        for tally in TALLIES:
            if isinstance(tally, Rebuilt):
                continue  # facets are made of many tables, so they wait for their indexes
            self.tell(_("Counting %(table)s") % {"table": tally.source})
            execute(tally.repair())

    def _lend(self, username: str) -> str:
        """The account of somebody who does and follows much, and hides nothing."""
        shown = User.objects.filter(
            pk__in=self.members.ids.tolist(), is_active=True, is_private=False, hides_scores=False
        )
        busy = shown.order_by("-following_count", "pk")[len(self.members) // 20]
        password = secrets.token_urlsafe(12)
        busy.username = username
        busy.set_password(password)
        busy.save()
        return password

    def _suspend(self) -> None:
        """A few, by the site's own triggers."""
        rng = np.random.default_rng([self.sizes.seed, 51])
        some = self.members.ids[rng.random(len(self.members)) < SUSPENDED].tolist()
        User.objects.filter(pk__in=some).update(is_active=False)
        for much in SettingAside.objects.values_list("member", flat=True):
            set_aside(much)


def _values(model: type[models.Model], name: str) -> set[str]:
    return set(model._default_manager.values_list(name, flat=True))
