"""The door: what leaves equals what was agreed, byte for byte; what lacks a basis does not leave at all."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from qince.core.erasure.restricting import lift_restriction, restrict
from qince.core.people import actions as people_actions
from qince.core.people.models import Employee
from qince.core.privacy.gate import ConsentRequired
from qince.core.privacy.models import ConsentEntry
from qince.engines.partners import actions, consents, delivery, door
from qince.engines.partners.models import CrossBorder, Disclosure, LogIsAppendOnly, Outgoing, Recipient
from qince.engines.partners.registry import KINDS, PROFILES, SCENES, pseudonym
from qince.engines.partners.tests.factories import agree_to, recipient, record
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.vault import api as vault


def share(admin, member, to, **more):
    return door.share(
        admin, subject=member, to=to.code, act="open_account", why="A course", now=clock.now(), **more
    )


def sent(organization):
    """Everything that is due goes out, as the job does it."""
    return [delivery.deliver(organization.pk, key, now=clock.now()) for key in delivery.due(clock.now())]


def code(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.code


@pytest.mark.clause("C4.1-01")
def test_nothing_is_shared_by_default(admin, member, listening, inside):
    to, server = listening(admin)
    assert code(lambda: share(admin, member, to)) == "consent_required"
    assert sent(inside) == []
    assert (server.bodies, Disclosure.objects.count(), Outgoing.objects.count()) == ([], 0, 0)


EXACTLY = {
    "payment": ("avatar", "name", "nickname", "user_id"),
    "training": ("account", "name", "phone"),
    "points": ("account", "name", "phone"),
    "app": ("account", "avatar", "name", "phone"),
    "affiliate": ("account", "name"),
}


@pytest.mark.clause("C4.1-04", "C4.1-19", "C4.1-20")
@pytest.mark.parametrize("profile", ["payment", "training", "points", "affiliate"])
def test_the_payload_is_the_allow_list_byte_for_byte(profile, admin, member, listening, inside):
    """Captured at the partner; nothing at all came before the member agreed."""
    to, server = listening(admin, profile=profile)
    assert code(lambda: share(admin, member, to)) == "consent_required"
    agree_to(member, to)
    share(admin, member, to)
    assert sent(inside) == ["delivered"]
    known = pseudonym(member, to.pk)
    values = dict.fromkeys(("account", "user_id"), known) | dict.fromkeys(("name", "nickname"), "王芳")
    values |= {"avatar": "", "phone": "+8613900139000"}
    expected = {name: values[name] for name in EXACTLY[profile]}
    body = json.dumps(expected, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert server.bodies == [body]


@pytest.mark.parametrize("profile", sorted(EXACTLY))
def test_the_profiles_are_the_agreements_lists(profile):
    assert sorted(PROFILES[profile].fields) == sorted(EXACTLY[profile])


@pytest.mark.clause("C4.1-14")
def test_an_affiliate_is_asked_about_apart(admin, member, listening, inside):
    """Consent to another recipient, or to the notice, sends an affiliate nothing."""
    other, _server = listening(admin, profile="points")
    affiliate, server = listening(admin, profile="affiliate")
    agree_to(member, other)
    assert code(lambda: share(admin, member, affiliate)) == "consent_required"
    assert server.bodies == []
    agree_to(member, affiliate)
    share(admin, member, affiliate)
    assert sent(inside) == ["delivered"]
    assert len(server.bodies) == 1


@pytest.mark.clause("C1.3-11", "C0-08")
def test_opened_by_the_admin_but_not_by_the_member_nothing_leaves(admin, member, listening, inside):
    to, server = listening(admin)
    assert to.is_on
    assert code(lambda: share(admin, member, to)) == "consent_required"
    assert (sent(inside), server.bodies) == ([], [])


@pytest.mark.clause("C4.1-07", "C4.1-15")
@pytest.mark.parametrize(
    "change",
    [
        {"terms_version": "2026-02"},
        {"purpose": "Another purpose"},
        {"method": "By hand"},
        {"fields": ["name"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_terms_purpose_method_or_kinds_asks_again(change, admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    entry = ConsentEntry.objects.get(act="granted", purpose=consents.code_of(to))
    assert (entry.notice_version, entry.notice_hash) == (
        f"{to.code} {to.version}",
        consents.text_of(to).text_hash,
    )
    actions.edit_recipient(admin, to, now=clock.now(), **change)
    assert code(lambda: share(admin, member, to)) == "consent_required"
    agree_to(member, to)
    share(admin, member, to)
    assert sent(inside) == ["delivered"]
    assert len(server.bodies) == 1


def test_a_change_that_means_nothing_to_people_asks_nobody(admin, member, listening):
    to, _server = listening(admin)
    agree_to(member, to)
    actions.edit_recipient(admin, to, now=clock.now(), duty_reviewed_on=clock.now().date())
    share(admin, member, to)


def test_what_waited_when_the_meaning_changed_is_not_sent(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    share(admin, member, to)
    actions.edit_recipient(admin, to, now=clock.now(), purpose="Another purpose")
    assert sent(inside) == [""]
    row = Outgoing.objects.get()
    assert (server.bodies, row.state, row.body) == ([], "dropped", None)


@pytest.mark.clause("C4.1-02")
def test_a_recipient_named_by_the_person_gets_the_named_fields_until_withdrawn(
    admin, member, listening, inside
):
    to, server = listening(admin, profile="named", fields=["name", "email"])
    agree_to(member, to)
    share(admin, member, to)
    assert code(lambda: share(admin, member, to, fields=["name", "phone"])) == "field_not_agreed"
    assert sent(inside) == ["delivered"]
    assert server.bodies == ['{"email":"","name":"王芳"}'.encode()]
    agree_to(member, to, act="withdrawn")
    assert code(lambda: share(admin, member, to)) == "consent_required"
    assert sent(inside) == ["delivered"]
    notice = server.partner.received[-1]
    assert (notice["act"], notice["body"], notice["subject"]) == (
        "withdrawn",
        b"{}",
        pseudonym(member, to.pk),
    )


def test_a_withdrawal_stops_what_has_not_left_yet(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    share(admin, member, to)
    agree_to(member, to, act="withdrawn")
    stopped = Outgoing.objects.get(disclosure__isnull=False)
    assert (stopped.state, stopped.body) == ("dropped", None)
    sent(inside)
    assert [each["act"] for each in server.partner.received] == ["withdrawn"]


LACKING = {
    "C4.1-16": [{name: ""} for name in ("purpose", "lawful", "legitimate", "necessary", "specific", "clear")]
    + [{"contract": ""}, {"contract_from": None}],
    "C4.1-25": [{"review_passed": False}, {"reviewed_on": None}, {"review_version": ""}],
}  # fmt: skip


@pytest.mark.clause("C4.1-16", "C4.1-25")
@pytest.mark.parametrize("lack", [each for found in LACKING.values() for each in found], ids=str)
def test_an_incomplete_record_cannot_be_switched_on(lack, admin):
    found = recipient(admin, is_on=False, **lack)
    assert (
        code(lambda: actions.switch_on(admin, found, now=clock.now(), attested=True))
        == "recipient_incomplete"
    )
    assert not Recipient.objects.get(pk=found.pk).is_on


def test_a_whole_record_needs_the_administrators_word_as_well(admin):
    found = recipient(admin, is_on=False)
    assert code(lambda: actions.switch_on(admin, found, now=clock.now())) == "not_attested"
    on = actions.switch_on(admin, found, now=clock.now(), attested=True)
    assert (on.is_on, on.attested_by_id) == (True, admin.employee_id)


@pytest.mark.clause("C4.1-26")
def test_an_expired_contract_closes_the_door(admin, member):
    to = recipient(admin)
    agree_to(member, to)
    later = clock.now() + timedelta(days=301)

    def at(now):
        return door.share(admin, subject=member, to=to.code, act="x", why="x", now=now)

    assert code(lambda: at(later)) == "contract_expired"
    assert at(clock.now()).recipient == to


@pytest.mark.clause("C4.1-17")
def test_an_overdue_review_of_the_duty_closes_the_door(admin, member):
    to = recipient(admin)
    agree_to(member, to)
    today = clock.now().date()
    actions.edit_recipient(admin, to, now=clock.now(), duty_reviewed_on=today - timedelta(days=366))
    assert code(lambda: share(admin, member, to)) == "duty_review_overdue"
    actions.review_recipient(
        admin, to, now=clock.now(), on=today, review_version="api 2", review_passed=True, duty=True
    )
    assert share(admin, member, to).recipient == to


@pytest.mark.clause("C4.1-21")
def test_id_and_card_number_need_their_own_consents(admin, member, listening, settings):
    """Passed straight on: refused whole without both; with them all five arrive, and nothing keeps those two."""
    to, server = listening(admin, profile="signing")
    given = {"id_number": "320106199001011234", "bank_card": "6222020200112233440"}

    def pass_on():
        return delivery.pass_on(
            admin, subject=member, to=to.code, act="verify", why="Contract", given=given, now=clock.now()
        )

    agree_to(member, to)
    assert code(pass_on) == "consent_required"
    agree_to(member, to, "id_number")
    assert code(pass_on) == "consent_required"
    assert server.bodies == []
    agree_to(member, to, "bank_card")
    assert pass_on().status == 200
    assert json.loads(server.bodies[0]) == {
        "account": pseudonym(member, to.pk), "name": "王芳", "phone": "+8613900139000", **given
    }  # fmt: skip
    assert Outgoing.objects.count() == 0
    assert Disclosure.objects.get().digest == ""
    assert code(lambda: share(admin, member, to, given=given)) == "pass_on_only"


@pytest.mark.clause("C4.1-27")
@override("en")
def test_refusing_one_partner_leaves_the_others_working(admin, member, listening, inside):
    training, first = listening(admin)
    points, second = listening(admin, profile="points")
    agree_to(member, training, act="declined")
    agree_to(member, points)
    with pytest.raises(ConsentRequired) as caught:
        share(admin, member, training)
    assert caught.value.purpose == consents.code_of(training)
    assert "other partners" in str(caught.value.message)
    share(admin, member, points)
    assert sent(inside) == ["delivered"]
    assert (len(first.bodies), len(second.bodies)) == (0, 1)
    told = consents.text_of(training).content
    assert (told["company"], [each["name"] for each in told["data"]]) == (
        training.name, ["Login account", "Full name", "Mobile number"],
    )  # fmt: skip


@pytest.mark.clause("C5.4-01", "C5.4-02")
def test_a_recipient_abroad_needs_an_entry_and_a_consent_of_its_own(admin, member, listening, inside):
    abroad = recipient(admin, is_on=False, region="SG")
    assert (
        code(lambda: actions.switch_on(admin, abroad, now=clock.now(), attested=True))
        == "recipient_incomplete"
    )
    today = clock.now().date()
    entry = {"ground": "contract", "reference": "Filing 12", "assessment": "PIA 4", "assessed_on": today}
    actions.enter_border(
        admin, now=clock.now(), recipient=abroad, holds_until=today + timedelta(days=10), **entry
    )
    actions.switch_on(admin, abroad, now=clock.now(), attested=True)
    agree_to(member, abroad)
    assert code(lambda: share(admin, member, abroad)) == "consent_required"
    agree_to(member, abroad, consents.ABROAD)
    assert share(admin, member, abroad).recipient == abroad
    CrossBorder.objects.all().delete()
    assert code(lambda: share(admin, member, abroad)) == "recipient_abroad"


@pytest.mark.clause("C1.1-02")
def test_payment_needs_a_registered_recipient(admin, member):
    def pay(to):
        return door.share(admin, subject=member, to=to, act="open_account", why="x", now=clock.now())

    assert code(lambda: pay("alipay")) == "recipient_unknown"
    company = recipient(admin, code="alipay", name="Alipay", profile="payment")
    agree_to(member, company)
    assert (pay("alipay").recipient_name, company.kind_words) == ("Alipay", KINDS["payment"])


def test_people_who_left_or_were_erased_or_are_not_meant_get_nothing_shared(admin, member, inside):
    to = recipient(admin)
    agree_to(member, to)
    from qince.core.people.tests import factories as people

    elsewhere = people.department("财务部")
    actions.edit_recipient(admin, to, now=clock.now(), departments=[elsewhere])
    assert code(lambda: share(admin, member, to)) == "not_offered"
    actions.edit_recipient(admin, to, now=clock.now(), departments=[])
    restrict(admin, member, now=clock.now())
    assert code(lambda: share(admin, Employee.objects.get(pk=member.pk), to)) == "subject_restricted"
    lift_restriction(
        people.actor(people.employee("Second", roles=["administrator"])), member, now=clock.now()
    )
    share(admin, Employee.objects.get(pk=member.pk), to)
    vault.destroy_subject(inside.pk, member.pk)
    assert code(lambda: share(admin, member, to)) == "subject_erased"
    assert sent(inside) == [""]
    assert Outgoing.objects.get().problem == "subject_erased"


def test_a_leavers_partners_are_told(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    share(admin, member, to)
    sent(inside)
    people_actions.leave(admin, member, now=clock.now(), successor=None, on=None)
    sent(inside)
    assert [each["act"] for each in server.partner.received] == ["open_account", "left"]
    member.refresh_from_db()
    assert code(lambda: share(admin, member, to)) == "subject_left"


def test_a_lost_answer_is_sent_again_under_the_same_id_and_taken_once(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    share(admin, member, to)
    server.partner.faults = [503]
    key = Outgoing.objects.get().pk
    assert delivery.deliver(inside.pk, key, now=clock.now()) == "queued"
    assert delivery.deliver(inside.pk, key, now=clock.now()) == ""  # not due yet
    later = clock.now() + timedelta(minutes=2)
    assert delivery.deliver(inside.pk, key, now=later) == "delivered"
    assert delivery.deliver(inside.pk, key, now=later) == ""
    assert [each["id"] for each in server.partner.received] == [str(key)]
    assert Outgoing.objects.get().body is None


def test_a_refusal_by_the_partner_is_final_and_forgets_the_content(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    share(admin, member, to)
    server.partner.faults = [422]
    sent(inside)
    row = Outgoing.objects.get()
    assert (row.state, row.problem, row.body) == ("failed", "answer_422", None)


def test_a_partner_with_another_key_takes_nothing(admin, member, listening, inside):
    to, server = listening(admin)
    agree_to(member, to)
    share(admin, member, to)
    server.partner.secret = b"another"
    assert sent(inside) == ["failed"]
    assert server.bodies == []


def test_what_waits_is_sealed_and_the_log_holds_no_values(admin, member, inside):
    to = recipient(admin)
    agree_to(member, to)
    row = share(admin, member, to)
    waiting = Outgoing.objects.get()
    assert "王芳".encode() in waiting.body
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM partners_outgoing WHERE id = %s", [waiting.pk])
        assert "王芳".encode() not in bytes(cursor.fetchone()[0])
    assert "王芳" not in str(Disclosure.objects.filter(pk=row.pk).values_list())
    assert row.fields == ["account", "name", "phone"]
    with pytest.raises(LogIsAppendOnly):
        row.save()
    with pytest.raises(LogIsAppendOnly):
        row.delete()


@pytest.mark.clause("C1.3-04")
def test_every_recipient_is_labelled_third_party_with_name_and_links(admin):
    """In the text read before the first use, whatever the kind."""
    for number, profile in enumerate(PROFILES):
        found = recipient(admin, is_on=False, profile=profile, code=f"k{number}")
        text = consents.text_of(found).content
        assert text["third_party"]
        assert text["company"] == found.name
        assert text["terms"] == {"url": "https://partner.example/terms", "version": "2026-01"}
    bare = recipient(admin, is_on=False, terms_url="")
    assert (
        code(lambda: actions.switch_on(admin, bare, now=clock.now(), attested=True)) == "recipient_incomplete"
    )
    assert {"technical", "deployment", "customer_service", "payment"} == set(SCENES)


def test_a_form_of_a_recipient_cannot_widen_its_kind(admin):
    with pytest.raises(Refusal, match="field_not_agreed"):
        actions.create_recipient(admin, now=clock.now(), **record(fields=["name", "id_number"]))
