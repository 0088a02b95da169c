"""Where messages may go, and where they never do: members name the addresses."""

import socket
import ssl
import time
from ipaddress import ip_address
from threading import Event

import pytest
from django.core.exceptions import ValidationError

from accounts.models.trouble import Trouble
from accounts.outside import addresses, line
from accounts.outside.addresses import may_reach
from accounts.outside.line import Answer, NotPublic, addresses_of
from accounts.webhooks.addresses import checked_address
from accounts.webhooks.posting import post
from tests.accounts.receiver import receiving

INNER = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "ff02::1", "2001:db8::1",
    "2001::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::", "fec0::1", "100::1",
)  # fmt: skip
OUTER = ("1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1")


@pytest.mark.parametrize("number", INNER)
def test_nothing_is_sent_into_a_network_that_is_not_public(number):
    assert not may_reach(ip_address(number), inside=False)


@pytest.mark.parametrize("number", OUTER)
def test_public_numbers_are_reached(number):
    assert may_reach(ip_address(number), inside=False)


def test_a_host_may_open_its_own_network_but_not_where_clouds_keep_secrets():
    for number in ("127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "fd12::1", "100.64.0.1", "1.1.1.1"):
        assert may_reach(ip_address(number), inside=True), number
    for number in (
        "169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "::ffff:169.254.169.254", "0.0.0.0",
        "168.63.129.16", "192.0.0.192", "224.0.0.1", "ff02::1", "240.0.0.1",
    ):  # fmt: skip
        assert not may_reach(ip_address(number), inside=True), number


def test_this_machine_is_not_reached_by_its_public_number_either(monkeypatch):
    monkeypatch.setattr(addresses, "_own", lambda: {"93.184.215.14"})
    assert not may_reach(ip_address("93.184.215.14"), inside=False)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://example.org/", "begins with https://"),
        ("ftp://example.org/", "begins with https://"),
        ("file:///etc/passwd", "begins with https://"),
        ("gopher://example.org/", "begins with https://"),
        ("example.org/hook", "begins with https://"),
        ("", "begins with https://"),
        ("https://", "begins with https://"),
        ("https:///hook", "begins with https://"),
        ("https://ana:secret@example.org/", "Leave name and password out"),
        ("https://example.org@10.0.0.1/", "Leave name and password out"),
        ("https://example.org/#part", "without blanks, # and"),
        ("https://example.org/a b", "without blanks, # and"),
        ("https://example.org/\r\nHost: elsewhere", "without blanks, # and"),
        ("https://example.org/é", "without blanks, # and"),
        ("https://exämple.org/", "without blanks, # and"),
        ("https://example.org:22/", "Choose port 443, or one from 1024 on."),
        ("https://example.org:80/", "Choose port 443"),
        ("https://example.org:99999/", "Write a whole address"),
        ("https://example.org:port/", "Write a whole address"),
        ("https://[::1/", "Write a whole address"),
        ("https://exa_mple.org/", "Write a whole address"),
        ("https://.example.org/", "Write a whole address"),
        ("https://127.0.0.1/", "of this site itself"),
        ("https://[::1]/", "is not public"),
        ("https://[::ffff:10.0.0.1]/", "is not public"),
        ("https://169.254.169.254/latest/meta-data/", "is not public"),
        ("https://2130706433/", "is not public"),
        ("https://0x7f000001/", "is not public"),
        ("https://database/", "is not public"),
        (f"https://example.org/{'a' * 500}", "500 characters or fewer"),
    ],
)  # fmt: skip
def test_an_address_to_which_nothing_could_be_sent_is_refused_with_the_reason(address, told):
    with pytest.raises(ValidationError) as refusal:
        checked_address(address)
    assert told in str(refusal.value.message_dict["address"])


def test_an_address_is_kept_as_it_was_written():
    for address in (
        "https://example.org",
        "https://a.example.org:8443/hook/?key=%C3%A9&b=1",
        "https://[2606:4700::1]/",
    ):
        assert checked_address(f"  {address}\n") == address
    assert checked_address("HTTPS://Example.org/Hook") == "https://Example.org/Hook"


def test_the_site_does_not_send_to_itself(settings):
    settings.SITE_HOST, settings.ALLOWED_HOSTS = "films.example.org", ["films.example.org", "www.example.org"]
    for address in ("https://films.example.org/", "https://WWW.example.org/", "https://films.example.org./x"):
        with pytest.raises(ValidationError, match="this site itself"):
            checked_address(address)
    with pytest.raises(NotPublic):
        addresses_of("films.example.org", 443, inside=False)


