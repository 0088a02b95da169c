"""Reading essays: their cards, where they are shown, and what they say to search engines."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import JSONObject
from django.template.loader import get_template
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from accounts.compiled import for_viewers, prepared, row_of
from accounts.faces import Drawn, drawn
from accounts.models import User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import Tags, kept_many
from films.models import Film, Person
from reviews.models import Essay, EssayLike
from reviews.models.essay import MOST_FILMS, EssayQuerySet
from reviews.models.visibility import Visibility
from reviews.quiet import without_muted
from reviews.withheld import without_covered

FANNED: Final = 3
SHOWN: Final = 4  # beside a film, a person and on a member's page
PAGE: Final = re.compile(r"/(films|people)/([\w-]{1,120})", re.ASCII)


def with_cards(essays: Any) -> Any:
    """With all that a card shows, the best known of their films in `shown`: one query more for all of them."""
    films = Film.objects.with_card().popular()[:FANNED]
    return essays.with_card().prefetch_related(Prefetch("films", queryset=films, to_attr="shown"))


def essays_on_show(viewer: Viewer) -> EssayQuerySet:
    """Where everybody looks around: those for everybody, without those of members whom one mutes."""
    rows = Essay.objects.visible_to(viewer).filter(visibility=Visibility.PUBLIC, removed_at=None)
    return without_muted(rows, viewer, films=())


def essays_of(member: User, viewer: Viewer) -> EssayQuerySet:
    """A member's essays, as far as this viewer may read them."""
    return Essay.objects.visible_to(viewer).filter(member=member)


def with_my_like(essays: Any, viewer: Any) -> Any:
    """Essays that know whether the viewer likes them, as `liked_by_me`."""
    if not is_signed_in(viewer):
        return essays
    return essays.annotate(liked_by_me=Exists(EssayLike.objects.filter(essay=OuterRef("pk"), member=viewer)))


@for_viewers(person=row_of("films.Person"))
def _of_person(viewer: Viewer, person: Any) -> Any:
    return essays_on_show(viewer).filter(people=person).newest().only("pk")[:SHOWN]


def drawn_for_person(viewer: Viewer, person: Person) -> list[Drawn]:
    """The newest essays about somebody. One query, and one for those that are not kept."""
    return draw_essays(viewer, (row.pk for row in _of_person(viewer, person=person.pk)))


def lines_of(member: Any, viewer: Viewer) -> ArraySubquery:
    """The newest of a member's essays as a column of another row, for `essays_in`."""
    newest = essays_of(member, viewer).filter(removed_at=None).newest()[:SHOWN]
    return ArraySubquery(newest.values(_line=JSONObject(id="id", title="title", published_at="published_at")))


def essays_in(lines: Iterable[dict[str, Any]]) -> list[Essay]:
    """No query."""
    return [Essay.of_row(line | {"published_at": parse_datetime(line["published_at"])}) for line in lines]


@prepared(numbers=list)
def _lines(numbers: Any) -> Any:
    return Essay.objects.filter(pk__in=numbers).with_card()


def draw_essays(viewer: Viewer, numbers: Iterable[int]) -> list[Drawn]:
    """Essays as they stand beside something else (templates/reviews/_essay_line.html), in the order of the numbers.

    One query for those that are not kept. What was taken away meanwhile is left out.
    """

    def make(missing: list[int]) -> dict[int, Drawn]:
        line = get_template("reviews/_essay_line.html")
        return {row.pk: drawn(line.render({"essay": row}), [row.member_id]) for row in _lines(numbers=missing)}

    def tags(_number: int, line: Drawn) -> Tags:
        return WIDE, *line.faces

    keys = {number: ("essay", number, get_language()) for number in numbers}
    made = kept_many(keys, tags, make) if keys else {}
    return [made[number] for number in keys if number in made]


def led_to(text: str) -> tuple[list[Film], list[Person]]:
    """The films and people to whose pages here a text leads, outside its covers, by their address; two queries."""
    if settings.SITE_URL not in text:
        return [], []
    found = [PAGE.match(rest) for rest in without_covered(text, "essay").split(settings.SITE_URL)[1:]]
    slugs = {kind: [place[2] for place in found if place and place[1] == kind] for kind in ("films", "people")}
    return _in_order(Film.objects, slugs["films"]), _in_order(Person.objects, slugs["people"])


def _in_order(rows: Any, slugs: list[str]) -> list[Any]:
    found = {row.slug: row for row in rows.filter(slug__in=slugs).only("slug")} if slugs else {}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found][:MOST_FILMS]


def essay_facts(essay: Essay, films: Iterable[Film]) -> dict[str, Any]:
    """What an essay says of itself, in the vocabulary of schema.org, with nothing that it covers. Costs no query."""
    member = essay.member
    return {
        "@type": "Article",
        "headline": essay.title,
        "description": "" if essay.spoilers else essay.excerpt,
        "url": settings.SITE_URL + essay.get_absolute_url(),
        "datePublished": essay.published_at.isoformat() if essay.published_at else None,
        "dateModified": essay.updated_at.isoformat(),
        "wordCount": essay.word_count,
        "author": {"@type": "Person", "name": member.name, "url": settings.SITE_URL + member.get_absolute_url()},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "license": essay.licence.address,
        "about": [
            {"@type": "Movie", "name": film.title, "url": settings.SITE_URL + film.get_absolute_url()} for film in films
        ],
    }
