"""A small town for the tests of what is kept."""

from django.test import Client

from tests import cast, make


class Town:
    """A film with a review, another film, and who writes about them."""

    def __init__(self) -> None:
        self.people = cast.gather()
        self.film = make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"])
        self.other = make.film(title="Heat", year=1995)
        self.review = make.review(member=self.people.ana, film=self.film, body="Counted in. " * 9)
        self.pages = [
            "/", "/films/", "/films/?sort=rating", self.film.get_absolute_url(), self.other.get_absolute_url(),
            f"{self.film.get_absolute_url()}reviews/", self.review.get_absolute_url(), "/members/ana/", "/lists/",
            "/members/bea/", "/people/edgar-wright/", "/search/?q=baby", "/search/?q=counted&kind=reviews",
            "/members/ana/diary/", "/charts/top/",
        ]  # fmt: skip


def ask(address: str, client: Client | None = None, **headers: str):
    return (client or Client()).get(address, headers=headers)
