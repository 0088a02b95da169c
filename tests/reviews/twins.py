"""Two entries of one film, for tests that merge them: all that can be said of one, and how it stood."""

from datetime import date

from films import record
from films.actions.settling import settle
from films.models import AlternativeTitle, Conflict, FactLock, Film, FilmId, FormerSlug, Suggestion
from reviews.actions.reviewing import like_review
from reviews.models import Document, Finding
from tests import make


def settled(film: Film) -> Film:
    settle(film)
    return film


def picture(film: Film) -> dict[str, object]:
    """All that is to be as it was: facts, sources, addresses, numbers, and who said what."""
    film = Film.objects.get(pk=film.pk)
    columns = ("slug", "title", "poster_key", "rating_count", "rating_sum", "rating_histogram", "watch_count",
               "like_count", "watchlist_count", "review_count", "renown", "search_text")  # fmt: skip
    rows = {
        name: list(getattr(film, name).order_by("pk").values())
        for name in ("marks", "viewings", "reviews", "suggestions", "conflicts", "fact_sources", "fact_locks",
                     "collection_entries", "documents", "former_slugs", "external_ids", "credits", "awards")
    }  # fmt: skip
    for row in rows["viewings"]:
        row.pop("updated_at")
    facts = record.read_all(film, record.keys_of(film))
    articles = sorted(film.articles.values_list("pk", flat=True))
    return {name: getattr(film, name) for name in columns} | rows | facts | {"articles": articles}


def furnish(kept: Film, gone: Film) -> dict[str, object]:
    ana, bea = make.member(username="ana"), make.member(username="bea")
    review = make.review(member=ana, film=gone, stars=4.5)
    like_review(member=bea, review=review)
    comment = make.comment(member=bea, review=review)
    make.review(member=bea, film=kept, stars=2)
    make.viewing(member=ana, film=gone, watched_on=date(2024, 2, 1), stars=4)
    make.mark(member=make.member(), film=gone, in_watchlist=True)
    entry = make.collection(title="Getaways", films=[kept, make.film(), gone])
    alone = make.collection(title="Songs", films=[gone])
    article = make.article(films=[gone])
    both = make.article(films=[kept, gone])
    document = Document.objects.create(name="a.txt", text="A text.", kind="news", film=gone, sha256="1" * 64)
    facts = {"film": gone.pk, "source": "Metacritic", "value": "86", "scale": 100, "as_of": None}
    finding = Finding.objects.create(document=document, kind="score", says="86 of 100", facts=facts)
    suggestion = Suggestion.objects.create(film=gone, member=ana, fact="year", value="2017")
    twin = Suggestion.objects.create(film=kept, twin=gone, member=bea, kind="merge")
    conflict = Conflict.objects.create(film=gone, fact="year", source="imdb", ours=2017, theirs=2016)
    FactLock.objects.create(film=gone, fact="runtime_minutes")
    FactLock.objects.create(film=gone, fact="title")
    FilmId.objects.create(film=gone, source="imdb", value="tt3890160")
    FilmId.objects.create(film=gone, source="tmdb", value="339403")
    FilmId.objects.create(film=kept, source="tmdb", value="999")
    FormerSlug.objects.create(film=gone, slug="baby-2017")
    AlternativeTitle.objects.create(film=gone, title="Le Chauffeur")
    settle(gone)
    winner = make.film(title="Dunkirk")
    gone.awards.create(award="Academy Awards", category="Editing", year=2018, outcome="nominated", lost_to_film=winner)
    other = winner.awards.create(award="BAFTA", category="Sound", year=2018, outcome="nominated", lost_to_film=gone)
    Film.objects.filter(pk=gone.pk).update(poster_key="posters/ab/cd", poster_alt="A car", renown=900, origin="seed")
    return locals()
