"""Pictures with a focal point: what is made at once, what later, what a page shows of it, and what is swept up."""

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import override_settings
from PIL import Image, ImageOps
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts import jobs, picturing
from accounts.picture_files import master_of
from accounts.picture_shapes import view_of
from accounts.pictures import PictureRefused, save_avatar
from config.jobs import SCHEDULE
from films.actions import save_collection, set_poster
from films.actions.picturing import set_collection_picture, set_portrait
from films.jobs import sweep_pictures
from films.models import Collection, Merge
from tests import make, staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(settings, tmp_path, transactional_db):
    forget_jobs()
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def halves(size=(1600, 800)):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.5, 7.25, 0.0)
    file = BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return BytesIO(file.getvalue())


def portrayed(**wish):
    person = make.person(name="Edgar Wright")
    return set_portrait(curator=staff.curator(), person=person, picture=halves(), **wish)


def finish(person):
    jobs.finish_picture("films.person", person.pk, "portrait", person.portrait_key)
    person.refresh_from_db()
    return person


def names_of(key):
    return set(default_storage.listdir(key)[1])


def colour(key, name, place=(0.5, 0.5)):
    with default_storage.open(f"{key}/{name}") as file:
        picture = Image.open(BytesIO(file.read())).convert("RGB")
    red, _green, blue = picture.getpixel((int(picture.width * place[0]), int(picture.height * place[1])))
    return "red" if red > blue else "blue"


def make_old(folder):
    """As if everything had been stored two days ago."""
    before = time.time() - 2 * 86400
    for path in Path(folder).rglob("*"):
        os.utime(path, (before, before))


def waiting_jobs():
    return list(ProcrastinateJob.objects.filter(status="todo", task_name="accounts.finish_picture"))


def forget_jobs():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_fresh_picture_can_be_shown_at_once_and_asks_for_its_sizes():
    person = portrayed()
    assert names_of(person.portrait_key) == {"whole-480.webp", "face-24.webp", "face-192.webp"}
    view = view_of(person.portrait_key, "portrait")
    assert view.sources == () and view.srcset.endswith("face-192.webp 192w")
    (job,) = waiting_jobs()
    assert job.args["key"] == person.portrait_key


def test_a_poster_is_cut_around_its_focal_point_and_is_another_version():
    film, curator = make.film(title="Drawn"), staff.curator()
    set_poster(curator=curator, film=film, picture=halves())
    assert names_of(film.poster_key) == {"whole-480.webp", "24.webp", "360.webp"} and film.poster_version == 2
    assert colour(film.poster_key, "360.webp", (0.2, 0.5)) != colour(film.poster_key, "360.webp", (0.8, 0.5))
    set_poster(curator=curator, film=film, focus=(95, 50))
    assert (film.poster_focus_x, film.poster_version) == (95, 3)
    jobs.finish_picture("films.film", film.pk, "poster", film.poster_key)
    film.refresh_from_db()
    sizes = {f"{width}.{kind}" for width in (180, 360, 600) for kind in ("webp", "avif")}
    assert names_of(film.poster_key) == sizes | {"whole-480.webp", "24.webp"}
    assert {colour(film.poster_key, "600.webp", (x, 0.5)) for x in (0.1, 0.9)} == {"blue"}
    tall = BytesIO()
    Image.merge("RGB", [ramp := Image.linear_gradient("L").resize((400, 1600)), ramp, ImageOps.invert(ramp)]).save(
        tall, "PNG"
    )
    for from_the_top, seen in ((5, "blue"), (95, "red")):  # blue above, red and green below
        set_poster(curator=curator, film=film, picture=BytesIO(tall.getvalue()), focus=(50, from_the_top))
        assert {colour(film.poster_key, "360.webp", (0.5, y)) for y in (0.1, 0.7)} == {seen}
    set_poster(curator=curator, film=film, remove=True)
    assert (film.poster_key, film.poster_version) == ("", 6)


def test_later_it_has_every_size_in_both_kinds_under_another_key():
    fresh = portrayed()
    old = fresh.portrait_key
    person = finish(fresh)
    sizes = {f"face-{width}.{kind}" for width in (96, 192, 384) for kind in ("webp", "avif")}
    assert names_of(person.portrait_key) == sizes | {"whole-480.webp", "face-24.webp"}
    assert person.portrait_key.startswith("portraits/")
    view = view_of(person.portrait_key, "portrait")
    assert (view.width, view.height) == (192, 240)
    assert view.sources[0].type == "image/avif" and view.srcset.count("webp") == 3
    assert names_of(old), "pages that are being read still show it"


def test_every_file_that_a_page_names_is_there(client):
    person = portrayed()
    for _ in range(2):
        page = client.get(person.get_absolute_url()).content.decode()
        view = view_of(person.portrait_key, "portrait")
        assert view.src in page and view.stand_in in page
        addresses = [view.src, view.stand_in, view.large]
        for srcset in (view.srcset, *(source.srcset for source in view.sources)):
            addresses += [part.split()[0] for part in srcset.split(", ")]
        assert {client.get(address).status_code for address in addresses} == {200}
        finish(person)


def test_the_job_may_run_twice_or_late():
    person = finish(portrayed())
    key = person.portrait_key
    jobs.finish_picture("films.person", person.pk, "portrait", key)
    jobs.finish_picture("films.person", 999, "portrait", key)
    jobs.finish_picture("films.person", person.pk, "portrait", "fresh/00/" + "0" * 32)
    person.refresh_from_db()
    assert person.portrait_key == key


