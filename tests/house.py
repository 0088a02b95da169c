"""A furnished house: a little of everything that pages show, for tests that walk through all of them."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.actions import follow, make_invite, mute
from accounts.groups import CURATORS, MODERATORS
from accounts.identity import signing_key
from accounts.models import AccessToken, FollowRequest, FormerUsername, User
from accounts.suspended import secret_of
from films.models import Film
from reviews.actions.aiming import set_goal
from reviews.actions.appealing import appeal
from reviews.actions.calendar import make_calendar_address
from reviews.actions.charting import draw_charts
from reviews.actions.choosing import close_round, say, strike
from reviews.actions.dismissing import dismiss_film
from reviews.actions.drawing import log_evening
from reviews.actions.favourites import choose_favourites
from reviews.actions.filling import change_entry
from reviews.actions.following import choose_privacy, follow_member
from reviews.actions.hushing import mute_film
from reviews.actions.incidents import open_incident
from reviews.actions.jotting import keep_note
from reviews.actions.listening import hear
from reviews.actions.listing import like_list
from reviews.actions.moderating import remove_text, suspend
from reviews.actions.owning import add_copy
from reviews.actions.pinning import pin_review
from reviews.actions.rating import mark_film
from reviews.actions.recommending import recommend_film
from reviews.actions.reporting import write_message
from reviews.actions.reviewing import like_review
from reviews.actions.talking import take_down_comment
from reviews.models import Decision, Departure, Document, FilmList, Finding, Kindred, SavedSearch, WordRule
from reviews.passes import pass_for
from reviews.players.heard import Heard
from reviews.unsubscribing import token_of
from tests import cast, make
from tests.elsewhere import neighbours
from tests.house_essays import write_essays
from tests.house_films import fill_the_catalogue, fill_the_memory, say_what_house_this_is, say_what_is_in_it
from tests.open_data import edition
from tests.reviews.imports import some_imports
from tests.showing import show_films

REVIEW = "**Loud, quick, exact.** I have seen it three times, and the first six minutes still work. >!Buddy falls.!<"


class House(dict[str, Any]):
    """What is in it, by name: `house["public"]` is a review that everybody may read."""

    def address(self, pattern: str) -> str:
        """An address with names in it, such as `/reviews/{public}/`, as a path."""
        return pattern.format_map({name: _in_address(thing) for name, thing in self.items()} | {"nothing": 99999999})


def _in_address(thing: Any) -> Any:
    return thing if isinstance(thing, str) else getattr(thing, "slug", None) or getattr(thing, "username", thing.pk)


def furnish() -> House:
    house = House(vars(cast.gather()))
    house["dora"].groups.add(Group.objects.get(name=CURATORS))
    house["eli"].groups.add(Group.objects.get(name=MODERATORS))
    house["boss"] = make.member(username="boss", is_staff=True, is_superuser=True)
    house["gus"] = make.member(username="gus", display_name="Gus, who had to go")
    house["iris"] = make.member(username="iris", hides_scores=True)
    house["ana"].set_password(make.PASSWORD)
    house["ana"].save()
    for member in User.objects.all():
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    FormerUsername.objects.create(username="anna", member=house["ana"])
    follow(member=house["ana"], other=house["fay"])
    mute(member=house["ana"], other=house["eli"])
    house["ivy"] = make.member(username="ivy", display_name="Ivy, who chooses her company")
    follow(member=house["bea"], other=house["ivy"])
    choose_privacy(member=house["ivy"], is_private=True)
    follow_member(member=house["fay"], other=house["ivy"])
    FollowRequest.objects.create(follower=house["dora"], followed=house["ana"])
    fill_the_catalogue(house)
    _let_them_talk(house)
    mute_film(member=house["ana"], film=house["quiet"])
    say_what_is_in_it(house)
    _let_them_compare(house)
    _put_films_together(house)
    write_essays(house)
    _recommend(house)
    _spend_evenings(house)
    _let_them_moderate(house)
    _fill_the_office(house)
    say_what_house_this_is(house)
    show_films(house)
    _plug_players_in(house)
    house["edition"] = edition()
    house["night"] = str(house["edition"])
    draw_charts()
    return house


def _let_them_talk(house: House) -> None:
    ana, bea, fay, gus = (house[name] for name in ("ana", "bea", "fay", "gus"))
    film, other, plain = (house[name] for name in ("film", "other", "plain"))
    house["public"] = make.review(member=ana, film=film, body=REVIEW, stars=4.5, tags=("chase", "songs"))
    house["followers"] = make.review(member=ana, film=other, visibility="followers", body="It is too long.")
    house["private"] = make.review(member=ana, film=plain, visibility="private", body="Nobody must know that I wept.")
    house["draft"] = make.review(member=ana, film=film, draft=True, body="I am not sure yet what I think.")
    house["removed"] = make.review(member=ana, film=other, body="Buy watches here, cheap and good.")
    house["of_bea"] = make.review(member=bea, film=film, body="A second voice.", stars=2, spoilers=True)
    house["of_gus"] = make.review(member=gus, film=film, body="I am no longer here, and neither is this.")
    remove_text(moderator=house["eli"], text=house["removed"], rule="spam", reason="An advertisement.")
    like_review(member=fay, review=house["public"])
    house["viewing"] = make.viewing(
        member=ana,
        film=film,
        stars=4.5,
        rewatch=True,
        cut="restored",
        format="70mm",
        place="The Ritzy",
        context_shown=True,
    )
    make.mark(member=ana, film=other, in_watchlist=True)
    make.mark(member=ana, film=film, liked=True)
    make.mark(member=fay, film=film, stars=3, watched=True)
    house["comment"] = make.comment(member=ana, review=house["of_bea"], body="I heard **that** too.")
    reply = make.comment(member=bea, review=house["of_bea"], reply_to=house["comment"], body="And the brakes?")
    pin_review(member=ana, review=house["public"])
    choose_favourites(member=ana, films=[film, plain])
    choose_favourites(member=fay, films=[film])
    house["search"] = SavedSearch.objects.create(member=ana, name="Short nights", query="length=short")
    house["note"] = keep_note(member=ana, film=film, body="Under the third step.\n\nThe mirrors, the second time.")
    choose_privacy(member=ana, shelf_policy="followers")
    house["copy"] = add_copy(
        member=ana, film=film, kind="bluray", details="Behind the third door", since="2019", lent_to="Tom"
    )
    add_copy(member=ana, film=plain, kind="print", cut="restored", since="2021-03-05")
    set_goal(member=ana, year=2024, films=52)
    house["copyplace"] = make.copy_place(member=ana)
    house["calendar_secret"] = make_calendar_address(member=ana)
    house["told"] = make.notice(member=ana, kind="reply", actor=bea, comment=reply)
    house["told_of_gus"] = make.notice(member=ana, kind="mention", actor=house["bea"], review=house["of_gus"])
    house["told_fay"] = make.notice(
        member=fay, kind="leaving", film=film, details={"service": "Netflix", "ends_on": "2026-12-03"}
    )
    house["unsubscribing"] = token_of(ana.pk, "reply")
    house["aside"] = make.comment(member=bea, review=house["followers"], body="Only between us.")
    house["hushed"] = make.comment(member=ana, review=house["public"], body="This goes too far.")
    remove_text(moderator=house["eli"], text=house["hushed"], rule="respect", reason="It insults somebody.")
    house["talk"] = make.comment(member=bea, under=film, body="Who else counts the beats, @ana?")
    make.comment(member=ana, under=film, reply_to=house["talk"], body="Everybody.")
    house["remark"] = make.comment(member=fay, under=house["article"], body="The doors, though.")
    house["of_fay"] = make.comment(member=fay, review=house["public"], body="Loud it is.")
    taken = make.comment(member=bea, review=house["public"], body="First!")
    make.comment(member=fay, review=house["public"], reply_to=taken, body="So what?")
    take_down_comment(member=ana, comment=taken)
    house["taken"] = taken
    house["report"] = make.report(member=fay, text=house["comment"])


def _let_them_compare(house: House) -> None:
    """Jon and Kay rated the same films, not quite alike, and Kay loves one that Jon has not seen."""
    house["jon"], house["kay"] = make.member(username="jon"), make.member(username="kay", display_name="Kay O’Neill")
    reels = Film.objects.filter(title__startswith="Reel").order_by("pk")[:8]
    for number, reel in enumerate(reels):
        make.mark(member=house["kay"], film=reel, stars=5 - number / 2)
        if number:
            make.mark(member=house["jon"], film=reel, stars=(5, 4, 0.5, 3)[number % 4])


def _let_them_moderate(house: House) -> None:
    """A case of each state, what was decided about Ana, her appeal, and why Gus had to go."""
    ana, bea, eli, fay, gus = (house[name] for name in ("ana", "bea", "eli", "fay", "gus"))
    house["case"] = house["report"].case
    write_message(moderator=eli, case=house["case"], side="answerable", body="Would you say that more gently?")
    write_message(moderator=eli, case=house["case"], side="reporter", reporter=fay, body="Which word do you mean?")
    house["quiet_case"] = make.report(member=bea, text=fay).case
    house["decision"] = Decision.objects.get(review=house["removed"])
    house["appeal"] = appeal(
        member=ana, decision=Decision.objects.get(comment=house["hushed"]), words="It was meant for the film."
    )
    house["appealed"] = house["appeal"].decision
    suspend(moderator=eli, member=gus, rule="honesty", reason="Nine accounts, one voice.")
    house["pass"] = pass_for(Decision.objects.get(member=gus))
    house["secret"] = secret_of(gus)
    house["wordrule"] = WordRule.objects.create(pattern="cheap tickets", made_by=eli)


def _put_films_together(house: House) -> None:
    ana, bea, dora, eli, fay, gus = (house[name] for name in ("ana", "bea", "dora", "eli", "fay", "gus"))
    film, other, plain = (house[name] for name in ("film", "other", "plain"))
    house["list"] = make.film_list(
        member=ana, title="Films that count to four", films=[film, plain], notes="It *counts*.", is_ranked=True,
        description="One, two, >!three, four!<.", tags=["songs"],
    )  # fmt: skip
    house["entry"] = house["list"].entries.get(position=1)
    change_entry(member=ana, entry=house["list"].entries.get(position=2), note="It ends on four.", spoilers=True)
    house["wall"] = make.film_list(member=bea, title="A wall", films=[film, other, plain], description="Bare.")
    few = {"member": ana, "films": [film], "notes": "Do not tell."}
    house["list_followers"] = make.film_list(**few, title="Shown between friends", visibility="followers")
    house["list_private"] = make.film_list(**few, title="Hidden from them all", visibility="private")
    house["list_shared"] = make.film_list(**few, title="Made by two of us", visibility="private")
    house["list_link"] = make.film_list(
        **few | {"notes": "Pass it on."}, title="Sent by word of mouth", visibility="link"
    )
    house["list_removed"] = make.film_list(**few, title="Bad watches, and where to buy them")
    house["list_of_gus"] = make.film_list(member=gus, title="Before I had to go", films=[film])
    house["list_empty"] = make.film_list(member=ana, title="Nothing on it")
    house["link_key"] = house["list_link"].link_key
    house["list_found"] = make.film_list(member=ana, title="Loud ones", finds="genre=action", tags=["songs"])
    house["list_broken"] = make.film_list(member=ana, title="Gone with the genre", finds="genre=action&from=2010")
    FilmList.objects.filter(pk=house["list_broken"].pk).update(finds="genre=sword-and-sandal&from=2010")
    make.helper(film_list=house["list_shared"], member=dora)
    make.helper(film_list=house["list_shared"], member=eli, accepted=False)
    make.helper(film_list=house["wall"], member=ana, accepted=False)
    like_list(member=fay, film_list=house["wall"])
    remove_text(moderator=eli, text=house["list_removed"], rule="spam", reason="An advertisement.")


def _recommend(house: House) -> None:
    """Films like each other; one that Ana does not want, one that Fay tells her of, and Dora wants none."""
    reels = list(Film.objects.filter(title__startswith="Reel").order_by("pk"))
    numbers = [reel.pk for reel in reels[:6]]
    for one in (house["film"], house["other"], house["plain"]):
        Kindred.objects.create(film=one, others=numbers, weights=[1200, 1100, 1000, 900, 800, 700], why="tfdpck")
        mark_film(member=house["ana"], film=one, half_stars=9)
    dismiss_film(member=house["ana"], film=reels[5])
    house["far"], house["next"] = reels[3], reels[4]
    ana, bea, fay = (house[name] for name in ("ana", "bea", "fay"))
    house["tip"] = recommend_film(member=fay, to=ana, film=house["far"], words="For the light in the last reel.")
    house["given"] = recommend_film(member=ana, to=bea, film=house["far"], words="Do not read up on it.")
    choose_privacy(member=house["dora"], wants_recommendations=False)


def _spend_evenings(house: House) -> None:
    """Of Ana and Bea: while they and a guest choose, while they strike films out, and with a film drawn."""
    ana, bea = house["ana"], house["bea"]
    together = {"host": ana, "members": [bea]}
    house["evening"] = make.evening(**together, guests=["Gil"], name="Friday at Ana’s", country=house["country"])
    say(seat=make.seat(house["evening"], ana), film=house["quiet"], says="want")
    house["striking"] = make.evening(**together)
    house["drawn"] = make.evening(**together, name="Last Friday")
    say(seat=make.seat(house["drawn"], bea), film=Film.objects.get(slug="reel-3-1963"), says="want")
    for name in ("striking", "drawn"):
        close_round(seat=make.seat(house[name], ana))
    strike(seat=make.seat(house["striking"], ana), film=house["striking"].shortlist.first().film)
    close_round(seat=make.seat(house["drawn"], ana))
    log_evening(seat=make.seat(house["drawn"], bea), is_named=True)
    house |= {f"{name}_key": house[name].key for name in ("evening", "striking", "drawn")}


def _plug_players_in(house: House) -> None:
    """Ana's, which said something of every kind, and Fay's, which said nothing yet."""
    house["player"], house["player_secret"] = make.player(member=house["ana"], name="Plex upstairs", user_name="ana")
    house["player_of_fay"] = make.player(member=house["fay"], name="Kodi")[0]
    for title, year, percent, user in (
        ("Dunkirk", 2018, 100, "ana"), ("Reel 2", 1962, 41, "ana"), ("Reel 4", 1964, 100, "ana"),
        ("Reel 4", 1964, 91, "kids"),
    ):  # fmt: skip
        hear(player=house["player"], heard=Heard(title=title, year=year, percent=percent, user=user))
    house["waiting_playing"] = house["player"].playings.get(outcome="waiting")
    house["logged_playing"] = house["player"].playings.get(outcome="logged")


def _fill_the_office(house: House) -> None:
    house["device"] = make.device(member=house["ana"], name="Mozilla/5.0 (iPhone) Safari")
    house["token"] = make.token(member=house["ana"], name="My telephone")[0]
    house["token_of_fay"] = make.token(member=house["fay"])[0]
    assert AccessToken.objects.count() == 2
    house["app"] = make.app(member=house["ana"])
    house["app_of_fay"] = make.app(member=house["fay"], let_in=house["ana"])
    for member, name in (("ana", "webhook"), ("fay", "webhook_of_fay")):
        house[name] = make.webhook(member=house[member], events=["list.changed"], sent=True)[0]
        house[name.replace("webhook", "delivery")] = house[name].deliveries.get()
    signing_key()  # which is else made when somebody first asks for it
    house["departure"] = Departure.objects.create(account=7, joined_in=timezone.now().date())
    house["export_secret"] = make.export(member=house["ana"]).secret
    house["invite"] = make_invite(member=house["eli"])
    house["document"] = Document.objects.create(
        name="000.txt", text="It leaves on 28 January 2024.", kind="news", film=house["film"], sha256="0" * 64
    )
    house["finding"] = Finding.objects.create(document=house["document"], kind="leaving", says="Leaves Netflix")
    house["stormy"] = Film.objects.get(title="Reel 7")
    make.mark(member=house["fay"], film=house["stormy"], stars=0.5)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    house["incident"] = open_incident(moderator=house["eli"], film=house["stormy"], since=an_hour_ago, end="low")
    house["group"] = Group.objects.get(name=CURATORS)
    house |= some_imports(house["ana"])
    house |= neighbours(house["ana"], house["public"])
    fill_the_memory(house)
