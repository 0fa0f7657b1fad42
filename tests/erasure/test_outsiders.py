"""People who are no members carry the same rights out in the console: a customer's contact."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qince.core.audit.models import Entry
from qince.core.erasure import copies, ledger, replaying, subjects, working
from qince.core.erasure.holding import place_hold, release_hold
from qince.core.erasure.models import Erasure, Mark, SetAside
from qince.core.erasure.retaining import run
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.rights.actions.carrying import correct_contact
from qince.core.rights.models import Case
from qince.core.rights.screens import CASES
from qince.core.rights.tests.factories import own
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.customers.actions import edit_customer
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.tests.factories import store
from tests.erasure.outside import (
    MARKER,
    MOBILE,
    PDF,
    WRITTEN,
    act,
    again,
    another,
    finish,
    opened,
    places,
    without_effect,
)


@pytest.fixture
def shop(house):
    with tenant(house):
        return store(name="老马便利店", contact_name=f"{MARKER}老马", contact_phone=WRITTEN)


def test_a_contact_outside_is_erased_by_the_case_and_nothing_of_them_is_left(desk, house, shop):
    case = opened(desk, house, asked="delete")
    act(desk, case, "file", role="evidence", file=SimpleUploadedFile(f"{MARKER}.pdf", PDF + MARKER.encode()))
    act(desk, case, "entry", kind="call", text=f"{MARKER}来电")
    assert without_effect(desk, case, "carry")  # identity was not checked
    assert again(house, shop).contact_phone == WRITTEN
    assert act(desk, case, "answer", answer="已删除").status_code == 422
    assert act(desk, case, "verify", how="回拨核对").status_code == 302
    page = desk[1].get(f"/privacy-requests/{case.pk}/").text
    assert "What the deletion would do" in page
    assert shop.name in page  # the rows with this number, however it is written
    before = places()
    assert {"table customers_customer", "table rights_case", "table rights_casefile"} <= set(before)
    assert act(desk, case, "answer", answer="已删除").status_code == 422  # not before it is done
    assert act(desk, case, "carry").status_code == 302
    done, letters = finish(house)
    assert act(desk, case, "answer", answer="已全部删除").status_code == 302
    assert places() == []
    found = again(house, shop)
    assert (found.contact_name, found.contact_phone, found.name) == ("", "", "老马便利店")
    assert again(house, case).state == "answered"
    assert MARKER not in json.dumps(done.proof)
    assert done.proof["rows"]["customers.customer:self"] == 1
    with tenant(house):
        told = Letter.objects.get(pk=letters[0])
        assert (told.mobile, told.deliveries.get().state) == ("", "sent")


def test_the_last_letter_keeps_its_address_until_it_has_left(desk, house, shop):
    """The erasure may overtake the letter that announces it: the address goes with the delivery, not before."""
    case = opened(desk, house, asked="delete")
    act(desk, case, "verify", how="回拨核对")
    act(desk, case, "carry")
    with tenant(house):
        letter = Letter.objects.get(kind="rights.farewell")
        erasure = Erasure.objects.get()
    working.carry_out(house.pk, erasure.pk, now=clock.now())
    assert again(house, letter).mobile == MOBILE
    carry_all(house.pk, [letter.pk], now=clock.now())
    with tenant(house):
        assert Letter.objects.filter(mobile=MOBILE).count() == 0
        assert letter.deliveries.get().state == "sent"


def test_a_restored_backup_forgets_the_contact_again(desk, house, shop):
    case = opened(desk, house, asked="delete")
    act(desk, case, "verify", how="回拨核对")
    act(desk, case, "carry")
    finish(house)
    with tenant(house):  # as the restored rows would stand there again
        Customer.objects.filter(pk=shop.pk).update(contact_name=f"{MARKER}老马", contact_phone=WRITTEN)
        Erasure.objects.all().delete()
    Mark.objects.all().delete()
    assert len(ledger.lines()) == 1
    assert replaying.replay(now=clock.now()).erased >= 1
    assert again(house, shop).contact_phone == ""


def test_a_restored_row_that_knows_the_address_alone_is_found_as_well(desk, house, shop):
    case = opened(desk, house, asked="delete", contact_email="ma@x.example")
    act(desk, case, "verify", how="回拨核对")
    act(desk, case, "carry")
    finish(house)
    assert len(ledger.lines()) == 2
    assert Mark.objects.count() == 2
    with tenant(house):
        Case.objects.filter(pk=case.pk).update(contact_email="MA@x.example", details=MARKER)
        Erasure.objects.all().delete()
    Mark.objects.all().delete()
    replaying.replay(now=clock.now())
    assert again(house, case).details == ""


def test_only_what_the_contact_asked_for_is_offered_and_done(desk, house, shop):
    case = opened(desk, house, asked="copy")
    act(desk, case, "verify", how="回拨核对")
    assert "Carry the deletion out" not in desk[1].get(f"/privacy-requests/{case.pk}/").text
    assert without_effect(desk, case, "carry")
    assert again(house, shop).contact_phone == WRITTEN
    assert act(desk, case, "answer", answer="附件").status_code == 422
    assert act(desk, case, "copy").status_code == 302
    with tenant(house):
        made = copies.copies_for(house.pk, case).get()
    copies.make(house.pk, made.pk, now=clock.now())
    handed = desk[1].post(f"/privacy-requests/{case.pk}/copy/")
    assert handed["Content-Type"] == "application/zip"
    list(handed.streaming_content)
    assert again(house, case).state == "answered"


def test_whoever_wrote_and_is_no_member_becomes_a_contact_with_the_same_rights(desk, house, shop):
    case = opened(desk, house, "query", contact_mobile="", contact_email="ma@x.example")
    assert act(desk, case, "verify", how="电话核对", asked="delete", contact_mobile=MOBILE).status_code == 302
    case = again(house, case)
    assert (case.kind, case.asked, case.state) == ("outside", "delete", "working")
    act(desk, case, "carry")
    finish(house)
    assert again(house, shop).contact_name == ""


def test_a_member_is_not_erased_by_a_contacts_case(desk, house, shop):
    """A colleague of the same number is no contact outside: deletion of members has its own way, with leave."""
    with tenant(house):
        member = people.employee("马晓", mobile=MOBILE)
    case = opened(desk, house, asked="delete")
    assert again(house, case).subject_id is None
    assert act(desk, case, "verify", how="回拨", subject=str(member.pk)).status_code == 302  # not asked here
    act(desk, case, "carry")
    finish(house)
    assert again(house, member).name == "马晓"
    assert again(house, shop).contact_name == ""


@pytest.mark.clause("C6.2-12")
def test_a_contacts_data_is_set_aside_and_put_back(desk, house, shop):
    boss = people_browser(house, "administrator")
    assert WRITTEN in boss.get(f"/customers/{shop.pk}/").text
    case = opened(desk, house, asked="restrict")
    assert without_effect(desk, case, "restrict")  # identity first
    act(desk, case, "verify", how="回拨")
    assert act(desk, case, "answer", answer="已限制").status_code == 422
    assert act(desk, case, "restrict").status_code == 302
    rested = again(house, shop)
    assert (rested.contact_name, rested.contact_phone, rested.version) == ("", "", shop.version + 1)
    for page in (f"/customers/{shop.pk}/", "/customers/", "/customers/export/?format=csv"):
        assert WRITTEN not in boss.get(page).content.decode("utf-8", "replace"), page
    with tenant(house), pytest.raises(Refusal, match="use_restricted"):  # nor is it taken anew
        edit_customer(
            people.actor(people.employee("管理员", roles=["administrator"])), shop, now=clock.now(),
            contact_name="马", contact_phone="13966667777", attested=True,
        )  # fmt: skip
    act(desk, case, "lift")
    assert again(house, shop).contact_phone == ""  # not by who restricted it
    assert act(another(house), case, "lift").status_code == 302
    back = again(house, shop)
    assert (back.contact_name, back.contact_phone) == (f"{MARKER}老马", WRITTEN)
    with tenant(house):
        assert not SetAside.objects.exists()
    act(desk, case, "restrict")
    assert act(desk, case, "answer", answer="已限制").status_code == 302


def people_browser(house, role):
    with tenant(house):
        return people.browser(people.employee("经理", roles=[role]))


def test_what_was_set_aside_is_erased_as_well_and_a_newer_contact_is_not_overwritten(desk, house, shop):
    case = opened(desk, house, asked="restrict")
    act(desk, case, "verify", how="回拨")
    act(desk, case, "restrict")
    with tenant(house):
        Customer.objects.filter(pk=shop.pk).update(contact_name="小李", contact_phone="13911110000")
    act(another(house), case, "lift")
    assert again(house, shop).contact_name == "小李"
    with tenant(house):
        Customer.objects.filter(pk=shop.pk).update(contact_name=f"{MARKER}老马", contact_phone=WRITTEN)
    act(desk, case, "restrict")
    second = opened(desk, house, asked="delete")
    act(desk, second, "verify", how="回拨")
    act(desk, second, "carry")
    finish(house)
    with tenant(house):
        assert not SetAside.objects.exists()


def test_a_held_customer_keeps_its_contact_until_the_hold_ends(desk, house, shop):
    case = opened(desk, house, asked="delete")
    with tenant(house):
        hold = place_hold(
            desk[0],
            model="customers.customer",
            row_id=shop.pk,
            reason="仲裁",
            reference="HT-9",
            now=clock.now(),
        )
    act(desk, case, "verify", how="回拨")
    act(desk, case, "carry")
    done, _letters = finish(house)
    assert done.state == Erasure.State.HELD
    assert again(house, shop).contact_phone == WRITTEN
    with tenant(house):
        second = people.actor(people.employee("周专员", roles=["privacy_officer"]))
        release_hold(second, hold, now=clock.now())
    assert working.carry_out(house.pk, done.pk, now=clock.now()).state == Erasure.State.DONE
    assert again(house, shop).contact_phone == ""


def test_letters_of_members_and_outsiders_are_counted_once_by_retention(desk, house, shop):
    opened(desk, house)
    report = run(house.pk, now=clock.now() + timedelta(days=400), dry_run=True)
    lines = [each for each in report.lines if each["model"] == "letters.Letter"]
    with tenant(house):
        assert [each["rows"] for each in lines] == [Letter.objects.count()]


# --- Correcting what is wrong ---


RIGHT = "13811112222"


def test_a_contacts_data_is_corrected_in_the_case_and_who_was_given_it_is_told(desk, house, shop):
    with tenant(house):
        rep = people.employee("王芳", roles=["rep"])
        Assignment.objects.create(customer=shop, employee=rep, starts_on=clock.now().date())
    case = opened(desk, house, asked="correct")
    right = {"stands_as": WRITTEN, "name": "马建国", "mobile": RIGHT}
    assert act(desk, case, "correct", **right).status_code in (404, 422)  # identity was not checked
    assert act(desk, case, "verify", how="回拨核对").status_code == 302
    form = desk[1].get(CASES.url("act", case.pk, "correct")).text
    assert 'name="mobile"' in form
    assert 'name="email"' not in form  # no record of work holds one of a contact
    assert act(desk, case, "answer", answer="已更正").status_code == 422  # not before it is done
    for wrong in ({"name": "", "mobile": ""}, {"stands_as": "13800000000"}, {"mobile": "1" * 90}):
        assert act(desk, case, "correct", **{**right, **wrong}).status_code == 422
    assert again(house, shop).contact_phone == WRITTEN
    assert act(desk, case, "correct", **right).status_code == 302
    found = again(house, shop)
    assert (found.contact_name, found.contact_phone) == ("马建国", RIGHT)
    assert found.version == shop.version + 1  # phones fetch it
    with tenant(house):
        entry = Entry.objects.get(action="rights.correct_contact", target_id=shop.pk)
        assert entry.changes["contact_phone"] == [WRITTEN, RIGHT]
        assert Letter.objects.get(kind="customers.contact_corrected").employee_id == rep.pk
    assert act(desk, case, "answer", answer="已更正").status_code == 302
    assert again(house, case).state == "answered"


def test_what_is_set_aside_is_corrected_there(desk, house, shop):
    disputed = opened(desk, house, asked="restrict")
    act(desk, disputed, "verify", how="回拨核对")
    assert act(desk, disputed, "restrict").status_code == 302
    case = opened(desk, house, asked="correct")
    act(desk, case, "verify", how="回拨核对")
    assert act(desk, case, "correct", stands_as=WRITTEN, mobile=RIGHT).status_code == 302
    assert again(house, shop).contact_phone == ""
    with tenant(house):
        assert SetAside.objects.get().mobile == RIGHT


def test_a_members_data_is_not_corrected_this_way(desk, house, shop):
    with tenant(house):
        case = own(people.employee("李雷"), "correct")
        with pytest.raises(Refusal, match=r"^wrong_kind$"):
            correct_contact(desk[0], case, now=clock.now(), stands_as=WRITTEN, mobile=RIGHT)


def test_a_contact_is_the_same_whichever_way_the_case_is_known(house):
    with tenant(house):
        one = subjects.of_contact(name="老马", mobile="139 6666 7777")
        other = subjects.of_contact(mobile=MOBILE)
        assert one.digest == other.digest


@pytest.mark.clause("C2.2.5-07")
def test_a_contact_who_asks_two_organizations_is_found_in_each_and_in_each_alone(house, data_folder):
    """Written down in several, the same number: every organization that is asked finds its own rows, and no other's."""
    other = people.organization("另一家")
    named = {house: "老马便利店", other: "马记烟酒"}
    for organization, name in named.items():
        with tenant(organization):
            store(name=name, contact_name=f"{MARKER}老马", contact_phone=WRITTEN)
            store(name=f"{name}隔壁", contact_name="旁人", contact_phone="138-0000-1111")
    for organization, name in named.items():
        with tenant(organization):
            officer = people.employee("周专员", roles=["privacy_officer"])
            desk = people.actor(officer), people.browser(officer)
        case = opened(desk, organization, asked="query")
        act(desk, case, "verify", how="回拨核对")
        page = desk[1].get(f"/privacy-requests/{case.pk}/").text
        assert name in page
        assert f"{name}隔壁" not in page
        assert not [each for each in named.values() if each != name and each in page]
