"""A browser that is let in, and rung, with the worker that it keeps for that."""

import json

import pytest
from playwright.sync_api import Page, expect

from reviews.models import PushDevice
from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
CHOICES = "/accounts/notifications/choices/"
# Where nobody makes the browser, no push service is behind it: what one would give stands here.
GIVEN = """
    const bytes = (size, first) => Uint8Array.from({ length: size }, (_, at) => (at ? at : first)).buffer;
    const printed = "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4=";
    const point = Uint8Array.from(atob(printed), (one) => one.charCodeAt(0)).buffer;
    let leave = null;
    PushManager.prototype.getSubscription = async () => leave;
    PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
        if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("no browser takes that");
        return leave = {
            endpoint: "https://push.example.org/send/abc",
            options: { applicationServerKey: applicationServerKey.buffer },
            getKey: (name) => name === "auth" ? bytes(16, 7) : point, unsubscribe: async () => (leave = null, true),
        };
    };
"""
# The browser of the tests has no screen to show a notice on.
NOTED = """() => {
    self.shown = new Promise((shown) => {
        ServiceWorkerRegistration.prototype.showNotification = async (title, { body, tag, data }) =>
            shown([{ title, body, tag, ...data }]);
    });
}"""


def test_a_browser_is_let_in_rings_and_is_taken_off(page: Page, running_site: str):
    ana = make.member(username="ana")
    sign_in(page, ana, running_site)
    page.add_init_script(GIVEN)
    page.context.grant_permissions(["notifications"], origin=running_site)
    page.goto(CHOICES)
    page.get_by_role("button", name="Ring on this device").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This device rings for you from now on.")).to_be_visible()
    assert PushDevice.objects.get().member == ana
    assert page.get_by_role("checkbox", name="On your devices: An answer to your comment").is_checked()

    message = {"title": "Intermission", "body": "Bea names you", "tag": "notice-7", "url": f"{running_site}/lists/"}
    (worker,) = page.context.service_workers
    worker.evaluate(NOTED)
    devtools = page.context.new_cdp_session(page)
    known: list[str] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda said: known.extend(
        one["registrationId"] for one in said["registrations"] if not one["isDeleted"]
    ))  # fmt: skip
    devtools.send("ServiceWorker.enable")
    while not known:
        page.wait_for_timeout(50)
    sent = {"origin": running_site, "registrationId": known[0], "data": json.dumps(message)}
    devtools.send("ServiceWorker.deliverPushMessage", sent)
    assert worker.evaluate("() => self.shown") == [message]

    page.get_by_role("button", name="Silence").click()
    expect(page.get_by_text("That device does not ring any more.")).to_be_visible()
    assert not PushDevice.objects.exists()


def test_a_browser_that_may_not_says_so(page: Page, running_site: str):
    sign_in(page, make.member(), running_site)
    page.add_init_script("Notification.requestPermission = async () => 'denied'")
    page.goto(CHOICES)
    page.get_by_role("button", name="Ring on this device").click()
    expect(page.get_by_role("alert")).to_contain_text("Your browser did not allow it.")
    assert not PushDevice.objects.exists()


def test_without_scripts_it_says_what_is_missing(plain_page: Page, running_site: str):
    sign_in(plain_page, make.member(), running_site)
    plain_page.goto(CHOICES)
    expect(plain_page.get_by_text("This browser cannot ring, or runs no scripts.")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Ring on this device")).to_be_hidden()
