"""What happens to the catalogue later, or every night."""

from config.jobs import job
from films.models import Film
from films.press.stock import draw_posters


@job
def draw_popular_posters(most: int = 600) -> None:
    """Draw ahead the posters of the best known films without artwork, so that nobody waits for the first walls."""
    draw_posters(Film.objects.filter(poster_key="").popular()[:most])
