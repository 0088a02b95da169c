"""Members at the admin, and what holds for every page of it: its door, its policy, its number of queries."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.actions import change_username
from accounts.groups import CRITICS, CURATORS, PERMISSIONS, ensure_groups
from accounts.models import Invite, User
from films.models import Company, Conflict, Duplicate, Film, Franchise, ImportRun, Merge, Suggestion
from reviews.actions.appealing import appeal
from reviews.actions.deciding import decide
from reviews.actions.housekeeping import save_page
from reviews.models import (
    ContentCount,
    Decision,
    Departure,
    Document,
    Edition,
    Finding,
    HouseNotice,
    HouseWords,
    Incident,
    WordRule,
)
from tests import make, staff
from tests.elsewhere import fill_the_post
from tests.staff import act, page_of

MEMBERS = "/admin/accounts/user/"


@pytest.fixture
def moderator(db):
    return staff.logged_in(staff.moderator(username="maxi"))


@pytest.fixture
def boss(db):
    return staff.logged_in(staff.administrator(username="ada"))


def test_the_groups_have_just_the_permissions_they_need(db):
    curators, moderators = (
        {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        for group in Group.objects.exclude(name=CRITICS).order_by("name")
    )
    assert not Group.objects.get(name=CRITICS).permissions.exists(), "what critics say opens no door"
    assert not {name for name in curators if name.startswith(("accounts.", "auth.", "admin."))}
    assert not {name for name in moderators if name.startswith("films.")}
    assert not curators & moderators
    assert "accounts.change_user" not in moderators
    Group.objects.get(name=CURATORS).permissions.clear()
    ensure_groups()
    assert Group.objects.get(name=CURATORS).permissions.count() == len(PERMISSIONS[CURATORS])


def test_a_moderator_suspends_with_a_reason_and_reinstates(moderator):
    member = make.member(username="rude")
    theirs = staff.logged_in(member)
    assert act(moderator, MEMBERS, "suspend", [member]).status_code == 200
    assert User.objects.get(username="rude").is_active, "it asks first"
    assert act(moderator, MEMBERS, "suspend", [member], reason="Attacks").status_code == 422, "by which rule?"
    act(moderator, MEMBERS, "suspend", [member], reason="Attacks", rule="respect", lasts="7")
    assert Decision.objects.get().until.date() == (timezone.now() + timedelta(days=7)).date()
    assert not User.objects.get(username="rude").is_active
    assert "_auth_user_id" not in theirs.session or not theirs.get("/").wsgi_request.user.is_authenticated
    assert staff.Client().get(member.get_absolute_url()).status_code == 404
    history = reverse("admin:accounts_user_history", args=[member.pk])
    assert "Suspended: Attacks" in moderator.get(history).content.decode()
    act(moderator, MEMBERS, "reinstate", [member])
    assert User.objects.get(username="rude").is_active
    assert Decision.objects.get().reversed_by.username == "maxi"


def test_a_moderator_does_not_touch_the_staff_or_themselves(moderator):
    curator, boss = staff.curator(), staff.administrator()
    me = User.objects.get(username="maxi")
    answer = act(moderator, MEMBERS, "suspend", [curator, boss, me], reason="x", rule="spam")
    assert "Only an administrator decides about somebody of the staff." in answer.content.decode()
    act(moderator, MEMBERS, "empty_profile", [curator], reason="x")
    assert User.objects.filter(is_active=True).count() == 3


def test_a_moderator_empties_a_profile(moderator):
    member = make.member(display_name="Buy here", website="https://spam.example", bio="Buy")
    act(moderator, MEMBERS, "empty_profile", [member], reason="Advertising")
    member.refresh_from_db()
    assert (member.display_name, member.website, member.bio) == ("", "", "")


def test_a_moderator_sees_neither_emails_nor_passwords_and_changes_no_rights(moderator):
    member = make.member(username="quiet", email="secret-address@example.org", password=make.PASSWORD)
    stored = User.objects.get(pk=member.pk).password
    for url in (MEMBERS, page_of(member), f"{MEMBERS}?q=quiet"):
        words = moderator.get(url).content.decode()
        assert "quiet" in words and "secret-address" not in words and stored not in words and "argon2" not in words
    assert moderator.get(f"{MEMBERS}?q=secret").context_data["cl"].result_count == 0
    for guess in ("email__startswith", "password__startswith", "email", "user_permissions__id"):
        answer = moderator.get(MEMBERS, {guess: "s"})
        assert answer.status_code in {302, 400}, guess
    rights = {"username": "quiet", "is_staff": "on", "is_superuser": "on", "is_active": "on"}
    assert moderator.post(page_of(member), rights).status_code == 403
    member.refresh_from_db()
    assert not member.is_staff and not member.is_superuser


def test_curators_see_no_members(db):
    curator = staff.logged_in(staff.curator())
    for url in (MEMBERS, page_of(make.member()), "/admin/accounts/invite/", "/admin/auth/group/"):
        assert curator.get(url).status_code == 403, url


def test_an_administrator_says_what_a_member_may_do(boss):
    member = make.member(username="oldname")
    form = staff.form_of(boss.get(page_of(member)))
    group = Group.objects.get(name="Curators")
    answer = boss.post(page_of(member), form | {"username": "newname", "is_staff": "on", "groups": [group.pk]})
    assert answer.status_code == 302
    member.refresh_from_db()
    assert member.username == "newname" and member.is_staff and list(member.groups.all()) == [group]
    assert member.former_usernames.get().username == "oldname"
    taken = boss.post(page_of(member), form | {"username": "ADA", "display_name": "Kept as typed"})
    assert "Somebody has this name already." in taken.content.decode() and "Kept as typed" in taken.content.decode()


def test_an_old_form_of_an_administrator_undoes_nothing(boss):
    member = make.member(username="oldname", display_name="Old")
    page = boss.get(page_of(member))
    form = staff.form_of(page)
    assert all(f'name="{name}"' in page.content.decode() for name in form if name.startswith("initial-") and form[name])
    change_username(member=member, username="newname")
    group = Group.objects.get(name="Curators")
    member.groups.add(group)
    User.objects.filter(pk=member.pk).update(display_name="New", is_superuser=True)
    assert boss.post(page_of(member), form | {"location": "Ghent", "is_staff": "on"}).status_code == 302
    member.refresh_from_db()
    assert (member.username, member.display_name, member.location) == ("newname", "New", "Ghent")
    assert member.is_staff and member.is_superuser and list(member.groups.all()) == [group]


def test_nobody_takes_their_own_rights_away(boss):
    me = User.objects.get(username="ada")
    form = staff.form_of(boss.get(page_of(me)))
    del form["is_superuser"]
    assert boss.post(page_of(me), form).status_code == 403
    assert User.objects.get(username="ada").is_superuser


def test_invitations_are_given_in_ones_own_name(moderator):
    late = moderator.post("/admin/accounts/invite/add/", {"expires_at": "2001-01-01T00:00"})
    assert "Choose a time that is to come, or none." in late.content.decode() and not Invite.objects.exists()
    moderator.post("/admin/accounts/invite/add/", {"expires_at": ""})
    assert Invite.objects.get().created_by.username == "maxi"


def test_the_door_is_the_sites_own(db):
    for url in ("/admin/", "/admin/login/", "/admin/films/film/"):
        answer = staff.Client().get(url, follow=True)
        assert answer.redirect_chain[-1][0].startswith(reverse("account_login")), url
    member = staff.logged_in(make.member())
    assert member.get("/admin/", follow=True).status_code == 403


def test_the_password_is_changed_on_the_accounts_own_page(boss):
    assert boss.get("/admin/password_change/").url == reverse("account_change_password")


def test_desks_of_other_packages_are_not_in_the_house():
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels == {"films", "reviews", "accounts", "auth"}


def fill() -> None:
    """One more of everything that the admin shows."""
    film = make.film(
        title=f"Film {make.number()}",
        genres=["Drama"],
        countries=["FR"],
        languages=["fr"],
        directors=["Dee"],
        cast=[("Al", "X")],
    )
    make.availability(film=film)
    award = film.awards.create(award="Prize", category="Best", year=2018, outcome="won")
    award.people.add(make.person())
    make.song(film=film, title="Song", artist=f"Singer {make.number()}")
    film.outside_scores.create(source="Critics", value=80)
    film.alternative_titles.create(title="Otherwise")
    film.external_ids.create(source="imdb", value=f"tt{make.number():07}")
    make.collection(films=[film])
    review = make.review(film=film)
    make.film_list(films=[film])
    make.essay(member=make.member(), films=[film])
    make.evening(guests=["Gil"])
    make.screening()
    make.app(member=make.member(), let_in=make.member())
    make.webhook(member=make.member(), sent=True)
    make.copy_place(member=make.member())
    fill_the_post(f"{make.number()}.example.org")
    Departure.objects.create(account=make.number(), joined_in=timezone.localdate())
    make.report(text=make.comment(review=review))
    make.report(text=review)
    moderator = make.member(is_staff=True, is_superuser=True)
    warning = decide(moderator=moderator, about=review, kind="warn", rule="spam", reason="x", closes=False)
    appeal(member=review.member, decision=warning, words="It is none.")
    WordRule.objects.create(pattern=f"word {make.number()}")
    Incident.objects.create(film=film, began_at=timezone.now())
    Edition.objects.create(day=date.fromordinal(730_000 + make.number()))
    make.article(films=[film])
    HouseWords.objects.get_or_create(line="A house")
    save_page(editor=moderator, title=f"Page {make.number()}", body="Words.")
    HouseNotice.objects.create(words=f"Notice {make.number()}")
    number = make.number()
    document = Document.objects.create(sha256=f"{number:064}", name="a.txt", text="x", kind="review", film=film)
    Finding.objects.create(document=document, kind="credit", says="Somebody plays")
    Invite.objects.create(created_by=review.member)
    note = make.content_note(f"Note {make.number()}")
    ContentCount.objects.create(film=film, note=note, answers=[0, 5, 0, 0])
    make.access_feature(f"Feature {make.number()}")
    for model in (Company, Franchise):
        model.objects.create(name=f"House {make.number()}", slug=f"house-{make.number()}")
    Conflict.objects.create(film=film, fact="title", source="imdb", ours="Film", theirs="The Film")
    Suggestion.objects.create(film=film, member=review.member, fact="title", value="The Film")
    Duplicate.objects.create(film=film, twin=make.film(), reason="Same title")
    ImportRun.objects.create(source="csv", place="films.csv")
    Merge.objects.create(kind="film", kept_id=film.pk, gone_id=0, kept_name="Film", gone_name="The Film", record={})


def every_page(client) -> list[str]:
    urls = ["/admin/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("-pk").first()
        urls += [reverse(f"{name}_changelist"), reverse(f"{name}_changelist") + "?q=a"]
        if client.get(reverse(f"{name}_add")).status_code == 200:
            urls.append(reverse(f"{name}_add"))
        urls += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")]
        try:
            urls.append(reverse(f"{name}_suggest") + "?q=a")
        except NoReverseMatch:
            continue
    return urls


@pytest.mark.slow
def test_every_page_opens_with_the_strict_policy_and_as_many_queries_at_few_rows_as_at_many(
    boss, django_assert_max_num_queries
):
    fill()
    pages = every_page(boss)
    assert {boss.put(url).status_code for url in pages} == {405}, "it has no verbs but those of links and forms"
    boss.get("/admin/")  # what grows is counted now, and then kept for some minutes
    first = {}
    for url in pages:
        with django_assert_max_num_queries(25, info=url) as queries:
            answer = boss.get(url)
        first[url] = len(queries)
        assert answer.status_code == 200, url
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "'self'" in policy, url
        words = answer.content.decode()
        assert " style=" not in words and "<style" not in words and " onclick=" not in words, url
        assert answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"], url
    for _again in range(4):
        fill()
    for url in pages:
        with django_assert_max_num_queries(first[url], info=url):
            boss.get(url)


def test_a_whole_catalogue_is_not_changed_or_deleted_by_one_slip(db):
    curator = staff.logged_in(staff.curator())
    Film.objects.bulk_create(Film(slug=f"film-{n}", title="Film", year=1900 + n // 5) for n in range(501))
    for action in ("delete_selected", "redraw_posters"):
        data = {"action": action, "_selected_action": [Film.objects.first().pk], "index": "0", "select_across": "1"}
        answer = curator.post("/admin/films/film/", data | {"post": "yes"}, follow=True)
        assert "At most 500 at once: narrow the list down first. Nothing was done." in answer.content.decode()
        assert Film.objects.filter(poster_version=1).count() == 501
    found = curator.post("/admin/films/film/?decade=1990", data, follow=True)
    assert "Posters that are drawn anew: 50" in found.content.decode()
