"""What members recommend to each other, on pages, in the API, among reports and in a copy of one's own."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import follow, mute
from accounts.models import User
from reviews.actions.deciding import decide, reverse_decision
from reviews.actions.dismissing import dismiss_film
from reviews.actions.following import choose_privacy
from reviews.actions.rating import mark_film
from reviews.actions.recommending import recommend_film, withdraw_tip
from reviews.exporters import json_files
from reviews.models import Case, Decision, Dismissal, Mark, Notification, Posting, Report, Tip, WordRule
from reviews.tips import heard_by
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.base import cost_of
from tests.reviews.town import ask

pytestmark = pytest.mark.django_db
TO_YOU, BY_YOU = "/recommended/", "/recommended/by-you/"


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def at(film) -> str:
    return f"{film.get_absolute_url()}recommend/"


def tell(cast, film, words: str = "") -> Tip:
    return recommend_film(member=cast.ana, to=cast.bea, film=film, words=words)


def test_it_is_recommended_and_taken_back_on_a_page_without_a_script(cast, film):
    ana = staff.logged_in(cast.ana)
    assert at(film) in ana.get(film.get_absolute_url()).text
    page = ana.get(at(film))
    assert [one.member for one in page.context["people"]] == [cast.bea] and 'value="bea"' in page.text
    sent = ana.post(at(film), {"to": "bea", "words": "For <b>the</b> chase."}, follow=True)
    assert "You recommended Baby Driver (2017) to Bea." in sent.text
    assert "For &lt;b&gt;the&lt;/b&gt; chase." in sent.text and sent.context["people"] == []
    tip = Tip.objects.get()
    assert "Baby Driver" in ana.get(BY_YOU).text and "Nothing to tell yet." in ana.get(tip.get_absolute_url()).text
    for _twice in range(2):
        gone = ana.post(f"/recommended/{tip.pk}/withdrawal/", {"film": "1"})
        assert gone["Location"] == at(film)
    assert not Tip.objects.exists() and "Nothing recommended yet" in ana.get(BY_YOU).text


def test_what_is_wrong_is_told_and_the_line_comes_back(cast, film):
    ana = staff.logged_in(cast.ana)
    for sent, status, told in (
        ({"to": "", "words": "Kept."}, 422, "Choose to whom."),
        ({"to": "fay", "words": "Kept."}, 422, "You cannot recommend films to this member."),
        ({"to": "cem", "words": "Kept."}, 422, "You cannot recommend films to this member."),
        ({"to": "nobody-at-all", "words": "Kept."}, 422, "You cannot recommend films to this member."),
        ({"to": "bea", "words": "Kept. " * 60}, 422, "Shorten it to 280 or fewer."),
    ):
        page = ana.post(at(film), sent)
        assert page.status_code == status and told in page.text and "Kept." in page.text, sent
    make.mark(member=cast.bea, film=film, watched=True)
    assert "has seen it" in ana.get(at(film)).text
    assert "Bea has seen it already." in ana.post(at(film), {"to": "bea"}).text
    Posting.objects.bulk_create(Posting(member=cast.ana, kind="tip") for _each in range(50))
    page = ana.post(at(make.film()), {"to": "bea", "words": "Kept."})
    assert page.status_code == 429 and "50 recommendations in 24 hours" in page.text and "Kept." in page.text
    assert not Tip.objects.exists()


def test_people_are_found_by_name_and_no_more_than_fit(cast, film, monkeypatch):
    monkeypatch.setattr("reviews.tips.PEOPLE_SHOWN", 3)
    ana = staff.logged_in(cast.ana)
    empty = cost_of(ana, at(film))
    many = [make.member(display_name=f"Zoe {number}") for number in range(5)]
    for one in many:
        follow(member=one, other=cast.ana)
    follow(member=cast.ana, other=many[1])
    shown = [one.member for one in ana.get(at(film)).context["people"]]
    assert shown[0] == many[1] and set(shown[1:]) == {many[3], many[4]}, "known ones first, then the newest"
    assert cost_of(ana, at(film)) <= empty + 1 <= 12
    found = ana.get(at(film), {"q": "zoe 2"})
    assert [one.member for one in found.context["people"]] == [many[2]]
    assert "Nobody of that name" in ana.get(at(film), {"q": "fay"}).text
    assert "Nobody to tell yet" in staff.logged_in(cast.fay).get(at(film)).text


def test_what_came_to_one_is_listed_by_film_with_what_to_do(cast, film):
    bea, fay = staff.logged_in(cast.bea), cast.fay
    assert "Nothing recommended to you" in bea.get(TO_YOU).text
    follow(member=cast.bea, other=fay)
    tip = tell(cast, film, "The chase.")
    recommend_film(member=fay, to=cast.bea, film=film, words="The songs.")
    page = bea.get(TO_YOU)
    assert [row.film for row in page.context["rows"]] == [film]
    assert [one.words for one in page.context["rows"][0].tips] == ["The songs.", "The chase."]
    one = cost_of(bea, TO_YOU)
    bea.post(f"/recommended/{tip.pk}/mark/", {"watchlist": "1"})
    assert Mark.objects.get(member=cast.bea).is_in_watchlist
    answer = bea.post(f"/recommended/{tip.pk}/mark/", {"watched": "1"}, headers={"HX-Request": "true"})
    assert f'id="film-{film.pk}"' in answer.text and "<html" not in answer.text
    assert bea.get(TO_YOU).context["rows"] == [] and "The chase." in bea.get(f"{TO_YOU}?seen=1").text
    make.viewing(member=cast.bea, film=film)
    answer = bea.post(f"/recommended/{tip.pk}/mark/", {"watched": "0"}, headers={"HX-Request": "true"})
    assert "Your diary says that you have seen the film." in answer.text
    for _more in range(21):
        tell(cast, make.film())
    assert cost_of(bea, TO_YOU) == one <= 12 and bea.get(TO_YOU).context["next_url"]
    assert "Ana" not in staff.logged_in(fay).get(TO_YOU).text


def test_not_for_me_takes_it_off_and_brings_one_back_there(cast, film):
    bea, tip = staff.logged_in(cast.bea), tell(cast, film)
    sent = bea.post(f"{film.get_absolute_url()}dismissal/", {"dismissed": "1", "told": "1"})
    assert sent["Location"] == TO_YOU and Dismissal.objects.filter(member=cast.bea, film=film).exists()
    assert bea.get(TO_YOU).context["rows"] == [] and bea.get(tip.get_absolute_url()).status_code == 404
    assert "has seen it" not in staff.logged_in(cast.ana).get(BY_YOU).text


def test_the_page_of_the_film_says_who_thinks_so_until_it_is_seen(cast, film):
    ana, bea = staff.logged_in(cast.ana), staff.logged_in(cast.bea)
    cost = cost_of(bea, film.get_absolute_url())
    tip = tell(cast, film, "For <i>the</i> chase.")
    page = bea.get(film.get_absolute_url()).text
    assert "thinks you should see this" in page and "For &lt;i&gt;the&lt;/i&gt; chase." in page
    Notification.objects.update(read_at=timezone.now())  # which else are counted
    assert cost_of(bea, film.get_absolute_url()) == cost
    for client in (ana, staff.logged_in(cast.fay), Client()):
        assert "thinks you should see this" not in client.get(film.get_absolute_url()).text
    User.objects.filter(pk=cast.ana.pk).update(display_name="Anna")
    assert ">Anna</a> thinks" in bea.get(film.get_absolute_url()).text
    mark_film(member=cast.bea, film=film, watched=True)
    assert "thinks you should see this" not in bea.get(film.get_absolute_url()).text
    mark_film(member=cast.bea, film=film, watched=False)
    mute(member=cast.bea, other=cast.ana)
    assert "thinks you should see this" not in bea.get(film.get_absolute_url()).text
    withdraw_tip(member=cast.ana, tip=tip)


@pytest.mark.django_db(transaction=True)
def test_pages_that_are_kept_follow(cast, film):
    """Of the film's page, which is kept for its reader, and whose parts are kept for all whose marks are alike."""
    bea, fay, here = staff.logged_in(cast.bea), staff.logged_in(cast.fay), film.get_absolute_url()
    said = "thinks you should see this"
    assert said not in ask(here, bea).text and said not in ask(here, fay).text
    tip = tell(cast, film)
    assert said in ask(here, bea).text and said not in ask(here, fay).text
    dismiss_film(member=cast.bea, film=film)
    assert said not in ask(here, bea).text
    Dismissal.objects.all().delete()
    assert said in ask(here, bea).text
    withdraw_tip(member=cast.ana, tip=tip)
    assert said not in ask(here, bea).text


