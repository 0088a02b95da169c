"""Pages of lists: a part of `tests.walk`."""

from typing import Final

LISTS: Final = (
    ("lists", "/lists/"),
    ("lists, nothing found", "/lists/?q=zzzz"),
    ("list", "/lists/{list}/"),
    ("list without notes", "/lists/{wall}/"),
    ("list, nothing on it", "/lists/{list_empty}/"),
    ("list by its link", "/lists/{list_link}/link/{link_key}/"),
    ("lists with a film", "/films/{film}/lists/"),
    ("lists with a film, none", "/films/{quiet}/lists/"),
    ("member's lists", "/members/{ana}/lists/"),
    ("member's lists, none", "/members/{dora}/lists/"),
    ("search, lists", "/search/?q=count&kind=lists"),
    ("list that fills itself", "/lists/{list_found}/"),
    ("list that fills itself with nothing", "/lists/{list_broken}/"),
)
# Of the member who made them.
OWN_LISTS: Final = (
    ("new list", "/lists/new/?film={film}"),
    ("own list", "/lists/{list}/"),
    ("private list", "/lists/{list_private}/"),
    ("removed list", "/lists/{list_removed}/"),
    ("own list by link", "/lists/{list_link}/"),
    ("edit list", "/lists/{list_link}/edit/"),
    ("delete list", "/lists/{list}/deletion/"),
    ("arrange list", "/lists/{list}/films/?q=reel"),
    ("arrange list, nothing on it", "/lists/{list_empty}/films/"),
    ("who helps", "/lists/{list_shared}/collaborators/"),
    ("invitation", "/lists/{wall}/collaborators/"),
    ("own lists", "/members/{ana}/lists/"),
    ("lists with a film", "/films/{film}/lists/"),
    ("new list that fills itself", "/lists/new/?finds=genre%3Daction%26yours%3Dseen"),
    ("own list that fills itself", "/lists/{list_found}/"),
    ("edit list that fills itself", "/lists/{list_found}/edit/"),
    ("choose what a list finds", "/films/?genre=action&list={list_found}"),
)
