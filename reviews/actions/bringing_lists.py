"""Lists that an import brings: for their member's eyes only until they say otherwise, as a copy of a list is.

Those of a copy from here are for whom they were, where the member may show them.
"""

from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from films.actions.holding import hold_films
from films.models import Film
from reviews.actions.bringing_reviews import may_show
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.flagging import flag
from reviews.actions.import_ledger import Ledger
from reviews.importers.tables import instant_in
from reviews.models import FilmList, Import, ImportChange, ImportRow, ListEntry, Subscription, Visibility
from reviews.models.film_list import MOST_ENTRIES, MOST_FOUND


def bring_list(
    importing: Import, member: User, rows: QuerySet[ImportRow], mine: list[int | None], ledger: Ledger
) -> list[int]:
    """Put the films on the member's own list of this name, behind what is there; make it if it is missing.

    The rows are of one list. `mine`: for each list of the file its number here. Returns which rows were taken in.
    """
    brought = list(rows.order_by("position", "id"))
    if not brought:
        return []
    number = brought[0].list_number or 0
    hold_films(row.film_id for row in brought if row.film_id)
    film_list = make_brought_list(importing, member, number, mine[number], ledger)
    importing.save(update_fields=["lists"])
    return _fill(film_list, member, brought, ledger)


def make_brought_list(importing: Import, member: User, number: int, there: int | None, ledger: Ledger) -> FilmList:
    """The list of this number in the file: the member's own one `there`, if it still is, else a new one."""
    about = importing.lists[number]
    found = FilmList.objects.select_for_update(no_key=True).filter(pk=there, member=member).first() if there else None
    if found is None:
        rendered, films = render_words(about["description"], kind="comment")
        now = timezone.now()
        made_at = instant_in(about.get("created_at")) or now
        found = FilmList.objects.create(
            member=member, title=about["title"], description=about["description"], description_html=rendered.html,
            is_ranked=about["ranked"], tags=about["tags"], visibility=_seen_by(importing, member, about),
            comment_policy=about.get("comment_policy", ""), created_at=made_at,
            updated_at=max(made_at, instant_in(about.get("updated_at")) or made_at),
            finds=about.get("finds", ""), most_found=int(about.get("most_found", MOST_FOUND)),
        )  # fmt: skip
        if films:
            keep_spoiled(found, films)
        flag(text=found)
        Subscription.objects.bulk_create([Subscription(member=member, film_list=found)], ignore_conflicts=True)
        ledger.note(ImportChange.Kind.LIST, [found])
    about["list"] = found.pk
    return found


def _seen_by(importing: Import, member: User, about: dict[str, Any]) -> str:
    """Whom the file names, if that is no more than was chosen here; with a link only where everyone was chosen."""
    said = about.get("visibility", "")
    words = f"{about['title']}\n{about['description']}"
    if said not in FilmList.Visibility.values or not may_show(member, words):
        return FilmList.Visibility.PRIVATE
    if said == FilmList.Visibility.LINK:
        return said if importing.visibility == Visibility.PUBLIC else FilmList.Visibility.PRIVATE
    return importing.seen_by(said)


def _fill(film_list: FilmList, member: User, rows: list[ImportRow], ledger: Ledger) -> list[int]:
    there = set(film_list.entries.values_list("film", flat=True))
    last = film_list.entries.aggregate(last=Max("position"))["last"] or 0
    made, taken, named = list[ListEntry](), list[int](), list[tuple[ListEntry, tuple[Film, ...]]]()
    for row in rows:
        if row.film_id in there or row.film_id is None:
            taken.append(row.pk)
            continue
        if len(there) >= MOST_ENTRIES:
            break
        there.add(row.film_id)
        note = row.body if row.body.strip() else ""
        rendered, films = render_words(note, kind="comment")
        made.append(
            ListEntry(
                film_list=film_list,
                film_id=row.about,
                position=last + len(made) + 1,
                added_by=member,
                added_at=row.at or timezone.now(),
                note=note,
                note_html=rendered.html if note else "",
                noted_by=member if note else None,
                spoilers=row.spoilers,
            )  # fmt: skip
        )
        named.append((made[-1], films))
        taken.append(row.pk)
    ListEntry.objects.bulk_create(made, batch_size=1000)
    for entry, films in named:
        if films:
            keep_spoiled(entry, films)
    ledger.note(ImportChange.Kind.ENTRY, made)
    return taken