def test_what_became_of_it_is_shown_as_far_as_one_may_see_it(cast, film):
    ana = staff.logged_in(cast.ana)
    seen, wanted, secret = make.film(), make.film(), make.film()
    for each in (seen, wanted, secret):
        tell(cast, each)
    one = cost_of(ana, BY_YOU)
    mark_film(member=cast.bea, film=seen, half_stars=9)
    mark_film(member=cast.bea, film=wanted, in_watchlist=True)
    mark_film(member=cast.bea, film=secret, half_stars=2, visibility="private")
    page = ana.get(BY_YOU).text
    assert page.count("Bea has seen it") == 1 and page.count("Bea has it on the watchlist") == 1
    assert page.count("Nothing to tell yet.") == 1 and "4½" in page
    Notification.objects.update(read_at=timezone.now())
    assert cost_of(ana, BY_YOU) == one <= 12
    choose_privacy(member=cast.ana, hides_scores=True)
    assert "4½" not in staff.logged_in(cast.ana).get(BY_YOU).text, "who hides scores is told no stars"


def test_the_notices_lead_to_the_two_pages(cast, film):
    tell(cast, film)
    mark_film(member=cast.bea, film=film, half_stars=9)
    pages = {name: staff.logged_in(getattr(cast, name)).get("/accounts/notifications/") for name in ("ana", "bea")}
    assert "Bea saw Baby Driver (2017), which you recommended" in pages["ana"].text
    assert [line.url for line in pages["ana"].context["lines"] if "saw" in line.text] == [BY_YOU]
    assert [line.url for line in pages["bea"].context["lines"] if "recommends" in line.text] == [TO_YOU]
    assert Notification.objects.get(kind="tip").mailing == "daily"


