"""The desks of genres, companies and other terms that films are chosen by."""

import pytest

from films.models import Company, Country, Genre, Language
from tests import staff
from tests.staff import page_of


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


def test_links_to_a_company_go_on_working_when_it_gets_another_name(curator, client):
    add = "/admin/films/company/add/"
    assert curator.post(add, {"name": "Working Titel", "slug": "working-title"}).status_code == 302
    company = Company.objects.get()
    page = curator.get(page_of(company))
    sent = staff.form_of(page, name="Working Title", slug="elsewhere")
    assert curator.post(page_of(company), sent).status_code == 302
    company.refresh_from_db()
    assert (company.name, company.slug) == ("Working Title", "working-title")
    assert "Working Title" in client.get("/companies/working-title/").content.decode()


def test_a_country_keeps_its_code(curator):
    country = Country.objects.create(code="FR", name="Frnace")
    curator.post(page_of(country), {"name": "France", "code": "DE"})
    assert list(Country.objects.values_list("code", "name")) == [("FR", "France")]


def test_two_terms_never_differ_in_capitals_alone_and_codes_are_codes(curator):
    for name, added in (("Crime", 302), ("crime", 200), ("CRIME ", 200)):
        answer = curator.post("/admin/films/genre/add/", {"name": name, "slug": f"crime-{added}"})
        assert answer.status_code == added and ("already: Crime." in answer.text) == (added == 200)
    genre = Genre.objects.get()
    assert curator.post(page_of(genre), {"name": "CRIME"}).status_code == 302, "its own name may change so"
    curator.post("/admin/films/country/add/", {"name": "France", "code": "fr"})
    curator.post("/admin/films/language/add/", {"name": "French", "code": "FR"})
    assert (Country.objects.get().code, Language.objects.get().code) == ("FR", "fr")
    for code in ("F", "F/R", "12"):
        told = curator.post("/admin/films/country/add/", {"name": "Narnia", "code": code}).text
        assert "Write the letters of its ISO code" in told
    france = {"name": "Nord", "slug": "nord", "country": "France"}
    assert curator.post("/admin/films/company/add/", france).status_code == 302