def leads_to(monkeypatch, *numbers: str) -> None:
    """The names of the network's edge: what the machine's resolver says."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: found)


def test_a_name_that_leads_inside_is_refused_also_if_it_leads_outside_as_well(monkeypatch):
    leads_to(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(NotPublic):
        addresses_of("example.org", 443, inside=False)
    assert post("https://example.org/", b"{}", {}) == Answer(trouble=Trouble.ADDRESS)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost"])
def test_other_ways_to_write_this_machine_lead_nowhere(host):
    assert post(f"https://{host}/", b"{}", {}).trouble in {Trouble.ADDRESS, Trouble.NAME}


def test_the_line_goes_to_the_number_that_was_checked_whatever_the_name_says_then(monkeypatch):
    answers = [["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]]
    reached = []

    def resolve(*asked, **how):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in answers.pop(0)]

    def connect(where, *how):
        reached.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert post("https://example.org/", b"{}", {}) == Answer(trouble=Trouble.UNREACHABLE)
    assert reached == [("93.184.215.14", 443)] and len(answers) == 2, "asked once"


def test_a_name_that_is_none_is_told(monkeypatch):
    def nowhere(*asked, **how):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert post("https://nowhere.example.org/", b"{}", {}) == Answer(trouble=Trouble.NAME)


def test_a_name_that_nobody_answers_for_is_not_waited_for(monkeypatch):
    answered = Event()

    def slow(*asked, **how):
        answered.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(line, "PATIENCE", 0.2)
    begun = time.monotonic()
    assert post("https://example.org/", b"{}", {}) == Answer(trouble=Trouble.TIMEOUT)
    assert time.monotonic() - begun < 2
    answered.set()


def test_what_the_name_took_is_no_more_there_for_the_line(receiver, monkeypatch):
    resolve = socket.getaddrinfo

    def slow(*asked, **how):
        time.sleep(0.6)
        return resolve(*asked, **how)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(line, "LONGEST", 1.0)
    receiver.drip = 0.2
    begun = time.monotonic()
    assert post(receiver.address, b"{}", {}) == Answer(trouble=Trouble.TIMEOUT)
    assert time.monotonic() - begun < 1.6


def test_a_message_arrives(receiver):
    assert post(receiver.address, b'{"a":1}', {"webhook-id": "msg_1"}) == Answer(204)
    [got] = receiver.got
    assert (got.path, got.body, got.headers["webhook-id"]) == ("/hook?house=1", b'{"a":1}', "msg_1")
    assert got.headers["host"] == f"localhost:{receiver.port}" and "cookie" not in got.headers


def test_nothing_arrives_on_this_machine_unless_its_host_says_so(receiver, settings):
    settings.WEBHOOKS_PRIVATE = False
    assert post(receiver.address, b"{}", {}) == Answer(trouble=Trouble.ADDRESS)
    assert receiver.got == [] and receiver.connections == 0


def test_a_redirect_is_not_followed(receiver):
    receiver.location = receiver.address
    receiver.answers = [302, 307]
    assert post(receiver.address, b"{}", {}) == Answer(302, Trouble.REDIRECT)
    assert len(receiver.got) == 1


def test_an_error_is_told_with_its_status(receiver):
    receiver.answers = [500, b"no HTTP at all\r\n\r\n", b""]
    assert post(receiver.address, b"{}", {}) == Answer(500, Trouble.STATUS)
    assert post(receiver.address, b"{}", {}) == Answer(trouble=Trouble.UNREACHABLE)
    assert post(receiver.address, b"{}", {}) == Answer(trouble=Trouble.UNREACHABLE)


def test_who_cannot_be_trusted_gets_nothing(receiver, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert post(receiver.address, b"{}", {}) == Answer(trouble=Trouble.TLS)
    assert receiver.got == []


def test_a_certificate_of_another_name_is_not_trusted(settings, tmp_path, monkeypatch):
    settings.WEBHOOKS_PRIVATE = True
    with receiving(tmp_path, for_names=("elsewhere.example.org",)) as (other, trust):
        monkeypatch.setenv("SSL_CERT_FILE", str(trust))
        assert post(other.address, b"{}", {}) == Answer(trouble=Trouble.TLS)
        assert other.got == []


def test_who_answers_a_byte_at_a_time_is_cut_off(receiver, monkeypatch):
    monkeypatch.setattr(line, "LONGEST", 1.0)
    receiver.drip = 0.2
    begun = time.monotonic()
    assert post(receiver.address, b"{}", {}) == Answer(trouble=Trouble.TIMEOUT)
    assert time.monotonic() - begun < 2.5


def test_who_takes_the_line_and_says_nothing_is_cut_off(settings, monkeypatch):
    settings.WEBHOOKS_PRIVATE = True
    monkeypatch.setattr(line, "LONGEST", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it never begins the handshake
        begun = time.monotonic()
        address = f"https://localhost:{silent.getsockname()[1]}/"
        assert post(address, b"{}", {}) == Answer(trouble=Trouble.TIMEOUT)
        assert time.monotonic() - begun < 2


def test_a_line_that_took_too_long_to_come_is_not_used(settings, monkeypatch):
    settings.WEBHOOKS_PRIVATE = True
    monkeypatch.setattr(line, "LONGEST", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        def reach(*where, **how):
            time.sleep(0.4)
            made = socket.socket()
            made.connect(("127.0.0.1", port))
            return made

        monkeypatch.setattr(socket, "create_connection", reach)
        begun = time.monotonic()
        assert post(f"https://localhost:{port}/", b"{}", {}) == Answer(trouble=Trouble.TIMEOUT)
        assert time.monotonic() - begun < 3


def test_a_long_answer_is_not_read(receiver):
    endless = b"HTTP/1.1 200 So\r\nContent-Length: 1000000000\r\n\r\n" + b"x" * 100_000
    receiver.answers = [endless]
    begun = time.monotonic()
    assert post(receiver.address, b"{}", {}) == Answer(200)
    assert time.monotonic() - begun < 2


def test_old_versions_of_tls_are_not_spoken():
    assert ssl.create_default_context().minimum_version >= ssl.TLSVersion.TLSv1_2
