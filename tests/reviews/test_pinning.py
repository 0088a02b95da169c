"""Pinned reviews: two at most, one's own, and first on one's page for whoever may read them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import User
from reviews.actions.pinning import pin_review, unpin_review
from reviews.models import Review
from tests import make
from tests.api import program
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def page(viewer: User | None, address: str = "/members/ana/") -> str:
    client = Client()
    if viewer is not None:
        client.force_login(viewer)
    return client.get(address).text


def test_two_reviews_are_pinned_and_a_third_is_not(cast: Cast):
    first, second, third = (make.review(member=cast.ana) for _ in range(3))
    pinned = pin_review(member=cast.ana, review=first)
    assert pin_review(member=cast.ana, review=first).pinned_at == pinned.pinned_at
    pin_review(member=cast.ana, review=second)
    with pytest.raises(ValidationError, match="Unpin one"):
        pin_review(member=cast.ana, review=third)
    unpin_review(member=cast.ana, review=first)
    unpin_review(member=cast.ana, review=first)
    pin_review(member=cast.ana, review=third)
    assert set(Review.objects.filter(pinned_at__isnull=False)) == {second, third}


def test_only_ones_own_that_is_to_be_read(cast: Cast):
    review, draft = make.review(member=cast.ana), make.review(member=cast.ana, draft=True)
    removed = make.review(member=cast.ana)
    Review.objects.filter(pk=removed.pk).update(removed_at=removed.published_at)
    for act in (pin_review, unpin_review):
        with pytest.raises(PermissionDenied):
            act(member=cast.fay, review=review)
    for refused in (draft, removed):
        with pytest.raises(ValidationError):
            pin_review(member=cast.ana, review=refused)


def test_the_page_shows_it_first_and_once_to_whom_may_read_it(cast: Cast):
    pinned = make.review(member=cast.ana, body="Old and dear.", visibility="followers")
    make.review(member=cast.ana, body="New and plain.")
    assert "Pinned" not in page(cast.bea)
    pin_review(member=cast.ana, review=pinned)
    for viewer, sees in ((None, False), (cast.fay, False), (cast.bea, True), (cast.ana, True)):
        text = page(viewer)
        assert ("Old and dear." in text) is sees and ('id="pinned"' in text) is sees
        assert text.count("Old and dear.") == int(sees)
    text = page(cast.bea)
    assert text.index("Old and dear.") < text.index("New and plain.")


def test_the_button_pins_and_unpins(cast: Cast):
    review = make.review(member=cast.ana)
    address = f"/reviews/{review.pk}/"
    assert f"{address}pin/" in page(cast.ana, address)
    assert f"{address}pin/" not in page(cast.bea, address)
    client = Client()
    client.force_login(cast.ana)
    assert "Unpin" in client.post(f"{address}pin/", {"pinned": "1"}, follow=True).text
    assert "Unpin" not in client.post(f"{address}pin/", {"pinned": "0"}, follow=True).text
    for other in (make.review(member=cast.ana), make.review(member=cast.ana)):
        pin_review(member=cast.ana, review=other)
    assert "Unpin one first" in client.post(f"{address}pin/", {"pinned": "1"}, follow=True).text


def test_programs_pin(cast: Cast):
    review = make.review(member=cast.ana)
    mine, theirs = program(cast.ana), program(cast.fay)
    assert mine.put(f"reviews/{review.pk}/pin/").status_code == 204
    assert mine.get(f"reviews/{review.pk}/").json()["pinned"] is True
    assert theirs.put(f"reviews/{review.pk}/pin/").status_code == 403
    assert mine.delete(f"reviews/{review.pk}/pin/").status_code == 204
    assert theirs.get(f"reviews/{review.pk}/").json()["pinned"] is False
