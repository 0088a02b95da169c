"""What films cost and took: as people write it, as it is kept, and where it is shown."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from films import record
from films.actions.suggesting import accept_suggestion, suggest_correction
from films.models import Film
from films.models.money import sum_in
from tests import make, staff
from tests.api import Api
from tests.films.importing import run_import

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [("USD 34,000,000", "USD 34000000"), ("$34 million", "USD 34000000"), ("€2.5m", "EUR 2500000"),
     ("226,945,087 usd", "USD 226945087"), ("1.2 billion JPY", "JPY 1200000000"), ("US$ 9\u00a0k", "USD 9000"),
     ("34 million", ""), ("USD", ""), ("USD 0", ""), ("DOLLARS 5", ""), ("USD 1" + "0" * 20, ""), ("USD -4", "")],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(written: str, kept: str):
    if kept:
        assert sum_in(written) == kept == sum_in(kept)
    else:
        with pytest.raises(ValidationError):
            sum_in(written)


def test_a_sum_goes_from_a_member_to_the_page_the_sources_and_programs(tmp_path):
    film, curator, member = make.film(title="Baby Driver", year=2017), staff.curator(), make.member()
    path = film.get_absolute_url()
    assert "Box office" not in Client().get(path).text
    with pytest.raises(ValidationError, match="Write a currency and a sum"):
        suggest_correction(member=member, film=film, fact="box_office", value="a lot")
    made = suggest_correction(member=member, film=film, fact="box_office", value="$226,945,087")
    accept_suggestion(curator=curator, suggestion=made)
    film.refresh_from_db()
    assert film.box_office == "USD 226945087" and record.source_of(film, "box_office") == "curator"
    page = Client().get(path).text
    assert "$226.9 million</data>" in page and "worldwide" in page and "Budget" not in page
    assert "Box office" in Client().get(f"{path}sources/").text
    says = staff.logged_in(member).get(f"{path}suggest/?fact=box_office").text
    assert "USD\u00a0226,945,087" in says
    programs = Api(as_=curator)
    sent = {"budget": {"currency": "GBP", "amount": 27_000_000}, "box_office": None}
    told = programs.patch("films/baby-driver-2017/", sent).json()
    assert (told["budget"], told["box_office"]) == (sent["budget"], None)
    assert "£27 million</data>" in Client().get(path).text
    for wrong in ("USD 5", {"currency": "USD"}, {"currency": "USD", "amount": -1}, {"currency": 7, "amount": True}):
        assert programs.patch("films/baby-driver-2017/", {"budget": wrong}).status_code == 400
    table = tmp_path / "films.csv"
    table.write_text("title,year,budget,revenue\nReel,1999,EUR 2 million,$3m\nReal,1998,cheap,\n", "utf-8")
    assert "“budget” cannot be read" in run_import("csv", table).errors
    assert Film.objects.filter(title="Reel", budget="EUR 2000000", box_office="USD 3000000").exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE films_film SET budget = 'a lot'")
