"""What the house itself says: the part of `tests.walk` that is about its rules, its own pages, and their desks."""

from typing import Final

# As visitors open them, who each time sees notices for everybody above the page.
SAID: Final = (
    ("house rules", "/rules/"),
    ("moderation in figures", "/transparency/"),
    ("this house", "/house/"),
    ("page of the house", "/house/{housepage}/"),
    ("screenings", "/screenings/"),
    ("a screening", "/screenings/{screening}/"),
    ("a screening that is called off", "/screenings/{off_screening}/"),
)
SAID_TO_OTHERS: Final = (
    ("this house, of a member", "/house/", "ana"),
    ("this house, of a member who put a notice away", "/house/", "fay"),
    ("page of the house, a draft", "/house/{housedraft}/", "boss"),
    ("a screening, of who comes", "/screenings/{screening}/", "ana"),
    ("a screening, of who waits", "/screenings/{screening}/", "bea"),
    ("a screening, of who may say so", "/screenings/{club_screening}/", "fay"),
    ("a screening that is over, of who was there", "/screenings/{shown}/", "ivy"),
    ("a screening that is over, logged", "/screenings/{shown}/", "ana"),
    ("a screening, a draft", "/screenings/{screening_draft}/", "dora"),
    ("desk: screenings", "/admin/reviews/screening/", "dora"),
    ("desk: a screening", "/admin/reviews/screening/{screening}/change/", "dora"),
    ("desk: the door of a screening", "/admin/reviews/screening/{screening}/door/", "dora"),
    ("desk: a notice of the house", "/admin/reviews/housenotice/{housenotice}/change/", "dora"),
    *(
        (f"desk: {name}", f"/admin/reviews/{name}/", "boss")
        for name in (
            "housewords", "housepage", "housepage/add", "housepage/begin", "housenotice", "housenotice/add",
            "housewords/{housewords}/change", "housepage/{housepage_pk}/change", "housepage/{housepage_pk}/delete",
            "housepage/{housepage_pk}/history", "housepage/{housepage_pk}/revisions",
            "housepage/{housepage_pk}/revisions/2", "housenotice/{housenotice}/delete",
        )
    ),
)  # fmt: skip
