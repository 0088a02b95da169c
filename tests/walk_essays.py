"""Pages of essays: a part of `tests.walk`."""

from typing import Final

ESSAYS: Final = (
    ("essays", "/essays/"),
    ("essays, the most liked first", "/essays/?sort=liked"),
    ("essay", "/essays/{essay}/"),
    ("essay, covered whole", "/essays/{essay_covered}/"),
    ("member's essays", "/members/{ana}/essays/"),
    ("member's essays, none", "/members/{dora}/essays/"),
    ("search, essays", "/search/?q=doors&kind=essays"),
)
# Of the member who wrote them.
OWN_ESSAYS: Final = (
    ("new essay", "/essays/new/?film={film}"),
    ("own essay", "/essays/{essay}/"),
    ("private essay", "/essays/{essay_private}/"),
    ("removed essay", "/essays/{essay_removed}/"),
    ("edit essay", "/essays/{essay}/edit/"),
    ("edit a draft of an essay", "/essays/{essay_draft}/edit/"),
    ("delete essay", "/essays/{essay}/deletion/"),
    ("throw a draft of an essay away", "/essays/{essay_draft}/deletion/"),
    ("report essay", "/essays/{essay_covered}/report/"),
    ("own essays", "/members/{ana}/essays/"),
)
