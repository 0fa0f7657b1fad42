"""What stands in a mail: links and opened-marks for those who agreed alone, and the way out in every one."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from qince.core.accounts.models import OutboxMessage
from qince.core.letters import tokens, wishes
from qince.core.letters.actions import Addressee, send
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery, Letter, Unsubscription
from qince.core.letters.privacy import MAIL_TRACKING
from qince.core.letters.registry import FREE, FREE_MANDATORY
from qince.core.letters.tests.catcher import catching, html_of, text_of
from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.core.privacy.models import Consent
from qince.core.privacy.registry import Kind, declared
from qince.core.privacy.tests.factories import agree
from qince.kit import clock
from qince.kit.tenancy import tenant

NOW = clock.now()
TEXT = {"title": "盘点 <b>提醒", "body": "请在今天完成盘点 & 拍照。"}


@pytest.fixture
def people_of(organization):
    """Somebody who agreed to mail tracking and somebody who did not, in one organization."""
    with tenant(organization):
        agreed, plain = (people.employee(name, email=f"{name}@x.example") for name in ("agreed", "plain"))
        agree(agreed, MAIL_TRACKING)
        agree(plain)
        return agreed, plain


def mailed(organization, *employees, kind=FREE, link="/messages/", outsider=None):
    """The mails of one letter to each, as the server got them."""
    to = [Addressee(employee_id=each.pk) for each in employees]
    with tenant(organization):
        boss = people.actor(people.employee("sender"))
        letters = send(
            boss, to=to + ([outsider] if outsider else []), kind=kind, values=TEXT,
            channels=("email",), link=link, now=clock.now(),
        )  # fmt: skip
    with catching() as catcher:
        carry_all(organization.pk, [each.pk for each in letters], now=clock.now())
    return catcher.mails


def paths(mail):
    return re.findall(r'(?:href|src)="https?://[^/"]+(/[^"]*)"', html_of(mail))


def path_of(mail, part):
    return next(path for path in paths(mail) if part in path)


def marks(organization):
    with tenant(organization):
        row = Delivery.objects.filter(is_tracked=True).first()
        return bool(row.opened_at), bool(row.followed_at)


def open_mail(mail):
    client = Client()
    picture = client.get(path_of(mail, "/mail/picture/"))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/gif")
    return client.get(path_of(mail, "/mail/link/"))


@pytest.mark.clause("C3.2-02", "C3.2-03")
def test_without_consent_the_link_is_plain_and_there_is_no_picture(organization, people_of):
    _agreed, plain = people_of
    [mail] = mailed(organization, plain)
    assert "<img" not in html_of(mail)
    assert paths(mail)[0] == "/messages/"
    assert "/messages/" in text_of(mail)
    assert "/mail/" not in text_of(mail) + html_of(mail)


@pytest.mark.clause("C3.2-02", "C3.2-03")
def test_with_consent_opening_and_following_is_noted_first_party_only(organization, people_of, settings):
    agreed, _plain = people_of
    [mail] = mailed(organization, agreed)
    hosts = set(re.findall(r'(?:href|src)="(https?://[^/"]+)', html_of(mail)))
    assert hosts == {settings.PUBLIC_URL}
    assert marks(organization) == (False, False)
    assert open_mail(mail).url == "/messages/"
    assert marks(organization) == (True, True)


@pytest.mark.clause("C3.2-02", "C3.2-03")
def test_a_mark_expires_and_is_bound_to_its_purpose(organization, people_of):
    agreed, _plain = people_of
    [mail] = mailed(organization, agreed)
    with tenant(organization):
        Letter.objects.update(created_at=NOW - tokens.TRACKED_FOR - timedelta(minutes=1))
    assert open_mail(mail).url == "/messages/"
    assert marks(organization) == (False, False)
    token = path_of(mail, "/mail/picture/").split("/")[-2]
    assert Client().get(f"/mail/link/{token}/").status_code == 404
    assert Client().post(f"/unsubscribe/{token}/").status_code == 404


@pytest.mark.clause("C3.2-04")
def test_after_unsubscribing_an_old_picture_and_link_note_nothing_and_the_link_still_leads_on(
    organization, people_of
):
    agreed, _plain = people_of
    [mail] = mailed(organization, agreed)
    address = re.fullmatch(r"<https?://[^/]+(/unsubscribe/[^>]+)>", mail["List-Unsubscribe"].strip())[1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert open_mail(mail).url == "/messages/"
    assert marks(organization) == (False, False)
    assert mailed(organization, agreed) == []


@pytest.mark.clause("C3.2-04")
def test_withdrawing_the_consent_ends_it_too(organization, people_of):
    agreed, _plain = people_of
    [mail] = mailed(organization, agreed)
    with tenant(organization):
        Consent.objects.filter(employee=agreed, purpose=MAIL_TRACKING).update(is_granted=False)
    open_mail(mail)
    assert marks(organization) == (False, False)
    [later] = mailed(organization, agreed)
    assert "<img" not in html_of(later)


def test_asking_to_unsubscribe_changes_nothing_before_the_button(organization, people_of):
    [mail] = mailed(organization, people_of[1])
    page = Client(headers={"accept-language": "en"}).get(path_of(mail, "/unsubscribe/"))
    assert "Unsubscribe?" in page.content.decode()
    assert len(mailed(organization, people_of[1])) == 1


def test_mandatory_letters_cannot_be_unsubscribed_from_and_are_never_tracked(organization, people_of):
    agreed, _plain = people_of
    with tenant(organization):
        wishes.unsubscribe("email", agreed.email, now=NOW)
    [mail] = mailed(organization, agreed, kind=FREE_MANDATORY)
    assert mail["List-Unsubscribe"] is None
    assert "<img" not in html_of(mail)
    assert "/unsubscribe/" not in html_of(mail) + text_of(mail)


@pytest.mark.clause("C3.2-01")
def test_pages_and_mails_hold_no_beacon_by_default_and_the_register_lists_the_one_there_may_be(
    organization, people_of
):
    listed = declared.purposes[MAIL_TRACKING]
    assert (listed.kind, listed.is_asked) == (Kind.ADDITIONAL, True)
    with tenant(organization):
        browser = people.browser(people_of[1])
    pages = [Client().get("/sign-in/"), Client().get("/notice/"), browser.get("/messages/"), browser.get("/")]
    sources = [page.content.decode() for page in pages] + [html_of(mailed(organization, people_of[1])[0])]
    assert [page.status_code for page in pages] == [200] * 4
    for source in sources:
        assert not re.search(r'<img[^>]+(width|height)="?1"?\b', source)
        assert not re.search(r'<(?:img|script|link|iframe)[^>]+(?:src|href)="(?:https?:)?//', source)


def test_the_texts_are_escaped_and_in_the_organizations_language(organization, people_of):
    [mail] = mailed(organization, people_of[1])
    assert "盘点 &lt;b&gt;提醒" in html_of(mail)
    assert "盘点 <b>提醒" in text_of(mail)
    with translation.override("en"):
        [again] = mailed(organization, people_of[1])
    assert '<html lang="zh-hans">' in html_of(again)


def test_a_title_cannot_add_headers(organization, people_of):
    TEXT_BEFORE = TEXT["title"]
    TEXT["title"] = "a\r\nBcc: x@y.example"
    try:
        [mail] = mailed(organization, people_of[1])
    finally:
        TEXT["title"] = TEXT_BEFORE
    assert mail["Bcc"] is None


@pytest.mark.parametrize("token", ["x", "é" * 64, "A" * 64, "A" * 63])
def test_addresses_not_made_here_open_nothing(db, token):
    client = Client()
    assert client.get(f"/unsubscribe/{token}/").status_code == 404
    assert client.get(f"/mail/link/{token}/").status_code == 404
    assert client.get(f"/mail/read/{token}/").status_code == 404
    assert client.get(f"/mail/picture/{token}/").status_code == 200


def texted(organization, *to, kind=FREE):
    with tenant(organization):
        boss = people.actor(people.employee("sender"))
        letters = send(boss, to=to, kind=kind, values=TEXT, channels=("sms",), now=clock.now())
    carry_all(organization.pk, [each.pk for each in letters], now=clock.now())
    with tenant(organization):
        return [each.deliveries.get() for each in letters]


def test_a_text_message_holds_no_value_of_the_letter_and_an_outsider_reads_it_by_its_address(organization):
    [sent] = texted(organization, Addressee(name="赵老板", mobile="+8613900000001"))
    assert sent.state == "sent"
    [message] = OutboxMessage.objects.all()
    assert not any(part in message.text for part in (*TEXT.values(), "赵老板"))
    path = re.search(r"https?://[^/]+(/mail/read/\S+)", message.text)[1]
    page = Client().get(path)
    assert "请在今天完成盘点 &amp; 拍照。" in page.content.decode()
    with tenant(organization):
        Letter.objects.update(created_at=NOW - tokens.READABLE_FOR - timedelta(days=1))
    assert Client().get(path).status_code == 404


def test_the_quota_holds_back_what_is_not_owed(organization):
    organization.settings = {"sms_per_month": 1}
    organization.save()
    to = Addressee(name="赵老板", mobile="+8613900000001")
    assert [(each.state, each.reason) for each in texted(organization, to, to)] == [
        ("sent", ""), ("skipped", "quota"),
    ]  # fmt: skip
    assert texted(organization, to, kind=FREE_MANDATORY)[0].state == "sent"


def test_an_unsubscribed_number_gets_what_is_owed_alone(organization):
    to = Addressee(name="赵老板", mobile="+8613900000001")
    with tenant(organization):
        wishes.unsubscribe("sms", to.mobile, now=NOW)
        assert "13900000001" not in str(Unsubscription.objects.values_list())
    assert texted(organization, to)[0].reason == "unsubscribed"
    assert texted(organization, to, kind=FREE_MANDATORY)[0].state == "sent"


def test_unsubscribing_counts_in_that_organization_alone(organization, people_of):
    other = people.organization("乙")
    with tenant(organization):
        wishes.unsubscribe("email", people_of[1].email, now=NOW)
    with tenant(other):
        assert not wishes.is_unsubscribed("email", people_of[1].email)
    assert Organization.objects.count() >= 2
