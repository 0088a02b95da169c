"""The house's own words and pages: written by whoever answers for the house, every text of theirs kept."""

from dataclasses import asdict
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import is_legible, line_of
from accounts.models import User
from films.names import first_free, roman
from reviews import house_texts, markup
from reviews.models import HousePage, HousePageRevision, HouseWords
from reviews.models.house import LONGEST_PAGE, TAKEN, other_languages

MOST_PAGES: Final = 30  # so that the foot of a page stays one
LONGEST_ADDRESS: Final = 60  # of the part that the title makes


class PageFacts(TypedDict, total=False):
    """What may be said of a page. What is left out stays as it is."""

    kind: str
    title: str
    body: str
    place: int
    published: bool
    original: HousePage | None
    language: str


@transaction.atomic
def say_words(*, editor: User, line: str, welcome: str, contact: str) -> HouseWords:
    """What house this is, in words of one's own; where one is empty, the site says something itself.

    Raises ValidationError by field.
    """
    if not editor.has_perm("reviews.change_housewords"):
        raise PermissionDenied(_("Only administrators do this."))
    said = {"line": line, "welcome": welcome, "contact": contact}
    words = HouseWords(**{name: line_of(text, name) for name, text in said.items()})
    words.full_clean(validate_unique=False)
    HouseWords.objects.update_or_create(pk=1, defaults={name: getattr(words, name) for name in said})
    return HouseWords.objects.get()


@transaction.atomic
def save_page(
    *, editor: User, page: HousePage | None = None, restored_from: int | None = None, **facts: Unpack[PageFacts]
) -> HousePage:
    """A new page, or a changed one, with its text made into HTML and a revision of its words.

    Raises ValidationError by field, also for one that is to be published and has gaps left for its host to fill.
    """
    new = page is None or page.pk is None
    if not editor.has_perm("reviews.add_housepage" if new else "reviews.change_housepage"):
        raise PermissionDenied(_("Only administrators do this."))
    if new and facts.get("original") is None:
        check_room()
    row = HousePage() if new else _lock(page)
    changes: dict[str, Any] = dict(facts)
    published = changes.pop("published", row.is_published)
    for name, value in changes.items():
        setattr(row, name, line_of(value, name) if name == "title" else value)
    check_language(row)
    check_text(row.body, published=published)
    _typeset(row)
    row.published_at = (row.published_at or timezone.now()) if published else None
    row.keeps_address = row.keeps_address or published
    row.full_clean()
    row.save()
    _revise(row, editor, restored_from)
    return row


def check_room() -> None:
    """Raise ValidationError where there is none for another page."""
    if HousePage.objects.originals().count() >= MOST_PAGES:
        raise ValidationError(_("There are %(most)d pages. Delete one first.") % {"most": MOST_PAGES})


def check_language(page: HousePage) -> None:
    """Raise ValidationError, by field, where it is of no language that the site speaks, or in the place of a page that
    is itself in the place of another. What is in another language is of no kind of its own.
    """
    original = page.original
    if original is None and not page.language:
        return
    if original is None or not page.language:
        name = "language" if original is not None else "original"
        raise ValidationError({name: [_("Say of which page these are the words, and in which language.")]})
    if page.language not in other_languages():
        raise ValidationError({"language": [_("Choose a language that this site speaks besides its first.")]})
    if original.original_id or original.pk == page.pk or (page.pk and page.translations.exists()):
        raise ValidationError({"original": [_("Choose a page that is in no other’s place.")]})
    page.kind = HousePage.Kind.OTHER


def check_text(body: str, *, published: bool) -> None:
    """Raise ValidationError, of the text, for one that cannot stand on a page, or not on one that everybody reads."""
    refusal = ""
    if not is_legible(body):
        refusal = _("Write something first: one sentence is enough.")
    elif len(body) > LONGEST_PAGE:
        refusal = _("The text is %(count)d characters long; at most %(limit)d are allowed.") % {
            "count": len(body), "limit": LONGEST_PAGE,
        }  # fmt: skip
    elif published and (gap := house_texts.GAP.search(body)):
        refusal = _("Before everybody reads it, write what belongs here, without the brackets: %(gap)s") % {
            "gap": gap[0]
        }
    if refusal:
        raise ValidationError({"body": [refusal]})


def begin_page(*, editor: User, kind: str) -> HousePage:
    """A draft with the text that the house offers for a page of this kind, in the editor's language.

    Raises ValidationError where there is a page of the kind, or no text for it.
    """
    if kind not in house_texts.TEXTS:
        raise ValidationError(_("There is no text for this kind of page."))
    title, body = house_texts.text_of(kind)
    place = house_texts.place_of(kind)
    return save_page(editor=editor, kind=kind, title=title, body=body, place=place, published=False)


def publish_page(*, editor: User, page: HousePage) -> HousePage:
    """Show it to everybody; one that is shown already stays as it is."""
    return page if page.is_published else save_page(editor=editor, page=page, published=True)


def withdraw_page(*, editor: User, page: HousePage) -> HousePage:
    """Make it a draft again, which only the staff sees."""
    return save_page(editor=editor, page=page, published=False)


def restore_page(*, editor: User, revision: HousePageRevision) -> HousePage:
    """Make the words of a revision the page's own again; they become its newest revision."""
    words: dict[str, Any] = {"title": revision.title, "body": revision.body}
    return save_page(editor=editor, page=revision.page, restored_from=revision.number, **words)


@transaction.atomic
def delete_page(*, editor: User, page: HousePage) -> None:
    """For good, with all that it ever said."""
    if not editor.has_perm("reviews.delete_housepage"):
        raise PermissionDenied(_("Only administrators do this."))
    page.delete()


def _lock(page: HousePage | None) -> HousePage:
    """The page as it stands, for this transaction alone."""
    assert page is not None  # only one that is stored comes here
    return HousePage.objects.select_for_update(no_key=True).get(pk=page.pk)


def _typeset(page: HousePage) -> None:
    """Set what follows from a page's words: its HTML, its headings, and its address.

    The address follows the title until the page is published, and never after, also where it is withdrawn.
    """
    rendered = markup.render(page.body, kind="article")
    page.body_html, page.headings = rendered.html, [asdict(heading) for heading in rendered.headings]
    if not page.keeps_address:
        base = roman(page.title)[:LONGEST_ADDRESS].strip("-") or "page"
        others = HousePage.objects.exclude(pk=page.pk).filter(slug__startswith=base)
        page.slug = first_free(base, {*others.values_list("slug", flat=True), *TAKEN})


def _revise(page: HousePage, editor: User, restored_from: int | None) -> None:
    last = page.revisions.first()
    revision = HousePageRevision(
        page=page,
        number=last.number + 1 if last else 1,
        title=page.title,
        body=page.body,
        by=editor,
        restored_from=restored_from,
    )
    if last is None or last.words != revision.words:
        revision.save(force_insert=True)
