"""How cases come in: own acts, staff, mail; numbers; grounds; the fast track."""

import pytest

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.core.rights import registry
from qince.core.rights.actions import opening
from qince.core.rights.models import Case
from qince.core.rights.tests.factories import entered, officer, own
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, Forbidden, Refusal
from qince.kit.ids import uuid7

NOW = clock.now()


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


@pytest.mark.clause("C6.1-09")
def test_every_channel_gives_a_number_in_one_queue(inside, organization):
    """The signed-in act, telephone, post, mail by staff and by the inbox: consecutive numbers, both clocks possible."""
    actor, person = officer(), people.employee("王芳")
    cases = [own(person), *(entered(actor, channel=each) for each in ("hotline", "post", "email", "counter"))]
    cases.append(
        opening.receive_mail(
            system_actor(organization.pk, "inbox"),
            sender="a@b.example",
            name="A",
            subject="S",
            text="T",
            now=NOW,
        )
    )
    numbers = [int(case.number.rpartition("-")[2]) for case in cases]
    assert numbers == list(range(numbers[0], numbers[0] + 6))
    assert Case.objects.count() == 6
    assert all(case.due_on for case in cases)
    posted = next(case for case in cases if case.channel == "post")
    assert posted.calendar_due_on
    assert posted.contact_at is not None


@pytest.mark.clause("C6.7-01")
def test_a_signed_in_act_and_a_paper_are_both_stored_with_the_case(inside):
    own_case = own(people.employee("王芳"))
    assert (own_case.verified_how, own_case.channel) == ("signed_in", "phone")
    actor = officer()
    case = entered(actor)
    from django.core.files.uploadedfile import SimpleUploadedFile

    from qince.core.rights.actions import filing

    pdf = SimpleUploadedFile("来信.pdf", b"%PDF-1.4 letter")
    file = filing.add_file(actor, case, now=NOW, role="request", file=pdf)
    assert filing.open_file(actor, file, now=NOW) == b"%PDF-1.4 letter"
    with refused("unsupported_file"):
        filing.add_file(actor, case, now=NOW, role="request", file=SimpleUploadedFile("x.exe", b"MZ\0\0"))


def test_a_repeated_act_is_one_case_and_anothers_id_is_a_conflict(inside):
    person, key = people.employee("王芳"), uuid7()
    actor = people.actor(person)
    first = opening.open_own(actor, id=key, kind="query", now=NOW)
    assert opening.open_own(actor, id=key, kind="query", now=NOW) == first
    with pytest.raises(Conflict):
        opening.open_own(people.actor(people.employee("旁人")), id=key, kind="query", now=NOW)
    assert Letter.objects.filter(kind="rights.received").count() == 1


@pytest.mark.clause("C1.1-07")
def test_a_person_imported_but_never_signed_in_is_found_by_their_number(inside):
    """Whoever asks by mail with a number of the address book asks about that row, though nobody ever signed in."""
    imported = people.employee("陈晨", status="invited", mobile="+8613900002222")
    actor = officer()
    case = entered(actor, contact_name="陈晨", contact_mobile="139 0000 2222")
    assert case.subject == imported
    found = registry.rows_with_mobile("+8613900002222")
    assert [each.name for each in found] == ["陈晨"]
    assert registry.rows_with_mobile("+8613900009999") == []


def test_a_customers_contact_person_is_found_across_rows(inside):
    from qince.masterdata.customers.tests import factories as customers

    store = customers.store()
    store.contact_name, store.contact_phone = "老板娘", "13900003333"
    store.save()
    found = registry.rows_with_mobile("+8613900003333")
    assert [(each.name, each.person) for each in found] == [(store.name, "老板娘")]


class TestGrounds:
    @pytest.mark.clause("C6.2-02")
    def test_the_chosen_ground_is_stored_and_others_are_refused(self, inside):
        person = people.employee("王芳")
        assert own(person, "delete", ground="unlawful").ground == "unlawful"
        with refused("ground_required"):
            own(person, "delete", ground="")
        with refused("unknown_ground"):
            own(person, "delete", ground="because")

    @pytest.mark.clause("C6.2-04")
    def test_a_serious_breach_needs_its_text_and_lands_in_the_officers_queue(self, inside):
        actor, person = officer(), people.employee("王芳")
        with refused("ground_text_required"):
            own(person, "delete", ground="breach")
        case = own(person, "delete", ground="breach", ground_text="未经同意向第三方提供")
        assert case in Case.objects.all()
        assert case.ground_text
        told = Letter.objects.filter(kind="rights.new", employee=actor.employee_id)
        assert told.get().values["number"] == case.number

    @pytest.mark.clause("C6.2-07")
    def test_another_legal_case_is_accepted_without_a_reference(self, inside):
        assert own(people.employee("王芳"), "delete", ground="other_law").ground == "other_law"

    @pytest.mark.clause("C6.2-03")
    def test_missing_consent_is_found_in_the_ledger_and_goes_the_fast_track(self, inside):
        """Never agreed to anything, yet in the address book: no administrator is asked."""
        stranger, member = people.employee("陈晨", status="invited"), people.employee("王芳")
        agree(member)
        fast = own(stranger, "delete", ground="no_consent")
        assert (fast.is_fast_track, fast.state) == (True, "working")
        assert "basic" in fast.missing_consents
        slow = own(member, "delete", ground="no_consent")
        assert (slow.is_fast_track, slow.state) == (False, "authorization")


def test_nobody_enters_a_case_without_the_permission(inside):
    with pytest.raises(Forbidden):
        entered(people.actor(people.employee("王芳", roles=["rep"])))


def test_a_case_needs_a_person_or_a_name(inside):
    with refused("person_required"):
        entered(officer(), contact_name="")
    with refused("invalid_mobile"):
        entered(officer(), contact_mobile="12")