def test_it_is_cut_around_its_focal_point_and_anew_when_that_moves():
    person = finish(portrayed(focus=(0, 50)))
    before = person.portrait_key
    assert colour(before, "face-384.avif", (0.9, 0.5)) == "red"
    set_portrait(curator=staff.curator(), person=person, focus=(100, 50))
    assert person.portrait_key != before
    assert colour(person.portrait_key, "face-192.webp", (0.1, 0.5)) == "blue"
    finish(person)
    assert (person.portrait_focus_x, person.portrait_focus_y) == (100, 50)
    assert colour(person.portrait_key, "face-384.webp", (0.1, 0.5)) == "blue"
    same = person.portrait_key
    set_portrait(curator=staff.curator(), person=person, focus=(100, 50))
    assert person.portrait_key == same


def test_without_the_whole_picture_it_cannot_be_cut_anew_and_stays():
    person = finish(portrayed())
    master_of(person.portrait_key).unlink()
    with pytest.raises(PictureRefused, match="Choose it again"):
        set_portrait(curator=staff.curator(), person=person, focus=(0, 0))
    assert names_of(person.portrait_key)


def test_originals_stay_out_of_the_web_and_nobody_learns_where_it_was_taken(places, client):
    person = finish(portrayed())
    assert master_of(person.portrait_key).is_file()
    for path in places.rglob("*"):
        if path.is_file():
            assert b"CANARY" not in path.read_bytes()
            with Image.open(path) as picture:
                assert not picture.getexif()
    for path in (places / "originals").rglob("*.webp"):
        for address in (f"/media/../{path.relative_to(places)}", f"/media/{path.relative_to(places / 'originals')}"):
            assert client.get(address).status_code == 404


def test_the_job_that_ends_while_a_curator_saves_a_collection_is_not_undone():
    curator, collection = staff.curator(), make.collection(title="Getaways")
    set_collection_picture(editor=curator, collection=collection, picture=halves())
    stale = Collection.objects.get(pk=collection.pk)
    assert picturing.finish("films.collection", collection.pk, "picture", collection.picture_key)
    save_collection(editor=curator, collection=stale, text="Keep it running.")
    collection.refresh_from_db()
    assert collection.picture_key.startswith("pictures/") and collection.text == "Keep it running."


def test_taking_it_down_removes_its_files(places):
    person = finish(portrayed())
    key = person.portrait_key
    set_portrait(curator=staff.curator(), person=person, remove=True)
    person.refresh_from_db()
    assert person.portrait_key == ""
    assert not default_storage.exists(f"{key}/face-192.webp") and not master_of(key).exists()


def test_a_change_that_fails_leaves_the_picture_that_was():
    person = finish(portrayed())
    key = person.portrait_key
    with pytest.raises(RuntimeError), transaction.atomic():
        set_portrait(curator=staff.curator(), person=person, picture=halves())
        raise RuntimeError
    person.refresh_from_db()
    assert person.portrait_key == key and names_of(key)


def test_only_curators_set_one():
    with pytest.raises(PermissionDenied):
        set_portrait(curator=make.member(), person=make.person(), picture=halves())
    with pytest.raises(PermissionDenied):
        set_collection_picture(editor=staff.moderator(), collection=make.collection(), picture=halves())


def test_sweeping_keeps_everything_that_a_row_or_a_merge_holds(places):
    curator = staff.curator()
    member = make.member()
    member.avatar_key = save_avatar(halves())
    member.save()
    film = set_poster(curator=curator, film=make.film(), picture=halves())
    collection = set_collection_picture(editor=curator, collection=make.collection(), picture=halves())
    person, gone = finish(portrayed()), finish(portrayed())
    kept = {member.avatar_key, film.poster_key, collection.picture_key, person.portrait_key, gone.portrait_key}
    with transaction.atomic():
        orphan = set_portrait(curator=curator, person=make.person(), picture=halves()).portrait_key
        transaction.set_rollback(True)
    row = {"row": {"portrait_key": gone.portrait_key}}
    merge = Merge.objects.create(
        kind="person", kept_id=person.pk, gone_id=gone.pk, kept_name="A", gone_name="B", record=row
    )
    gone.delete()
    sweep_pictures()
    assert names_of(orphan), "it is young"
    make_old(places)
    sweep_pictures()
    assert all(names_of(key) for key in kept)
    assert master_of(merge.record["row"]["portrait_key"]).is_file()
    assert not default_storage.exists(f"{orphan}/face-192.webp") and not master_of(orphan).exists()
    assert {path.stem for path in (places / "originals").rglob("*.webp")} <= {key.rpartition("/")[2] for key in kept}


def test_it_sweeps_every_night():
    assert "films.jobs.sweep_pictures" in {path for _cron, path in SCHEDULE}


def test_every_column_that_holds_a_picture_is_known():
    held = {f"{model._meta.label_lower}.{name}" for model, name in picturing.holders()}
    people = {"accounts.user.avatar_key", "films.person.portrait_key"}
    assert people | {"films.film.poster_key", "films.collection.picture_key"} <= held


def test_a_job_that_was_lost_is_asked_for_again():
    person = portrayed()
    picturing.take_up_unfinished()
    assert len(waiting_jobs()) == 1, "at most one waits"
    forget_jobs()
    picturing.take_up_unfinished()
    assert [job.args["key"] for job in waiting_jobs()] == [person.portrait_key]


@override_settings(MEDIA_URL="https://pictures.example.org/")
def test_a_picture_names_its_own_words_and_holds_nothing_inline():
    person = portrayed()
    shown = render_to_string("_picture.html", {"key": person.portrait_key, "field": "portrait", "alt": 'A "quiff"'})
    assert 'alt="A &quot;quiff&quot;"' in shown and "data:" not in shown and "style" not in shown
    assert render_to_string("_picture.html", {"key": "", "alt": ""}).strip() == ""
