"""What members see of reports, cases and decisions."""

import pytest
from django.utils import timezone

from reviews.actions.appealing import appeal
from reviews.actions.deciding import decide
from reviews.actions.reporting import write_message
from reviews.models import Case, Posting, Review
from tests import make, staff
from tests.base import words_of

pytestmark = pytest.mark.django_db


def test_a_report_is_sent_from_its_page_and_stands_among_ones_own(cast):
    bea = staff.logged_in(cast.bea)
    review = make.review(member=cast.ana)
    url = f"/reviews/{review.pk}/report/"
    assert "House rules".lower() in words_of(bea.get(url)).lower()
    refused = bea.post(url, {"reason": "other", "message": ""})
    assert refused.status_code == 422 and "Say in a sentence" in words_of(refused)
    assert "pretend" not in words_of(refused), "that is for members"
    answer = bea.post(url, {"reason": "other", "message": "It is about another film."}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/reports/" and "about another film" in words_of(answer)


def test_a_film_that_is_here_twice_leads_to_the_curators(cast):
    film = make.film()
    words = words_of(staff.logged_in(cast.bea).get(f"/films/{film.slug}/report/"))
    assert f"/films/{film.slug}/suggest/" in words and "This film is here twice" in words


def test_too_many_reports_are_refused_with_the_words_given_back(cast):
    newcomer = make.member(date_joined=timezone.now())
    Posting.objects.bulk_create(Posting(member=newcomer, kind="report") for _each in range(10))
    url = f"/members/{cast.ana.username}/report/"
    answer = staff.logged_in(newcomer).post(url, {"reason": "other", "message": "Kept as typed"})
    assert answer.status_code == 429 and "Kept as typed" in words_of(answer) and "10 reports" in words_of(answer)


def test_what_became_of_a_report_names_nothing_that_may_not_be_seen(cast):
    review = make.review(member=cast.ana, film=make.film(title="Secret Honor"))
    make.report(member=cast.bea, text=review)
    bea = staff.logged_in(cast.bea)
    assert "Secret Honor" in words_of(bea.get("/accounts/reports/"))
    Review.objects.filter(pk=review.pk).update(visibility="private")
    for url in ("/accounts/reports/", f"/accounts/cases/{Case.objects.get().pk}/"):
        words = words_of(bea.get(url))
        assert "Secret Honor" not in words and "cannot see any more" in words


def test_each_reads_only_their_own_side_of_a_case(cast):
    review = make.review(member=cast.ana)
    case = make.report(member=cast.bea, text=review, message="A note of Bea’s").case
    make.report(member=cast.fay, text=review, message="A note of Fay’s")
    said = {"moderator": cast.eli, "case": case}
    write_message(**said, side="moderators", body="Among ourselves")
    write_message(**said, side="reporter", reporter=cast.bea, body="For Bea alone")
    url = case.get_absolute_url()
    ana, bea, fay, dora = (staff.logged_in(getattr(cast, name)) for name in ("ana", "bea", "fay", "dora"))
    assert ana.get(url).status_code == dora.get(url).status_code == 404
    write_message(**said, side="answerable", body="For Ana alone")
    everything = {"Among ourselves", "For Bea alone", "For Ana alone", "A note of Bea’s", "A note of Fay’s", "Eli"}
    read = {}
    for name, client in (("ana", ana), ("bea", bea), ("fay", fay)):
        main = words_of(client.get(url)).partition("<main")[2].partition("</main")[0]
        read[name] = {sentence for sentence in everything if sentence in main}
    assert read == {
        "ana": {"For Ana alone"}, "bea": {"For Bea alone", "A note of Bea’s"}, "fay": {"A note of Fay’s"},
    }  # fmt: skip
    assert ana.post(url, {"body": " "}).status_code == 422
    assert ana.post(url, {"body": "I shall cover it."}).status_code == 302
    assert "I shall cover it." in words_of(ana.get(url)) and "I shall cover it." not in words_of(bea.get(url))


def test_my_pages_cost_the_same_at_one_row_as_at_many(cast, django_assert_max_num_queries):
    bea, ana = staff.logged_in(cast.bea), staff.logged_in(cast.ana)
    review = make.review(member=cast.ana)

    def one_more():
        for about in (make.review(member=cast.ana), make.comment(member=cast.ana, review=review), make.film()):
            make.report(member=cast.bea, text=about)
        made = decide(moderator=cast.eli, about=make.review(member=cast.ana), kind="remove", rule="spam", reason="x")
        appeal(member=cast.ana, decision=made, words="x")

    one_more()
    make.report(member=cast.bea, text=cast.ana)
    visits = ((bea, "/accounts/reports/"), (ana, "/accounts/decisions/"))
    few = {}
    for client, url in visits:
        client.get(url)
        with django_assert_max_num_queries(12, info=url) as queries:
            client.get(url)
        few[url] = len(queries)
    for _each in range(6):
        one_more()
    for client, url in visits:
        with django_assert_max_num_queries(few[url], info=url):
            client.get(url)
