"""What members see of reports, cases and decisions, and the desk at which moderators work."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from reviews import transparency
from reviews.actions.appealing import appeal, decide_appeal
from reviews.actions.deciding import decide, reverse_decision
from reviews.actions.reporting import write_message
from reviews.models import Appeal, Case, Decision, Notification, Posting, Report, Review
from tests import make, staff
from tests.staff import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(db):
    return staff.logged_in(staff.moderator(username="maxi"))


def words_of(answer) -> str:
    return answer.content.decode()


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
    late = moderator.post(url, {"kind": "nothing"})
    assert Decision.objects.count() == 3 or late.status_code in {302, 403, 422}


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


def test_the_figures_are_those_of_the_log(cast):
    cache.clear()
    reviews = [make.review(member=cast.ana) for _each in range(4)]
    for review in reviews:
        make.report(member=cast.bea, text=review)
        make.report(member=cast.fay, text=review, reason="spoilers")
    Report.objects.filter(review=reviews[0]).update(created_at=timezone.now() - timedelta(hours=10))
    decide(moderator=cast.eli, about=reviews[0], kind="cover", rule="spoilers", reason="x")
    removal = decide(moderator=cast.eli, about=reviews[1], kind="remove", rule="spam", reason="x")
    decide(moderator=cast.eli, about=reviews[2], kind="nothing")
    decide(moderator=None, by_program="twice", about=cast.ana, kind="warn", rule="spam", reason="x")
    Decision.objects.filter(kind="cover").update(reversed_at=None)
    made = appeal(member=cast.ana, decision=removal, words="x")
    decide_appeal(moderator=staff.moderator(), appeal=made, outcome="reversed", answer="x")
    sheet = transparency.counted()
    log = Decision.objects.all()
    assert sheet.all.reports == Report.objects.count() == 8
    assert sheet.reports["spam"] == sheet.reports["spoilers"] == 4
    assert {key: number for key, number in sheet.kinds.items() if number} == {
        kind: log.filter(kind=kind).count() for kind in log.values_list("kind", flat=True)
    }
    assert {key: number for key, number in sheet.rules.items() if number} == {"spam": 2, "spoilers": 1}
    assert (sheet.by_people, sheet.by_program) == (3, 1)
    assert (sheet.appeals, sheet.upheld, sheet.reversed_on_appeal, sheet.waiting_appeals) == (1, 0, 1, 0)
    assert sheet.reversals == log.filter(reversed_at__isnull=False).count() == 1
    took = sorted((r.closed_at - r.created_at).total_seconds() / 3600 for r in Report.objects.exclude(closed_at=None))
    assert sheet.median_hours == round((took[2] + took[3]) / 2, 1)
    assert sheet.open_cases == Case.objects.open().count() == 1
    months = [month for month in sheet.months if month.reports]
    assert sum(month.reports for month in months) == 8


def test_months_without_anything_stand_between_others(cast):
    old = make.report(member=cast.bea, text=cast.ana)
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=100))
    make.report(member=cast.fay, text=cast.ana)
    months = transparency.counted().months
    assert len(months) >= 4 and [m.month for m in months] == sorted((m.month for m in months), reverse=True)


def test_the_public_pages_cost_few_queries_and_say_what_is_counted(cast, django_assert_max_num_queries):
    make.report(member=cast.bea, text=cast.ana)
    cache.clear()
    with django_assert_max_num_queries(6):
        transparency.counted()
    assert "Month by month" in words_of(Client().get("/transparency/"))
    with django_assert_max_num_queries(2):
        Client().get("/transparency/")
    assert "One person, one vote" in words_of(Client().get("/rules/"))


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


def test_the_desk_costs_the_same_at_one_case_as_at_fifty(cast, moderator, django_assert_max_num_queries):
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
    for number in range(46):
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
    assert (waiting["open cases"].number, waiting["appeals"].number) == (1, 1)
    for task in waiting.values():
        assert moderator.get(task.url).status_code == 200
    reverse_decision(moderator=cast.eli, decision=decision)
    assert Appeal.objects.get().decided_at is not None
