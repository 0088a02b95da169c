"""What every page with a thread of comments on it needs, and the page of the talk about a film."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.addresses import film_at
from films.models import Film
from reviews.counting import count_for
from reviews.forms import CommentForm
from reviews.models import Article, Comment
from reviews.models.comment import Subject, owner_of, subject_name, thread_url
from reviews.thread_state import Relation, ThreadState, relation_to, state_for
from reviews.threads import Talk, talk_under

# Under which names `reviews.urls` has the page of a thread, and what is posted to it.
PAGES = {
    "review": "reviews:review", "film_list": "reviews:list", "article": "reviews:article", "essay": "reviews:essay",
    "film": "films:talk",
}  # fmt: skip


def key_of(subject: Subject) -> Any:
    """What its address has: a number or a slug."""
    return subject.slug if isinstance(subject, Article | Film) else subject.pk


@dataclass(frozen=True)
class TalkOnPage:
    """The part that `reviews/_talk.html` shows."""

    subject: Subject
    viewer: Viewer
    relation: Relation | None
    talk: Talk
    form: CommentForm
    link_key: str = ""  # of a list that was reached by its link

    @property
    def state(self) -> ThreadState:
        return state_for(self.subject, self.viewer, self.relation)

    @property
    def kind(self) -> str:
        return subject_name(self.subject)

    @property
    def owner(self) -> User | None:
        return owner_of(self.subject)

    @property
    def count(self) -> int:
        """How many comments there are; where `count_for` was asked before, how many the viewer may read."""
        return self.subject.comment_count

    @property
    def url(self) -> str:
        if self.link_key:
            return reverse("reviews:list_link", args=[self.subject.pk, self.link_key])
        return thread_url(self.subject)

    @property
    def post_url(self) -> str:
        return reverse(f"{PAGES[self.kind]}_comments", args=[key_of(self.subject)])

    @property
    def subscription_url(self) -> str:
        return reverse(f"{PAGES[self.kind]}_subscription", args=[key_of(self.subject)])

    @property
    def follows(self) -> bool:
        return bool(self.relation and self.relation.subscribed)

    @property
    def is_editable(self) -> bool:
        """Whether the viewer may still change something that they said, as the page shows by the second."""
        said = (each for thread in self.talk.threads for each in (thread.comment, *thread.replies))
        own = self.viewer.pk if is_signed_in(self.viewer) else None
        return any(comment.member_id == own and comment.editable_seconds for comment in said)

    @property
    def answered(self) -> Comment | None:
        """The comment that the form answers."""
        number = str(self.form["reply_to"].value() or "")
        return next((t.comment for t in self.talk.threads if str(t.comment.pk) == number and not t.comment.gone), None)


def talk_on(
    request: HttpRequest,
    subject: Subject,
    form: CommentForm | None = None,
    link_key: str = "",
    relation: Relation | None = None,
) -> dict[str, Any]:
    """The context of `reviews/_talk.html`. `?reply=12` opens the form as an answer to comment 12, `?comment=12` and
    `?after=12` choose the page of a long thread, `?answers=12` the later answers to one comment.
    """
    reply_to = _number(request, "reply")
    form = form or CommentForm(initial={"reply_to": reply_to})
    at = _number(request, "comment") or reply_to
    after, answers = _number(request, "after"), _number(request, "answers")
    talk = talk_under(subject, request.user, after=after, at=at, answers=answers)
    relation = relation or relation_to(subject, request.user)
    return {"talk": TalkOnPage(subject, request.user, relation, talk, form, link_key), "form": form}


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What members say about a film, apart from its reviews."""
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:talk", film.slug, permanent=True)
    return page(request, film)


def page(request: HttpRequest, film: Film, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    count_for(request.user, [film])
    return render(request, "reviews/film_talk.html", {"film": film} | talk_on(request, film, form), status=status)