def test_a_line_is_reported_removed_and_put_back(cast, film):
    tip = tell(cast, film, "You fool.")
    ana, bea, url = staff.logged_in(cast.ana), staff.logged_in(cast.bea), f"/recommended/{tip.pk}/report/"
    assert url in bea.get(TO_YOU).text and ana.get(url).status_code == 404
    bea.post(url, {"reason": "abuse"})
    report = Report.objects.get()
    assert (report.tip, report.words, report.case.answerable) == (tip, "You fool.", cast.ana)
    assert "Baby Driver" in bea.get("/accounts/reports/").text
    desk = staff.logged_in(staff.moderator())
    case = desk.get(f"/admin/reviews/case/{report.case.pk}/change/")
    assert "You fool." in case.text and "Without a line." not in case.text
    assert "recommended: You fool." in desk.get("/admin/reviews/case/").text
    assert desk.get("/admin/reviews/case/?about=tip").status_code == 200
    assert desk.get("/admin/reviews/report/").status_code == 200
    decision = decide(moderator=cast.eli, about=tip, kind="remove", rule="respect", reason="It insults.")
    tip.refresh_from_db()
    assert tip.removed_at and not heard_by(cast.bea).exists() and decision.excerpt == "You fool."
    assert "It insults." in ana.get(BY_YOU).text and "You fool." not in bea.get(TO_YOU).text
    assert "You fool." in ana.get(decision.get_absolute_url()).text
    assert recommend_film(member=cast.ana, to=cast.bea, film=film, words="Fool.") == tip, "and is not said anew"
    reverse_decision(moderator=cast.eli, decision=Decision.objects.get())
    assert heard_by(cast.bea).exists()


