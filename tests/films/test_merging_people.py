"""Two people who are one: their credits, prizes and addresses, and the facts that know them by number."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from films import actions, record
from films.actions.merging import merge_people
from films.actions.settling import settle
from films.actions.unmerging import undo_merge
from films.models import Conflict, Credit, FormerPersonSlug, Merge, Person, PersonId
from films.survivors import person_numbered
from tests import make
from tests.staff import curator
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora():
    return curator(username="cora")


@pytest.fixture
def kept():
    return make.person(name="Edgar Wright", biography="He directs.")


@pytest.fixture
def gone():
    return make.person(name="E. Wright", born_on="1974-04-18", portrait_key="portraits/ab/cd", portrait_alt="A beard")


def state(*people: Person) -> list[object]:
    return [
        [
            Person.objects.filter(pk=one.pk).values("slug", "name", "born_on", "biography", "portrait_key"),
            *(list(getattr(one, name).order_by("pk").values()) for name in ("credits", "external_ids", "former_slugs")),
            list(one.awards.order_by("pk")), list(one.articles.order_by("pk")),
        ]
        for one in people
    ]  # fmt: skip


def test_all_of_them_moves_and_comes_back(kept, gone, cora, client):
    first, second = make.film(title="Baby Driver"), make.film(title="Spaced")
    make.credit(film=first, person=kept, job="director")
    make.credit(film=first, person=gone, job="director")
    make.credit(film=second, person=gone, job="director")
    make.credit(film=second, person=gone, character="Himself")
    PersonId.objects.create(person=gone, source="imdb", value="nm0942367")
    FormerPersonSlug.objects.create(person=gone, slug="wright")
    award = second.awards.create(award="BAFTA", category="Comedy", year=2000, outcome="won")
    award.people.add(gone)
    article = make.article()
    article.people.add(kept, gone)
    settle(first)
    settle(second)
    before = repr(state(kept, gone))
    merge = merge_people(curator=cora, kept=kept, gone=gone)
    kept.refresh_from_db()
    assert (kept.credit_count, kept.biography, str(kept.born_on)) == (3, "He directs.", "1974-04-18")
    assert kept.portrait_key == "portraits/ab/cd" and kept.portrait_alt == "A beard"
    assert award.people.get() == article.people.get() == kept and kept.external_ids.get().value == "nm0942367"
    second.refresh_from_db()
    assert "edgar wright" in second.search_text and second.poster_version == 2
    for slug in (gone.slug, "wright"):
        assert client.get(f"/people/{slug}/")["Location"] == kept.get_absolute_url()
        assert client.get(f"/api/v1/people/{slug}/").status_code == 301
    undo_merge(curator=cora, merge=merge)
    assert repr(state(kept, gone)) == before
    second.refresh_from_db()
    assert "e wright" in second.search_text
    assert wrong_tallies() == []


def test_a_former_address_picks_films_by_what_they_made(kept, gone, cora, client):
    make.credit(film=make.film(title="Baby Driver", year=2017), person=gone, job="director")
    make.film(title="Heat", year=1995)
    merge = merge_people(curator=cora, kept=kept, gone=gone)
    for query, shown in (f"person={gone.slug}", "baby-driver-2017"), (f"not_person={gone.slug}", "heat-1995"):
        page = client.get(f"/films/?{query}")
        assert [film.slug for film in page.context["films"]] == [shown] and not page.context["notices"]
        assert [film["slug"] for film in client.get(f"/api/v1/films/?{query}").json()["results"]] == [shown]
    undo_merge(curator=cora, merge=merge)
    assert client.get(f"/api/v1/films/?person={kept.slug}").json()["results"] == []


def test_facts_that_know_the_number_find_the_survivor(kept, gone, cora):
    film = make.film()
    make.credit(film=film, person=gone, job="director")
    with_gone = record.read(film, "credits.director")
    make.credit(film=film, person=kept, job="writer")
    [change] = actions.settle_fact(curator=cora, film=film, fact="credits.director", value=[])
    theirs = [*with_gone, {"person": kept.pk, "name": kept.name, "character": "", "detail": ""}]
    conflict = Conflict.objects.create(film=film, fact="credits.director", source="imdb", ours=[], theirs=theirs)
    merge_people(curator=cora, kept=kept, gone=gone)
    assert person_numbered(gone.pk) == kept
    actions.revert_change(curator=cora, change=change)
    assert Credit.objects.get(film=film, job="director").person == kept
    actions.settle_fact(curator=cora, film=film, fact="credits.director", value=[])
    actions.accept_conflict(curator=cora, conflict=conflict)
    assert Credit.objects.get(film=film, job="director").person == kept and Person.objects.count() == 1


def test_chains_and_refusals(kept, gone, cora):
    last = make.person(name="Wright, Edgar")
    first = merge_people(curator=cora, kept=kept, gone=gone)
    second = merge_people(curator=cora, kept=last, gone=kept)
    assert person_numbered(gone.pk) == last
    with pytest.raises(ValidationError, match="Undo that merge first"):
        undo_merge(curator=cora, merge=first)
    undo_merge(curator=cora, merge=second)
    undo_merge(curator=cora, merge=first)
    assert Person.objects.count() == 3 and not Merge.objects.filter(undone_at=None).exists()
    with pytest.raises(PermissionDenied):
        merge_people(curator=make.allow(make.member(), "films.change_person"), kept=kept, gone=gone)


def test_nobody_dies_before_they_were_born(kept, gone, cora):
    Person.objects.filter(pk=kept.pk).update(died_on="1950-01-01")
    merge_people(curator=cora, kept=kept, gone=gone)
    assert Person.objects.get(pk=kept.pk).born_on is None
