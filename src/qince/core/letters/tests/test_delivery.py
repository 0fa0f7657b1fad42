"""Letters are written once and carried by each channel until it says yes, never again after."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from qince.core.accounts.models import OutboxMessage
from qince.core.letters import actions, jobs
from qince.core.letters.actions import Addressee, send
from qince.core.letters.delivering import ATTEMPTS, carry_all
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.registry import FREE, FREE_MANDATORY, kind
from qince.core.letters.tests.catcher import catching, text_of
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.tenancy import tenant

NOW = clock.now()
TEXT = {"title": "盘点提醒", "body": "请在今天完成盘点。"}


@pytest.fixture
def boss(inside):
    return people.actor(people.employee("李经理", roles=["administrator"], email="li@x.example"))


def write(boss, *to, **more):
    to = to or (Addressee(employee_id=boss.employee_id),)
    return send(boss, **{"to": to, "kind": FREE, "values": TEXT, "now": NOW, **more})


def states(letter):
    return {row.channel: (row.state, row.reason) for row in Delivery.objects.filter(letter=letter)}


def queued():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args, scheduled_at FROM procrastinate_jobs WHERE task_name = 'letters.deliver'"
        )
        found = cursor.fetchall()
    return [(json.loads(args) if isinstance(args, str) else args, at) for args, at in found]


def test_every_channel_is_on_record_and_the_app_is_served_at_once(boss):
    [letter] = write(boss, channels=("app", "email", "sms", "letter", "phone"))
    pending = ("pending", "")
    assert states(letter) == {
        "app": ("sent", ""), "email": pending, "sms": pending, "letter": pending, "phone": pending,
    }  # fmt: skip


def test_a_channel_that_cannot_reach_somebody_says_why(boss):
    [letter] = write(boss, Addressee(name="赵老板"), channels=("app", "email", "sms", "phone"))
    assert states(letter) == {
        "app": ("skipped", "no_account"),
        "email": ("skipped", "no_email"),
        "sms": ("skipped", "no_mobile"),
        "phone": ("skipped", "no_mobile"),
    }


def test_a_job_is_queued_with_the_letters_and_carries_them(boss, organization):
    [letter] = write(boss, channels=("app", "email"))
    [(args, _at)] = queued()
    assert args == {"organization_id": str(organization.pk), "letter_ids": [str(letter.pk)]}
    with catching() as catcher:
        jobs.deliver(**args)
    [mail] = catcher.mails
    assert (mail["to"], mail["subject"]) == ("li@x.example", "盘点提醒")
    assert "请在今天完成盘点。" in text_of(mail)
    assert states(letter)["email"] == ("sent", "")


def test_letters_in_the_app_alone_queue_nothing(boss):
    write(boss)
    assert queued() == []


def test_a_channel_that_said_yes_is_never_asked_again(boss, organization):
    """The mail server took it, the SMS gateway failed: the repeat carries the text message alone."""
    [letter] = write(boss, channels=("email", "sms"))
    with catching() as catcher, pytest.MonkeyPatch.context() as patch:
        from qince.core.accounts.sms.local import LocalSms

        patch.setattr(LocalSms, "send", lambda *args: (_ for _ in ()).throw(RuntimeError("gateway")))
        assert carry_all(organization.pk, [letter.pk], now=NOW).attempts == 1
        assert states(letter) == {"email": ("sent", ""), "sms": ("pending", "gateway_failed")}
        patch.undo()
        assert carry_all(organization.pk, [letter.pk], now=NOW).attempts == 0
        assert carry_all(organization.pk, [letter.pk], now=NOW).attempts == 0
    assert (len(catcher.mails), OutboxMessage.objects.count()) == (1, 1)


def test_a_server_that_is_down_is_tried_again_later_each_time_and_at_last_given_up(boss, organization):
    [letter] = write(boss, channels=("email",))
    with catching() as catcher:
        catcher.is_down = True
        jobs.deliver(str(organization.pk), [str(letter.pk)])
        first = queued()[-1][1] - clock.now()
        assert timedelta(seconds=50) < first <= timedelta(minutes=1)
        jobs.deliver(str(organization.pk), [str(letter.pk)])
        assert timedelta(minutes=3, seconds=50) < queued()[-1][1] - clock.now() <= timedelta(minutes=4)
        for _more in range(ATTEMPTS - 2):
            assert states(letter)["email"][0] == "pending"
            carry_all(organization.pk, [letter.pk], now=NOW)
    assert states(letter) == {"email": ("failed", "address_refused")}


def test_an_address_the_server_refuses_for_good_is_not_tried_again(boss, organization):
    [letter] = write(boss, channels=("email",))
    with catching() as catcher:
        catcher.refused.add("li@x.example")
        assert carry_all(organization.pk, [letter.pk], now=NOW).attempts == 0
    assert states(letter) == {"email": ("failed", "address_refused")}


def test_without_a_mail_server_mails_are_in_the_developer_outbox(boss, organization, settings):
    settings.EMAIL_BACKEND = "qince.core.letters.outbox.Outbox"
    [letter] = write(boss, channels=("email",))
    carry_all(organization.pk, [letter.pk], now=NOW)
    [message] = OutboxMessage.objects.all()
    assert (message.mobile, "请在今天完成盘点。" in message.text) == ("li@x.example", True)


def test_the_reader_gets_the_own_language_from_the_same_letter(boss):
    write(boss)
    letter = Letter.objects.get()
    kind_of_test()
    letter.kind, letter.values = "test.language", {"number": "7"}
    with translation.override("en"):
        assert letter.rendered.title == "Yes 7"
    with translation.override("zh-hans"):
        assert letter.rendered.title == "是 7"


def kind_of_test():
    from django.utils.text import format_lazy
    from django.utils.translation import gettext_lazy

    kind("test.language", title=format_lazy("{} %(number)s", gettext_lazy("Yes")), body="%(absent)s")


def test_somebody_who_is_not_there_gets_nothing_and_nobody_else_either(boss):
    with tenant(boss.organization_id):
        stranger = Addressee(employee_id=boss.organization_id)
    with pytest.raises(NotFound):
        write(boss, Addressee(employee_id=boss.employee_id), stranger)
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    "fault", [{"kind": "no.such"}, {"channels": ("pigeon",)}, {"link": "https://x.example/"}]
)
def test_what_a_programmer_gets_wrong_is_an_error(boss, fault):
    with pytest.raises(ValueError, match=r"declared|channel|path"):
        write(boss, **fault)


def test_a_call_and_a_letter_on_paper_are_ticked_off_once(boss):
    [letter] = write(boss, kind=FREE_MANDATORY, channels=("letter", "email"))
    paper, mail = (Delivery.objects.get(letter=letter, channel=each) for each in ("letter", "email"))
    actions.hand_over(boss, delivery_id=paper.pk, now=NOW)
    assert states(letter)["letter"] == ("handed_over", "")
    for taken in (paper, mail):
        with pytest.raises(Exception, match="not_pending"):
            actions.hand_over(boss, delivery_id=taken.pk, now=NOW)


def test_reading_is_of_ones_own_letters_only(boss):
    other = people.actor(people.employee("王芳"))
    mine, theirs = write(boss)[0], write(boss, Addressee(employee_id=other.employee_id))[0]
    assert actions.mark_read(other, letter_ids=[mine.pk], now=NOW) == 0
    assert actions.mark_read(boss, now=NOW) == 1
    assert Letter.objects.get(pk=theirs.pk).read_at is None
    assert actions.mark_read(boss, now=NOW) == 0
