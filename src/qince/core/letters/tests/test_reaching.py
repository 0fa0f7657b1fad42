"""An address that refuses for good, again and again, is left alone, the person told, and anybody may lift it."""

from contextlib import contextmanager

import pytest

from qince.core.accounts.sms import NoSuchNumber
from qince.core.accounts.sms.local import LocalSms
from qince.core.letters.actions import Addressee, send, try_again
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery, Letter, Unreachable
from qince.core.letters.reaching import HARD_FAILURES
from qince.core.letters.registry import FREE, FREE_MANDATORY
from qince.core.letters.tests.catcher import catching
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.tenancy import tenant

NOW = clock.now()
TEXT = {"title": "盘点提醒", "body": "请在今天完成盘点。"}
EMAIL = "gone@x.example"


@pytest.fixture
def clerk(inside):
    return people.employee("钱文员", email=EMAIL)


def mail(clerk, catcher, *, refused=True, kind=FREE, channel="email"):
    """One letter by that channel, carried once: the state and reason of its delivery."""
    catcher.refused = {EMAIL} if refused else set()
    return carried(send(people.actor(clerk), to=[Addressee(employee_id=clerk.pk)], kind=kind, values=TEXT,
                        channels=(channel,), now=NOW))  # fmt: skip


def carried(letters):
    [letter] = letters
    carry_all(letter.organization_id, [letter.pk], now=NOW)
    row = Delivery.objects.get(letter=letter)
    return row.state, row.reason


def notes(clerk):
    rows = Letter.objects.filter(employee=clerk, kind__endswith="_unreachable")
    return list(rows.values_list("kind", "recalled_at"))


def exhausted(clerk, catcher):
    for _time in range(HARD_FAILURES):
        assert mail(clerk, catcher) == ("failed", "address_refused")


def test_after_a_few_refusals_in_a_row_nothing_optional_goes_there_and_the_person_is_told_once(clerk):
    with catching() as catcher:
        exhausted(clerk, catcher)
        assert notes(clerk) == [("letters.email_unreachable", None)]
        assert mail(clerk, catcher, refused=False) == ("skipped", "suppressed")
        assert catcher.mails == []
        assert mail(clerk, catcher, kind=FREE_MANDATORY) == (
            "failed",
            "address_refused",
        )  # what is owed is tried
        assert len(notes(clerk)) == 1
    [told] = Letter.objects.filter(kind="letters.email_unreachable")
    assert [(each.channel, each.state) for each in told.deliveries.all()] == [("app", "sent")]
    assert EMAIL not in str(list(Unreachable.objects.values()))


def test_what_may_pass_counts_for_nothing_and_a_message_that_arrives_begins_anew(clerk):
    with catching() as catcher:
        catcher.is_down = True
        for _time in range(HARD_FAILURES + 1):
            assert mail(clerk, catcher, refused=False)[0] == "pending"
        catcher.is_down = False
        assert not Unreachable.objects.exists()
        for _time in range(HARD_FAILURES - 1):
            mail(clerk, catcher)
        assert mail(clerk, catcher, refused=False) == ("sent", "")
        assert not Unreachable.objects.exists()
        mail(clerk, catcher)
        assert notes(clerk) == []


def test_a_message_that_is_owed_and_arrives_lifts_it(clerk):
    with catching() as catcher:
        exhausted(clerk, catcher)
        assert mail(clerk, catcher, refused=False, kind=FREE_MANDATORY) == ("sent", "")
        assert mail(clerk, catcher, refused=False) == ("sent", "")


def test_a_new_address_is_another_one(clerk):
    with catching() as catcher:
        exhausted(clerk, catcher)
        Employee.objects.filter(pk=clerk.pk).update(email="new@x.example")
        assert mail(clerk, catcher) == ("sent", "")


def test_the_person_lifts_it_on_the_page_and_nobody_elses(clerk):
    other = people.employee("孙文员", email="other@x.example")
    with catching() as catcher:
        exhausted(clerk, catcher)
        with pytest.raises(NotFound):
            try_again(people.actor(other), channel="email", now=NOW)
        browser = people.browser(clerk)
        assert "refused several messages for good" in browser.get("/messages/").text
        assert "refused several" not in people.browser(other).get("/messages/").text
        assert browser.post("/messages/again/email/").status_code == 302
        assert "refused several" not in browser.get("/messages/").text
        assert notes(clerk)[0][1] is not None  # no longer needed
        assert mail(clerk, catcher, refused=False) == ("sent", "")
    for nothing in ("email", "sms", "paper"):
        assert browser.post(f"/messages/again/{nothing}/").status_code == 404


@contextmanager
def gateway(error):
    def fail(*_args):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LocalSms, "send", fail)
        yield


def test_a_number_that_does_not_exist_counts_and_a_gateway_that_fails_does_not(clerk):
    with catching() as catcher:
        with gateway(RuntimeError("busy")):
            for _time in range(HARD_FAILURES):
                assert mail(clerk, catcher, channel="sms") == ("pending", "gateway_failed")
        assert not Unreachable.objects.exists()
        with gateway(NoSuchNumber()):
            for _time in range(HARD_FAILURES):
                assert mail(clerk, catcher, channel="sms") == ("failed", "number_refused")
        assert mail(clerk, catcher, channel="sms") == ("skipped", "suppressed")
        assert notes(clerk) == [("letters.sms_unreachable", None)]


def test_somebody_outside_or_gone_is_told_nothing(clerk):
    with catching() as catcher:
        catcher.refused = {EMAIL}
        for _time in range(HARD_FAILURES):
            written = send(people.actor(clerk), to=[Addressee(name="赵老板", email=EMAIL)], kind=FREE, values=TEXT,
                           channels=("email",), now=NOW)  # fmt: skip
            assert carried(written) == ("failed", "address_refused")
    assert Unreachable.objects.get().suppressed_at == NOW
    assert not Letter.objects.filter(kind="letters.email_unreachable").exists()


@pytest.mark.django_db
def test_each_organization_counts_for_itself():
    home, away = people.organization("金陵饮品"), people.organization("别家")
    with catching() as catcher:
        with tenant(home):
            exhausted(people.employee("钱文员", email=EMAIL), catcher)
        with tenant(away):
            assert mail(people.employee("钱文员", email=EMAIL), catcher, refused=False) == ("sent", "")
