"""Films and people by their address, present or former."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from films.models import Film, FormerSlug, Person


def film_at(slug: str, films: QuerySet[Film] | None = None) -> Film:
    """The film that is or was at `slug`: its own slug differs when it has moved. Raises Http404."""
    films = Film.objects.all() if films is None else films
    if found := films.filter(slug=slug).first():
        return found
    former = FormerSlug.objects.filter(slug=slug).values("film")
    if found := films.filter(pk__in=former).first():
        return found
    raise Http404(_("No film has this address."))


def person_at(slug: str) -> Person:
    """The person who is or was at `slug`. Raises Http404."""
    people = Person.objects.defer("search_text")
    if found := people.filter(slug=slug).first():
        return found
    if found := people.filter(former_slugs__slug=slug).first():
        return found
    raise Http404(_("Nobody here has this address."))
