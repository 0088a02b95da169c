"""Mails: plain text, and the HTML made from it."""

import re
import time
from contextlib import nullcontext

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.mail import add_html, part
from accounts.templatetags.devices import device
from config.addresses import mailer
from config.console_mail import EmailBackend
from tests import make
from tests.reviews.mail_sink import MailSink

TEXT = "Choose a new one here:\n\nhttps://example.org/key/abc-1/\n\nK7P2-QM\n\n-- \nIntermission"


def html_of(message):
    add_html(message)
    return message.alternatives[0].content


def test_a_link_alone_becomes_a_button_and_a_code_alone_is_large():
    html = html_of(EmailMultiAlternatives("Your code", TEXT, "house@example.org", ["ana@example.org"]))
    assert 'class="link" href="https://example.org/key/abc-1/"' in html
    assert '<p class="code">K7P2-QM</p>' in html
    assert '<p class="small">Intermission</p>' in html


def test_what_people_wrote_is_escaped():
    html = html_of(
        EmailMultiAlternatives("<i>hello</i>", "<script>alert(1)</script>", "a@example.org", ["b@example.org"])
    )
    assert "<script>" not in html
    assert "<i>" not in html


def test_only_whole_addresses_become_links():
    words = "evil.com (www.evil.org) <b> follows you.\nSee https://example.org/a/?b=1&c=2. Or write to ana@example.org"
    html = html_of(EmailMultiAlternatives("Hello", words, "a@example.org", ["b@example.org"]))
    assert html.count("<a ") == 1
    assert '<a href="https://example.org/a/?b=1&amp;c=2">https://example.org/a/?b=1&amp;c=2</a>. Or' in html
    assert "evil.com (www.evil.org) &lt;b&gt; follows you.<br>See" in html


@pytest.mark.parametrize(
    ("text", "kind"), [("Hello.", "text"), ("https://a.example/ is it", "text"), ("123456", "code")]
)
def test_other_words_stay_words(text, kind):
    assert part(text)["kind"] == kind


def test_the_console_keeps_a_long_link_in_one_piece(capsys):
    link = f"https://example.org/{'x' * 120}/"
    EmailBackend().send_messages([mail.EmailMessage("Key", f"Here:\n\n{link}", "a@example.org", ["b@example.org"])])
    assert link in capsys.readouterr().out


@pytest.mark.django_db
def test_a_forgotten_password_brings_text_and_html(client, cast):
    client.post("/accounts/password/reset/", {"email": cast.ana.email})
    [message] = mail.outbox
    assert message.subject == "Choose a new password"
    [html] = [alternative.content for alternative in message.alternatives]
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    assert link in html


@pytest.mark.django_db
def test_a_link_leads_to_the_site_whatever_host_was_asked(client, cast, settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    for host in ("localhost", "localhost:4444", "testserver:81"):
        client.post("/accounts/password/reset/", {"email": cast.ana.email}, headers={"Host": host})
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, headers={"Host": "localhost:4444"})
    links = [link for message in mail.outbox for link in re.findall(r"https?://\S+", message.body)]
    assert len(mail.outbox) == 4 and len(links) >= 4
    assert all(link.startswith(f"{settings.SITE_URL}/") for link in links), links


@pytest.mark.django_db
def test_nobody_is_sent_mails_without_end_by_strangers(cast, monkeypatch, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION, settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = "mandatory", True
    make.confirmed_address(cast.ana)
    now = time.time()
    asks = (
        ("/accounts/password/reset/", {"email": cast.ana.email}),
        ("/accounts/password/reset/", {"email": "nobody@example.org"}),
        ("/accounts/signup/", {"email": cast.bea.email, "username": "gil", "password1": make.PASSWORD}),
    )
    for address, fields in asks:
        answers = []
        for number in range(11):
            monkeypatch.setattr("time.time", lambda at=now + 70 * number: at)  # below what may be asked in a minute
            answers.append(Client().post(address, fields).status_code)
        assert answers == [302] * 10 + [429], (address, answers)
    assert len(mail.outbox) == 30


@pytest.mark.django_db
def test_a_mail_server_that_takes_no_mail_breaks_no_page(client, cast, settings):
    with MailSink() as sink:
        url = sink.url
    for at in (url, None):  # nobody listens there any more; somebody does, and refuses the address
        with MailSink() if at is None else nullcontext() as sink:
            settings.MAILERS = {"default": mailer(at or sink.url)}
            cast.ana.email = "refused@example.org"
            cast.ana.save(update_fields=["email"])
            page = client.post("/accounts/password/reset/", {"email": cast.ana.email}, follow=True)
            assert page.status_code == 200 and "could not be sent" in page.text
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save(update_fields=["password"])
    client.force_login(cast.ana)
    new = {"oldpassword": make.PASSWORD, "password1": "a-row-of-empty-seats", "password2": "a-row-of-empty-seats"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    cast.ana.refresh_from_db()
    assert cast.ana.check_password("a-row-of-empty-seats")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.9", "curl/8.9"),
        ("", "A browser that does not say which"),
    ],
)
def test_a_device_has_a_name(agent, name):
    assert device(agent) == name
