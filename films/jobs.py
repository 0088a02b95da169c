"""What happens to the catalogue later, or every night."""

import json

from accounts.picture_files import keys_in
from accounts.picturing import sweep_unused, take_up_unfinished
from config.jobs import job
from films.actions import faceting, ranking, spelling, weighing
from films.actions.pairing import find_duplicates
from films.cards import forget_old
from films.models import Film, Merge
from films.press.stock import draw_posters


@job
def draw_popular_posters(most: int = 600) -> None:
    """Draw ahead the posters of the best known films without artwork, so that nobody waits for the first walls."""
    draw_posters(Film.objects.filter(poster_key="").popular()[:most])


@job
def sweep_pictures() -> None:
    """Finish pictures whose job was lost, and delete the files that no row holds.

    What a merge took away stays as long as it can be undone.
    """
    take_up_unfinished()
    kept: set[str] = set()
    for record in Merge.objects.filter(undone_at=None).values_list("record", flat=True).iterator():
        kept |= keys_in(json.dumps(record))
    sweep_unused(kept)


@job
def learn_words() -> None:
    """Know every word of the catalogue, so that search understands misspelt ones, and who is best known."""
    ranking.write_older_texts()
    ranking.deal_tiers()
    spelling.learn_words()


@job
def deal_tiers() -> None:
    """Have search look among those first that are best known by now."""
    ranking.deal_tiers()


@job
def weigh_films() -> None:
    """Draw films to the mean that the site has by now."""
    weighing.weigh_films()


@job
def gather_counts() -> None:
    """Make one row again of the many that say how many films have a word."""
    faceting.gather_counts()


@job
def forget_changes() -> None:
    """Sweep the log by which processes follow the catalogue."""
    faceting.forget_changes()


@job
def settle_services() -> None:
    """Take the words of services off the films that have left them."""
    faceting.settle_services()


@job
def look_for_duplicates() -> None:
    """Find films that are here twice, for curators to decide about."""
    find_duplicates()


@job
def forget_old_cards() -> None:
    """Delete the social cards drawn a month ago. Those that are still asked for are drawn again."""
    forget_old()
