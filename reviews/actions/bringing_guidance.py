"""What an import brings of what a member says that films contain, and of what they want to be told."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from films.models import ContentNote
from reviews.actions.import_ledger import Columns, Ledger, as_it_is
from reviews.actions.limiting import hold_posts
from reviews.models import Caution, ContentVote, Import, ImportChange, ImportRow, Mark
from reviews.standing import Standing
from reviews.trust import counts_from

Kind = ImportChange.Kind


def bring_guidance(importing: Import, member: User, rows: QuerySet[ImportRow], ledger: Ledger) -> list[int]:
    """Their films are held. Nothing is taken back. Returns which rows were taken in; none of films that the member has
    not seen.
    """
    if not (wanted := list(rows.order_by("id"))):
        return []
    hold_posts(member=member)  # as whoever says something of a film does
    films = {row.about for row in wanted}
    seen = set(Mark.objects.watched().filter(member=member, film__in=films).values_list("film", flat=True))
    waits = counts_from(member)
    standing = Standing(member, films)
    standing.judge(wanted)
    taken = [row for row in wanted if row.about in seen and standing.takes(row, importing.rule)]
    made, changed, before = list[ContentVote](), dict[int, ContentVote](), dict[int, Columns]()
    for row in taken:
        at, own = row.at or timezone.now(), {vote.subject: vote for vote in standing.votes[row.about]}
        for (category, note), answer in standing.answers_in(row).items():
            vote = own.get((category, note))
            if vote is None:
                vote = ContentVote(member=member, film_id=row.about, category=category, note_id=note, waits_until=waits)
                standing.votes[row.about].append(vote)
                made.append(vote)
            elif vote.pk and vote.answer != answer:
                before.setdefault(vote.pk, as_it_is(Kind.GUIDANCE, vote))
                changed[vote.pk] = vote
            vote.answer, vote.updated_at = answer, at
    ContentVote.objects.bulk_create(made, batch_size=1000)
    ContentVote.objects.bulk_update(changed.values(), ["answer", "updated_at"], batch_size=500)
    ledger.note(Kind.GUIDANCE, [*made, *changed.values()], before)
    return [row.pk for row in taken]


def bring_cautions(member: User, rows: Sequence[ImportRow], ledger: Ledger) -> None:
    """The member is held."""
    said = {slug: row for row in rows if (slug := (row.circumstances or {}).get("note"))}
    there = set(Caution.objects.filter(member=member).values_list("note", flat=True))
    made = Caution.objects.bulk_create(
        Caution(member=member, note=note, created_at=said[note.slug].at or timezone.now())
        for note in ContentNote.objects.filter(slug__in=said)
        if note.pk not in there
    )
    ledger.note(Kind.CAUTION, made)