def test_who_may_not_comment_recommends_without_a_line(cast, film):
    decide(moderator=cast.eli, about=cast.ana, kind="silence", rule="respect", reason="No more.")
    page = staff.logged_in(cast.ana).post(at(film), {"to": "bea", "words": "You fool."})
    assert page.status_code == 422 and "the moderators decided so" in page.text and "You fool." in page.text
    assert tell(cast, film).pk


def test_word_rules_look_at_lines_and_an_open_case_keeps_a_copy(cast, film):
    WordRule.objects.create(pattern="cheap watches", made_by=cast.eli)
    tip = tell(cast, film, "Buy cheap watches here.")
    report = Report.objects.get(reporter=None)
    assert report.tip == tip
    withdraw_tip(member=cast.ana, tip=tip)
    case = Case.objects.get()
    assert case.quotation.words == "Buy cheap watches here." and (case.kind, case.answerable) == ("tip", cast.ana)
    desk = staff.logged_in(staff.moderator())
    assert "Its writer deleted it" in desk.get(f"/admin/reviews/case/{case.pk}/change/").text


def test_a_copy_of_ones_own_holds_what_one_said_and_who_said_something(cast, film):
    tell(cast, film, "The chase.")

    def told(member: User) -> list[dict[str, object]]:
        return list(json.loads("".join(json_files.lines("recommended", member))))

    given, received = told(cast.ana)[0], told(cast.bea)[0]
    assert (given["to"], given["by"], given["words"]) == ("bea", None, "The chase.")
    assert (received["to"], received["by"], received["words"]) == (None, "ana", None), "their words are theirs"
    assert told(cast.fay) == []
    choose_privacy(member=cast.ana, tip_policy="circle")
    assert json.loads("".join(json_files.lines("settings", cast.ana)))["tip_policy"] == "circle"


def test_programs_recommend_list_and_report(cast, film):
    ana, bea, one = program(cast.ana), program(cast.bea), f"films/{film.slug}/recommended/bea/"
    made = ana.put(one, {"words": "The first six minutes."})
    assert made.json()["words"] == "The first six minutes." and made.json()["watched"] is False
    assert ana.put(one, {"words": "Other words."}).json() == made.json()
    assert_golden("tips", bea.get("me/recommended/"))
    mark_film(member=cast.bea, film=film, half_stars=9)
    assert_golden("tips_given", ana.get("me/recommended/given/"))
    assert bea.get("me/recommended/").json()["results"][0]["watched"] is True
    assert ana.put(f"films/{film.slug}/recommended/fay/").status_code == 403
    assert ana.put(f"films/{film.slug}/recommended/cem/").status_code == 404
    assert ana.put(f"films/{film.slug}/recommended/ana/").status_code == 400
    assert ana.put(f"films/{make.film().slug}/recommended/bea/", {"words": "m" * 281}).json()["words"]
    assert program(cast.ana, "read").put(one).status_code == 403 and Api().get("me/recommended/").status_code == 401
    number = made.json()["id"]
    assert bea.post(f"me/recommended/{number}/report/", {"reason": "spam"}).status_code == 201
    assert ana.post(f"me/recommended/{number}/report/", {"reason": "spam"}).status_code == 404
    assert [ana.delete(one).status_code for _twice in range(2)] == [204, 204] and not Tip.objects.exists()
    assert bea.get("me/recommended/").json()["results"] == []
    assert ana.patch("me/", {"tip_policy": "nobody"}).json()["tip_policy"] == "nobody"
    assert ana.patch("me/", {"tip_policy": "some"}).status_code == 400


def test_answers_cost_the_same_at_one_row_as_at_many(cast, film, django_assert_max_num_queries):
    tell(cast, film)
    ana, bea = Api(as_=cast.ana), Api(as_=cast.bea)
    for _more in range(30):
        tell(cast, make.film())
    for api, path in ((bea, "me/recommended/"), (ana, "me/recommended/given/")):
        api.get(path)
        with django_assert_max_num_queries(6):
            assert len(api.get(path).json()["results"]) > 10
