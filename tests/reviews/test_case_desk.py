"""The desk at which moderators work: cases, appeals and decisions, and who has no business there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.actions.appealing import appeal
from reviews.actions.deciding import decide, reverse_decision
from reviews.actions.quoting import forget_quotations
from reviews.actions.reporting import write_message
from reviews.models import Appeal, Case, Decision, Notification, Report, Review
from tests import make, staff
from tests.base import words_of
from tests.staff import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(db):
    return staff.logged_in(staff.moderator(username="maxi"))


def test_the_queue_has_the_open_ones_first_then_the_most_reported_then_the_oldest(moderator):
    first, second, third, closed = (make.review() for _each in range(4))
    for about in (first, second, third, third, closed):
        make.report(text=about)
    Case.objects.filter(review=second).update(opened_at=timezone.now() - timedelta(days=2))
    decide(moderator=staff.administrator(), about=closed, kind="nothing")
    rows = moderator.get("/admin/reviews/case/").context_data["cl"].result_list
    assert [row.review for row in rows] == [third, second, first, closed]
    assert len(moderator.get("/admin/reviews/case/?state=open").context_data["cl"].result_list) == 3
    assert len(moderator.get("/admin/reviews/case/?about=film").context_data["cl"].result_list) == 0


def test_nobody_sees_a_case_about_themselves(cast):
    eli = staff.moderator(username="elsa")
    for about in (eli, make.review(member=eli), make.comment(member=eli)):
        case = make.report(member=cast.bea, text=about).case
        assert staff.logged_in(eli).get(page_of(case)).status_code == 404
    other = make.report(member=cast.bea, text=cast.ana).case
    assert [row.pk for row in staff.logged_in(eli).get("/admin/reviews/case/").context_data["cl"].result_list] == [
        other.pk
    ]
    assert staff.logged_in(eli).get("/admin/reviews/report/").context_data["cl"].result_count == 1


def test_a_case_is_worked_on_at_its_page(cast, moderator):
    review = make.review(member=cast.ana, body="Buy watches. He dies.")
    case = make.report(member=cast.bea, text=review, message="Look at the second word.").case
    url = page_of(case)
    words = words_of(moderator.get(url))
    for sentence in ("Buy watches. He dies.", "Look at the second word.", "What is known of Ana", "Take the case"):
        assert sentence in words
    assert moderator.post(url, {"do": "take"}).status_code == 302
    assert "You look after it." in words_of(moderator.get(url))
    moderator.post(url, {"do": "hand_back"})
    assert moderator.post(url, {"do": "write", "to": f"reporter:{cast.fay.pk}", "body": "x"}).status_code == 422
    moderator.post(url, {"do": "write", "to": f"reporter:{cast.bea.pk}", "body": "Which one?"})
    assert Notification.objects.get(member=cast.bea).case == case
    missing = moderator.post(url, {"kind": "remove", "reason": "It sells.", "closes": "on"})
    assert missing.status_code == 422 and "Choose the rule that was broken" in words_of(missing)
    assert "It sells." in words_of(missing) and Review.objects.get().removed_at is None
    limit = moderator.post(url, {"kind": "limit", "rule": "spam", "reason": "It sells."})
    assert limit.status_code == 422 and "Choose the day" in words_of(limit)
    moderator.post(url, {"kind": "warn", "rule": "spam", "reason": "It sells.", "lasts": "7"})
    assert Case.objects.get().closed_at is None, "it was left open"
    done = moderator.post(url, {"kind": "remove", "rule": "spam", "reason": "It sells.", "closes": "on"})
    assert done["Location"] == "/admin/reviews/case/" and Review.objects.get().removed_at is not None
    assert "Buttons" not in words_of(moderator.get(url)) and "Closed on" in words_of(moderator.get(url))
    assert Decision.objects.get(kind="warn").until is None
    late = moderator.post(url, {"kind": "nothing"}, follow=True)
    assert "This case is closed already" in words_of(late) and Decision.objects.count() == 2


def test_words_that_were_changed_after_a_report_are_still_there(cast, moderator):
    review = make.review(member=cast.ana, body="You are all fools.", stars=None)
    report = make.report(member=cast.bea, text=review)
    desk = page_of(report.case)
    assert "It read otherwise" not in words_of(moderator.get(desk))
    sent = {"body": "You are all kind.", "visibility": "public", "version": "1"}
    assert staff.logged_in(cast.ana).post(f"/reviews/{review.pk}/edit/", sent).status_code == 302
    words = words_of(moderator.get(desk))
    assert "It read otherwise" in words and "all fools" in words and "all kind" in words
    for client in (staff.logged_in(cast.bea), staff.logged_in(cast.ana)):  # nobody else reads them
        assert "all fools" not in client.get(report.case.get_absolute_url()).text
        assert "all fools" not in client.get("/accounts/reports/").text
    decide(moderator=staff.administrator(), about=Review.objects.get(), kind="nothing")
    Report.objects.update(closed_at=timezone.now() - timedelta(days=200))
    forget_quotations()
    assert Report.objects.get().words == ""


def test_a_film_is_handed_to_the_curators(cast, moderator):
    film = make.film()
    case = make.report(member=cast.bea, text=film).case
    assert "Hand it over" in words_of(moderator.get(page_of(case)))
    moderator.post(page_of(case), {"do": "hand_over", "note": "The other is from 2018."})
    assert film.suggestions.get().value == "The other is from 2018."
    assert Report.objects.get().outcome.endswith("The curators have it now.")


def test_curators_and_members_have_no_business_at_the_desk(cast):
    case = make.report(member=cast.bea, text=cast.ana).case
    for client in (staff.logged_in(staff.curator()), staff.logged_in(cast.fay)):
        for url in ("/admin/reviews/case/", page_of(case), "/admin/reviews/appeal/", "/admin/reviews/decision/"):
            assert client.get(url).status_code in {302, 403}
        client.post(page_of(case), {"kind": "nothing"})
    assert Case.objects.get().closed_at is None


def test_an_appeal_is_hidden_from_whoever_decided_and_answered_by_another(cast, moderator):
    decision = decide(
        moderator=cast.eli, about=make.review(member=cast.ana), kind="remove", rule="spam", reason="It sells."
    )
    made = appeal(member=cast.ana, decision=decision, words="It does not.")
    eli = staff.moderator(username="elsa")
    Decision.objects.filter(pk=decision.pk).update(by=eli)
    url = page_of(made)
    assert staff.logged_in(eli).get(url).status_code == 404
    assert staff.logged_in(eli).get("/admin/reviews/appeal/").context_data["cl"].result_count == 0
    assert "It does not." in words_of(moderator.get(url))
    assert moderator.post(url, {"outcome": "reversed", "answer": ""}).status_code == 422
    assert moderator.post(url, {"outcome": "reversed", "answer": "So it is."}).status_code == 302
    assert Review.objects.get().removed_at is None
    assert "So it is." in words_of(staff.logged_in(cast.ana).get(decision.get_absolute_url()))


def test_a_decision_is_reversed_at_its_desk(cast, moderator):
    decision = decide(moderator=cast.eli, about=make.review(member=cast.ana), kind="remove", rule="spam", reason="x")
    url = "/admin/reviews/decision/"
    sent = {"action": "undo", "_selected_action": [decision.pk], "index": "0"}
    assert "Reversed: 1." in words_of(moderator.post(url, sent, follow=True))
    assert Review.objects.get().removed_at is None


def test_the_desk_costs_the_same_at_one_case_of_a_kind_as_at_four(cast, moderator, django_assert_max_num_queries):
    def one_more(number):
        member = make.member()
        film = make.film()
        about = [make.review(member=member, film=film), make.comment(member=member), member, film][number % 4]
        case = make.report(member=cast.bea, text=about).case
        make.report(member=cast.fay, text=about)
        write_message(moderator=cast.eli, case=case, side="moderators", body="x")
        if number % 4 < 3:
            made = decide(moderator=cast.eli, about=about, kind="warn", rule="spam", reason="x", closes=False)
            appeal(member=member, decision=made, words="x")
        return case

    first = [one_more(number) for number in range(4)]
    urls = [f"/admin/reviews/{name}/" for name in ("case", "decision", "appeal", "report")]
    urls += [page_of(case) for case in first]
    few = {}
    for url in urls:
        moderator.get(url)
        with django_assert_max_num_queries(25, info=url) as queries:
            assert moderator.get(url).status_code == 200
        few[url] = len(queries)
    for number in range(12):
        one_more(number)
    for case in first:
        for _each in range(5):
            write_message(moderator=cast.eli, case=case, side="moderators", body="y")
            make.report(text=case.about)
    for url in urls:
        with django_assert_max_num_queries(few[url], info=url):
            moderator.get(url)


def test_the_dashboard_counts_what_waits(cast, moderator):
    make.report(member=cast.bea, text=cast.ana)
    decision = decide(moderator=cast.eli, about=make.review(member=cast.ana), kind="remove", rule="spam", reason="x")
    appeal(member=cast.ana, decision=decision, words="x")
    waiting = {str(task.words): task for task in moderator.get("/admin/").context_data["dashboard"]["waiting"]}
    assert (waiting["open case"].number, waiting["appeal"].number) == (1, 1)
    for task in waiting.values():
        assert moderator.get(task.url).status_code == 200
    reverse_decision(moderator=cast.eli, decision=decision)
    assert Appeal.objects.get().decided_at is not None
