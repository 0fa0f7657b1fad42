"""Ages at every entry point, the guardian's consent, children's data, and reviews."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qince.core.accounts import limits
from qince.core.accounts.models import Attempt, Device
from qince.core.accounts.tests.factories import last_code
from qince.core.audit.models import Entry
from qince.core.erasure import working
from qince.core.erasure.models import Erasure
from qince.core.guardians import finding, guardianship, policy, proofs
from qince.core.guardians.models import AgeReview, Guardian, GuardianConsent, Minor
from qince.core.letters.models import Letter
from qince.core.organizations.actions import edit_settings
from qince.core.people import ages
from qince.core.people.actions import create_employee, edit_employee
from qince.core.people.models import Employee
from qince.core.people.screens import EMPLOYEES
from qince.core.people.tests import factories as people
from qince.core.policy.models import Release
from qince.core.profile.actions import change_profile
from qince.core.signin import activation
from qince.core.signin.asking import asker_of
from qince.core.signin.queries import held_back, memberships
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal
from qince.kit.resource import bringing
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault

pytestmark = pytest.mark.django_db
MOBILE, GUARDIANS_MOBILE = "19900000777", "+8619900000888"
PROOF = b"%PDF-1.4 household register"
NOW = clock.now()
TODAY = NOW.date()


def born(years, days=0):
    """The birthday of somebody who is `years` old today, plus so many days."""
    return ages.reaches(TODAY, -years) - timedelta(days=days)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(limits, "EVEN_S", 0)


@pytest.fixture
def boss(inside):
    return people.employee("李雷", roles=["administrator"])


@pytest.fixture
def actor(boss):
    return people.actor(boss)


def entered(actor, years, **more):
    return create_employee(
        actor, now=NOW, name="小明", mobile=MOBILE, birthday=born(years), attested=True, **more
    )


@pytest.fixture
def minor(actor):
    entered(actor, 17)
    return Minor.objects.select_related("employee").get()


def test_ages_are_counted_in_full_years():
    from datetime import date

    leap = date(2008, 2, 29)
    assert ages.age_on(leap, date(2026, 2, 28)) == 17
    assert ages.age_on(leap, date(2026, 3, 1)) == 18
    assert ages.reaches(leap, 18) == date(2026, 3, 1)
    assert (ages.CHILD, ages.WORKING, ages.ADULT) == (14, 16, 18)


# --- Every entry point (C7-01) ---------------------------------------------------------------------


@pytest.mark.clause("C7-01", "C7-04")
@pytest.mark.parametrize("years", [13, 15])
def test_nobody_under_sixteen_is_created_and_nothing_stays(boss, years):
    desk = people.browser(boss)
    before = Employee.objects.count()
    sent = {"name": "小明", "mobile": MOBILE, "birthday": born(years).isoformat()}
    answer = desk.post("/employees/new/", sent)
    assert answer.status_code == 422
    assert "Nobody under 16" in answer.content.decode()
    assert (Employee.objects.count(), Minor.objects.count()) == (before, 0)


@pytest.mark.clause("C7-01")
def test_an_adults_birthday_is_compared_and_not_kept(boss):
    desk = people.browser(boss)
    posted = {"name": "王芳", "mobile": MOBILE, "birthday": born(18).isoformat(), "attested": "on"}
    assert desk.post("/employees/new/", posted).status_code == 302
    assert not Minor.objects.exists()
    assert born(18).isoformat() not in str(list(Entry.objects.values_list("changes", flat=True)))


def table(folder, *rows):
    path = folder / "people.csv"
    path.write_text("\n".join(["姓名,手机号,出生日期", *rows]), encoding="utf-8")
    return path


@pytest.mark.clause("C7-01")
def test_an_import_refuses_the_row_below_working_age_and_holds_the_minor_back(actor, tmp_path, data_folder):
    path = table(
        tmp_path,
        f"小童,19900000701,{born(15)}",
        f"小青,19900000702,{born(16)}",
        f"大人,19900000703,{born(30)}",
    )
    report = bringing.import_table(actor, EMPLOYEES, path, now=NOW, attested=True)
    names = set(Employee.objects.values_list("name", flat=True))
    assert {"小青", "大人"} <= names
    assert "小童" not in names, report
    assert [each.employee.name for each in Minor.objects.select_related("employee")] == ["小青"]
    bringing.import_table(
        actor, EMPLOYEES, table(tmp_path, f"小青,19900000702,{born(16)}"), now=NOW, attested=True
    )
    assert Minor.objects.count() == 1


@pytest.mark.clause("C7-01")
@pytest.mark.parametrize("way", ["edit", "profile"])
@pytest.mark.parametrize(("years", "stage"), [(17, "waiting"), (15, "closed"), (13, "child")])
def test_a_birthday_told_later_closes_the_door_at_once(actor, inside, way, years, stage):
    person = people.employee("王芳", roles=["rep"])
    people.browser(person)
    assert memberships(person.account)
    if way == "edit":
        edit_employee(actor, person, now=NOW, birthday=born(years))
    else:
        change_profile(people.actor(person, client="phone"), now=NOW, values={"birthday": born(years)})
    assert Minor.objects.get().stage == stage
    assert not Device.objects.filter(employee_id=person.pk, revoked_at__isnull=True).exists()
    assert memberships(person.account) == []
    assert held_back(person.account).code == f"minor_{stage}"


@pytest.mark.clause("C7-03")
def test_an_organization_may_take_no_minors(actor):
    edit_settings(actor, admits_minors=False)
    with pytest.raises(Refusal) as refused:
        entered(actor, 17)
    assert refused.value.code == "minors_not_admitted"
    assert not Minor.objects.exists()


# --- The guardian (C7-03, C7-04) -------------------------------------------------------------------


def sign_in(employee, rf):
    """What a phone does with the code that came: the way in, or the reason why not."""
    Attempt.objects.all().delete()
    asker = asker_of(rf.get("/"))
    activation.codes.request_code(employee.mobile, "sign_in", asker, now=clock.now())
    return activation.verify(employee.mobile, last_code(employee.mobile), asker, now=clock.now())


def enter_guardian(boss, minor, **changes):
    sent = {"name": "韩父", "mobile": GUARDIANS_MOBILE, "relation": "parent", **changes}
    file = SimpleUploadedFile("户口本.pdf", PROOF)
    return people.browser(boss).post(reverse("guardians:guardian", args=[minor.pk]), {"proof": file, **sent})


def answer(choice, *, code=None, address=None):
    """The guardian at their phone: opens the address, has a code sent, answers."""
    visitor = Client(headers={"accept-language": "en"})
    address = address or reverse(
        "guardians:consent", args=[guardianship.token(Guardian.objects.latest("entered_at"))]
    )
    page = visitor.get(address)
    if page.status_code != 200:
        return page
    Attempt.objects.all().delete()
    visitor.post(address, {"send": "1"})
    shown = re.search(r'name="notice_hash" value="([0-9a-f]+)"', page.content.decode())[1]
    sent = {"notice_hash": shown, "answer": choice, "code": code or last_code(GUARDIANS_MOBILE)}
    return visitor.post(address, {name: value for name, value in sent.items() if value})


@pytest.mark.clause("C1.2-01", "C7-03")
def test_at_seventeen_nobody_gets_in_until_the_guardian_has_agreed(organization, rf):
    with tenant(organization):
        boss = people.employee("李雷", roles=["administrator"])
        person = entered(people.actor(boss), 17)
        minor = Minor.objects.get()
    with pytest.raises(Refusal) as refused:
        sign_in(person, rf)
    assert refused.value.code == "minor_waiting"
    with tenant(organization):
        assert enter_guardian(boss, minor).status_code == 302
    with pytest.raises(Refusal):
        sign_in(person, rf)
    with tenant(organization):
        asked = Letter.objects.get(kind="guardians.asked")
        assert (asked.mobile, asked.name) == (GUARDIANS_MOBILE, "韩父")
        address = asked.link
    assert answer("yes", address=address).status_code == 200
    assert [one.employee.pk for one in memberships(person.account)] == [person.pk]
    assert sign_in(person, rf).organizations == [organization]
    with tenant(organization):
        ledger = list(GuardianConsent.objects.order_by("at").values_list("act", flat=True))
        assert ledger == ["asked", "granted"]
        held = Guardian.objects.get()
        assert (held.proof, held.proof_erased_at is not None) == (None, True)


def test_the_proof_of_kinship_and_the_guardian_are_sealed(boss, minor):
    enter_guardian(boss, minor)
    held = Guardian.objects.get()
    assert proofs.content_of(held) == PROOF
    assert PROOF not in bytes(held.proof)
    assert Guardian.objects.filter(name__isnull=False).count() == 1


@pytest.mark.clause("C7-03")
@pytest.mark.parametrize(
    ("choice", "code", "status"),
    [("", None, 422), ("yes", "000000x", 422), ("maybe", None, 422), ("no", None, 200)],
)
def test_only_an_affirmative_act_with_the_code_opens(boss, minor, choice, code, status):
    enter_guardian(boss, minor)
    assert answer(choice, code=code).status_code == status
    minor.refresh_from_db()
    assert minor.stage == "waiting"
    assert memberships(minor.employee.account) == []


def test_a_consent_taken_back_closes_the_door(boss, minor):
    enter_guardian(boss, minor)
    answer("yes")
    assert memberships(minor.employee.account)
    desk = people.browser(boss)
    assert "Consent taken back" in desk.get(reverse("guardians:minors")).content.decode()
    assert desk.post(reverse("guardians:withdrawal", args=[minor.pk])).status_code == 302
    assert memberships(minor.employee.account) == []
    assert GuardianConsent.objects.order_by("at").last().act == "withdrawn"


def test_an_address_serves_once_and_no_longer_once_another_was_sent(boss, actor, minor):
    enter_guardian(boss, minor)
    first = reverse("guardians:consent", args=[guardianship.token(Guardian.objects.get())])
    guardianship.ask_again(actor, minor, now=clock.now())
    assert answer("yes", address=first).status_code == 404
    assert Client().get(reverse("guardians:consent", args=["x" * 40])).status_code == 404
    second = reverse("guardians:consent", args=[guardianship.token(Guardian.objects.get())])
    assert answer("yes", address=second).status_code == 200
    assert answer("no", address=second).status_code == 404


@pytest.mark.clause("C7-04")
def test_at_fifteen_no_guardian_helps(boss, actor):
    person = people.employee("王芳", roles=["rep"])
    edit_employee(actor, person, now=NOW, birthday=born(15))
    assert enter_guardian(boss, Minor.objects.get()).status_code == 422
    assert not Guardian.objects.exists()
    assert held_back(person.account).code == "minor_closed"


@pytest.mark.parametrize("wrong", ["the boss's own", "the minor's own", "none"])
def test_the_number_must_be_the_guardians_own(boss, minor, wrong):
    numbers = {"the boss's own": boss.mobile, "the minor's own": minor.employee.mobile, "none": "12"}
    assert enter_guardian(boss, minor, mobile=numbers[wrong]).status_code == 422
    assert not Guardian.objects.exists()


@pytest.mark.clause("C7-03")
def test_a_significant_release_asks_the_guardian_again(boss, actor, inside, minor):
    enter_guardian(boss, minor)
    answer("yes")
    system = system_actor(inside.pk, "test")
    later = clock.now() + timedelta(minutes=1)
    latest = Release.objects.order_by("-number").first()
    number = (latest.number if latest else 0) + 2
    made = {"hash": "x" * 64, "snapshot": {}, "notes": "", "announced_at": later}
    Release.objects.create(
        number=number, reasons=[{"code": "x"}], effective_at=later + timedelta(days=30), **made
    )
    assert policy.ask_after_release(system, now=later + timedelta(minutes=1)) == 1
    assert policy.ask_after_release(system, now=later + timedelta(minutes=2)) == 0
    assert memberships(minor.employee.account)  # announced, not yet in force
    policy.ask_after_release(system, now=later + timedelta(days=31))
    assert memberships(minor.employee.account) == []


@pytest.mark.clause("C7-03")
def test_it_ends_at_eighteen(boss, inside, minor):
    enter_guardian(boss, minor)
    system = system_actor(inside.pk, "test")
    finding.watch(system, now=NOW + timedelta(days=200))
    minor.refresh_from_db()
    assert minor.stage == "waiting"
    finding.watch(system, now=NOW + timedelta(days=367))
    minor.refresh_from_db()
    held = Guardian.objects.get()
    assert (minor.stage, held.name, held.mobile, held.proof) == ("grown", None, None, None)
    assert memberships(minor.employee.account)


# --- Children (C1.1-12, C7-05) ---------------------------------------------------------------------


@pytest.mark.clause("C1.1-12", "C7-05")
def test_a_childs_data_is_erased_within_the_hours_without_anybodys_approval(
    actor, inside, settings, data_folder
):
    settings.CHILD_ERASURE_HOURS = 6
    person = people.employee("王小童", roles=["rep"])
    sealed = vault.seal(inside.pk, person.pk, "test", b"a photo")
    edit_employee(actor, person, now=NOW, birthday=born(13))
    found = Minor.objects.get()
    assert (found.adult_on, found.erase_by - found.found_at) == (None, timedelta(hours=6))
    system = system_actor(inside.pk, "test")
    assert finding.watch(system, now=NOW + timedelta(hours=2)) == 0
    assert finding.watch(system, now=NOW + timedelta(hours=4)) == 1
    assert vault.open_sealed("test", sealed) is None
    erasure = Erasure.objects.get()
    working.carry_out(inside.pk, erasure.pk, now=NOW + timedelta(hours=4))
    erasure.refresh_from_db()
    assert (erasure.state, erasure.requested_by, erasure.subject_id) == ("done", None, None)
    assert erasure.proof
    assert "王小童" not in str(erasure.proof)
    assert not Employee.objects.filter(name="王小童").exists()
    assert not Minor.objects.exists()


def test_a_mistyped_birthday_can_be_mended_before_the_erasure_begins(actor, inside):
    person = people.employee("王芳", roles=["rep"])
    edit_employee(actor, person, now=NOW, birthday=born(3))
    edit_employee(actor, person, now=NOW, birthday=born(30))
    assert finding.watch(system_actor(inside.pk, "test"), now=NOW + timedelta(days=2)) == 0
    assert memberships(person.account)


# --- Reviews (C7-02) -------------------------------------------------------------------------------


@pytest.fixture
def flagged(boss):
    person = people.employee("王芳", roles=["rep"])
    sent = {"employee": person.pk, "source": "report", "reason": "同事说她还在上高中"}
    assert people.browser(boss).post(reverse("guardians:new_review"), sent).status_code == 302
    return AgeReview.objects.select_related("employee").get()


def say(reviewer, review, result, birthday=None):
    sent = {"finding": result, **({"birthday": birthday.isoformat()} if birthday else {})}
    return people.browser(reviewer).post(reverse("guardians:review", args=[review.pk]), sent)


@pytest.mark.clause("C7-02")
def test_a_flag_opens_a_review_and_bans_nobody_until_two_people_agree(boss, flagged):
    officer = people.employee("赵专员", roles=["privacy_officer"])
    account = flagged.employee.account
    assert memberships(account)
    assert say(boss, flagged, "minor", born(17)).status_code == 302
    assert say(boss, flagged, "minor", born(17)).status_code == 302  # the same person counts once
    assert memberships(account)
    assert say(officer, flagged, "adult").status_code == 302  # they differ: still nothing
    assert memberships(account)
    assert say(officer, flagged, "minor", born(17)).status_code == 302
    assert memberships(account) == []
    flagged.refresh_from_db()
    assert (flagged.closed_at is not None, flagged.reason, flagged.officer_birthday) == (True, "", None)


def test_found_to_be_of_age_the_review_closes_and_nothing_stays(boss, flagged):
    officer = people.employee("赵专员", roles=["privacy_officer"])
    say(boss, flagged, "adult")
    say(officer, flagged, "adult")
    assert memberships(flagged.employee.account)
    assert not Minor.objects.exists()


@pytest.mark.parametrize("birthday", [None, born(18)])
def test_a_finding_says_which_birthday(boss, flagged, birthday):
    assert say(boss, flagged, "minor", birthday).status_code == 422


def test_others_see_nothing_of_minors(minor):
    member = people.browser(people.employee("王芳", roles=["rep"]))
    for name in ("guardians:minors", "guardians:new_review"):
        assert member.get(reverse(name)).status_code == 403
    assert member.post(reverse("guardians:asking", args=[minor.pk])).status_code == 403


def test_the_console_lists_minors_and_reviews(boss, minor, flagged):
    page = people.browser(boss).get(reverse("guardians:minors")).content.decode()
    assert "小明" in page
    assert "同事说她还在上高中" in page
