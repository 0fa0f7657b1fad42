"""One's own messages in the console and on the phone, and the log of what was sent."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qince.core.letters import wishes
from qince.core.letters.actions import Addressee, send
from qince.core.letters.models import Letter
from qince.core.letters.registry import FREE
from qince.core.letters.screens import LOG
from qince.core.people.tests import factories as people
from qince.core.people.tests.test_screens import PeopleSuite
from qince.kit import clock
from qince.kit.tenancy import tenant
from tests.access.planting import person, phone_token

API = "/api/phone/v1/messages"


def write(to, title="盘点提醒", **more):
    return send(
        people.actor(to), to=[Addressee(employee_id=to.pk)], kind=FREE,
        values={"title": title, "body": f"{title}正文"}, now=clock.now(), **more,
    )[0]  # fmt: skip


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return person("王芳", roles=["rep"])


@pytest.fixture
def browser(organization, rep):
    with tenant(organization):
        return people.browser(rep)


def html(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bell_counts_what_is_unread_with_one_question(organization, rep, browser):
    assert 'aria-label="Messages"' in html(browser, "/messages/")
    with tenant(organization):
        write(rep)
        write(rep)
    with CaptureQueriesContext(connection) as captured:
        assert 'aria-label="Messages (2)"' in html(browser, "/")
    assert sum("letters_letter" in query["sql"] for query in captured) == 1


def test_opening_a_message_marks_it_read_and_all_can_be_marked_at_once(organization, rep, browser):
    with tenant(organization):
        first, _second = write(rep, "第一"), write(rep, "第二")
    page = html(browser, "/messages/")
    assert page.count("is-unread") == 2
    assert "第一正文" in html(browser, f"/messages/{first.pk}/")
    assert html(browser, "/messages/").count("is-unread") == 1
    assert "第一正文" not in html(browser, "/messages/?unread")
    browser.post("/messages/read/")
    assert "is-unread" not in html(browser, "/messages/")


def test_many_messages_are_turned_over_by_pages(organization, rep, browser):
    with tenant(organization):
        for number in range(35):
            write(rep, f"消息{number:02d}")
        oldest = Letter.objects.order_by("created_at").first()
        boundary = Letter.objects.order_by("-created_at", "-id")[29]
    first = html(browser, "/messages/")
    assert f"after={boundary.pk}" in first
    assert oldest.values["title"] not in first
    assert oldest.values["title"] in html(browser, f"/messages/?after={boundary.pk}")
    assert "消息34" in html(browser, "/messages/?after=nonsense")


def test_channels_beside_the_app_can_be_switched_off_and_on(organization, rep, browser):
    browser.post("/messages/channels/", {"channel": ["sms"]})
    with tenant(organization):
        assert wishes.is_unsubscribed("email", rep.email)
        assert not wishes.is_unsubscribed("sms", rep.mobile)
    browser.post("/messages/channels/", {"channel": ["sms", "email", "pigeon"]})
    with tenant(organization):
        assert not wishes.is_unsubscribed("email", rep.email)


def phone(rep, language="en"):
    headers = {"Authorization": f"Bearer {phone_token(rep)}", "Accept-Language": language}
    return Client(headers=headers)


def test_the_phone_reads_counts_and_marks(organization, rep):
    with tenant(organization):
        first, second = write(rep, "第一"), write(rep, "第二", urgent=True)
        client = phone(rep)
    found = client.get(API).json()
    assert [(each["title"], each["urgent"], each["read_at"]) for each in found["messages"]] == [
        ("第二", True, None), ("第一", False, None),
    ]  # fmt: skip
    assert (found["unread"], found["next"]) == (2, None)
    assert client.post(f"{API}/{first.pk}/read").json() == {"unread": 1}
    assert client.post(f"{API}/{first.pk}/read").json() == {"unread": 1}
    assert client.get(f"{API}/unread").json() == {"unread": 1}
    assert client.post(f"{API}/read").json() == {"unread": 0}
    assert client.get(f"{API}?after={second.pk}").json()["messages"][0]["title"] == "第一"
    assert client.get(f"{API}?after=x").status_code == 400
    assert client.post(f"{API}/{organization.pk}/read").status_code == 404


def test_the_log_names_kind_channel_and_state_but_never_the_text(organization, rep):
    with tenant(organization):
        write(rep, "机密标题", channels=("app", "email", "phone"))
        browser = people.browser(person("主管", roles=["administrator"]))
    page = html(browser, "/sent-messages/")
    assert "王芳" in page
    assert "E-mail" in page
    exported = b"".join(browser.get("/sent-messages/export.csv").streaming_content).decode()
    assert "王芳" in exported
    assert "机密标题" not in page + exported


class TestLog(PeopleSuite):
    resource = LOG

    def make(self, n):
        rep = people.employee("王芳")
        return [write(rep).deliveries.get() for _ in range(n)]
