"""The desks of genres, companies and other terms that films are chosen by."""

import pytest

from films.models import Company, Country
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
