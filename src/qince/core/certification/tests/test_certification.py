"""Certification: what is handed in and refused, who may, the operator's decision, and what it opens."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from qince.core.audit.models import Entry
from qince.core.certification import actions
from qince.core.certification.models import Certification, CertifiedCode
from qince.core.certification.rules import CERTIFICATES, require_certified
from qince.core.erasure.plan import plan_for
from qince.core.erasure.subjects import Kind as SubjectKind
from qince.core.erasure.subjects import Subject
from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.action import action
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, Forbidden, Refusal
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
ID, ANOTHER_ID = "11010519491231002X", "110105198001010016"
LICENCE, LETTER = b"%PDF-1.4 the licence", b"\x89PNG\r\n\x1a\n the letter"
HOME, APPLICATION = "/organization/certification/", "/organization/certification/application/"
NOW = timezone.now()


def filled(**changes):
    return {
        "certificate": "business_licence",
        "name": "金陵饮品有限公司",
        "credit_code": CODE,
        "address": "南京市玄武区中山路18号",
        "valid_to": "2090-01-01",
        "representative": "韩梅梅",
        "id_kind": "resident",
        "id_number": ID,
        "licence": SimpleUploadedFile("licence.pdf", LICENCE),
        "letter": SimpleUploadedFile("letter.png", LETTER),
        **changes,
    }


@pytest.fixture
def boss(inside):
    return people.employee("李雷", roles=["administrator"])


@pytest.fixture
def desk(boss):
    return people.browser(boss)


def apply(desk, **changes):
    return desk.post(APPLICATION, {name: value for name, value in filled(**changes).items() if value != ""})


def submit(desk, **changes):
    assert apply(desk, **changes).status_code == 302
    return desk.post(HOME, {"is_authorized": "on"})


def operate(organization, act, *more):
    out = StringIO()
    call_command(
        "certification", act, "--organization", str(organization.pk), "--by", "赵六", *more, stdout=out
    )
    return out.getvalue()


def certify(desk, organization, **changes):
    submit(desk, **changes)
    operate(organization, "approve")


@action("certification.test_sign", permission=None)
def sign_contract(actor):
    """A function that binds the organization, as e-signature will."""
    require_certified(actor.organization_id, on=clock.now().date())
    return "signed"


@pytest.mark.clause("C2.1.2-18")
def test_what_binds_the_organization_is_refused_until_it_is_certified(boss, desk, inside):
    actor = people.actor(boss)
    for before in ("nothing", "draft", "submitted"):
        if before == "draft":
            apply(desk)
        elif before == "submitted":
            submit(desk)
        with pytest.raises(Refusal) as refused:
            sign_contract(actor)
        assert (refused.value.code, refused.value.status) == ("not_certified", 403), before
    operate(inside, "approve")
    assert sign_contract(actor) == "signed"


@pytest.mark.clause("C1.1-05")
@pytest.mark.parametrize("kind", Organization.Kind.values)
def test_each_kind_of_organization_can_be_certified_by_its_own_certificates(boss, desk, inside, kind):
    Organization.objects.filter(pk=inside.pk).update(kind=kind)
    foreign = next(each for each in Certification.Certificate.values if each not in CERTIFICATES[kind])
    assert apply(desk, certificate=foreign).status_code == 422
    certify(desk, inside, certificate=CERTIFICATES[kind][0])
    assert sign_contract(people.actor(boss)) == "signed"


@pytest.mark.clause("C2.1.2-19")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("credit_code", "911100006000373410"),
        ("licence", ""),
        ("letter", ""),
        ("licence", SimpleUploadedFile("licence.pdf", b"MZ a program")),
        ("address", ""),
        ("name", ""),
        ("certificate", ""),
        ("valid_to", "2020-01-01"),
    ],
)
def test_wrong_or_missing_papers_are_refused(desk, field, value):
    assert apply(desk, **{field: value}).status_code == 422
    assert not Certification.objects.exists()


@pytest.mark.clause("C2.1.2-19", "C2.1.2-20")
def test_papers_and_the_representative_are_encrypted_and_shown_masked(desk, inside):
    submit(desk)
    page = desk.get(HOME).content.decode()
    assert "1****************X" in page
    assert "韩**" in page
    assert ID not in page
    assert "韩梅梅" not in page
    apply(desk)
    page = desk.get(APPLICATION).content.decode()  # not even in the form of whoever entered it
    assert ID not in page
    assert "1****************X" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT representative, id_number, licence, letter FROM certification_certification")
        stored = b"".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert not [each for each in (ID.encode(), "韩梅梅".encode(), LICENCE, LETTER) if each in stored]
    assert ID not in operate(inside, "list")
    assert ID not in str(list(Entry.objects.values_list("changes", flat=True)))


@pytest.mark.clause("C2.1.2-20")
@pytest.mark.parametrize("number", ["110105194912310021", "12345", ""])
def test_a_wrong_identity_number_is_refused(desk, number):
    assert apply(desk, id_number=number).status_code == 422
    assert not Certification.objects.exists()


@pytest.mark.clause("C2.1.2-20")
def test_a_foreign_representative_shows_a_passport(desk):
    assert apply(desk, id_kind="passport", id_number="C01X00T47").status_code == 302


@pytest.mark.clause("C2.1.2-21")
def test_an_ordinary_member_is_refused_and_authority_is_stated(boss, desk):
    member = people.employee("王芳", roles=["rep"])
    assert [people.browser(member).get(path).status_code for path in (HOME, APPLICATION)] == [403, 403]
    with pytest.raises(Forbidden):
        actions.submit(people.actor(member), is_authorized=True, now=NOW)
    apply(desk)
    assert desk.post(HOME, {}).status_code == 422
    assert Certification.objects.get().state == "draft"
    assert desk.post(HOME, {"is_authorized": "on"}).status_code == 302
    found = Certification.objects.get()
    assert (found.state, found.attested_by, found.attested_at is not None) == ("submitted", boss, True)


def test_a_draft_keeps_what_is_left_out_when_it_is_written_anew(desk):
    apply(desk)
    assert apply(desk, address="新地址", id_number="", licence="", letter="").status_code == 302
    found = Certification.objects.get()
    assert (found.address, found.id_number, bytes(found.licence)) == ("新地址", ID, LICENCE)


def test_a_credit_code_is_certified_for_one_organization_only(db):
    first, second = people.organization(), people.organization("紫金商贸")
    for each in (first, second):
        with tenant(each):
            found = people.browser(people.employee("李雷", roles=["administrator"]))
        submit(found)
    operate(first, "approve")
    with pytest.raises(CommandError):
        operate(second, "approve")
    assert CertifiedCode.objects.get().organization_id == first.pk


def test_a_rejection_says_why_and_another_application_may_follow(desk, inside):
    submit(desk)
    with pytest.raises(CommandError):
        operate(inside, "reject")
    operate(inside, "reject", "--reason", "执照复印件看不清")
    assert "执照复印件看不清" in desk.get(HOME).content.decode()
    certify(desk, inside)
    assert sorted(Certification.objects.values_list("state", flat=True)) == ["approved", "rejected"]


def test_another_legal_representative_ends_the_certification_until_it_is_checked_again(boss, desk, inside):
    certify(desk, inside)
    submit(desk, address="仅换地址")
    assert sign_contract(people.actor(boss)) == "signed"  # the same representative: it stands meanwhile
    operate(inside, "reject", "--reason", "x")
    submit(desk, representative="赵新任", id_number=ANOTHER_ID)
    with pytest.raises(Refusal, match="not_certified"):
        sign_contract(people.actor(boss))
    operate(inside, "approve")
    assert sign_contract(people.actor(boss)) == "signed"


def test_a_certification_ends_with_its_certificate(boss, desk, inside):
    tomorrow = clock.now().date() + timedelta(days=1)
    certify(desk, inside, valid_to=tomorrow.isoformat())
    require_certified(inside.pk, on=tomorrow)
    with pytest.raises(Refusal, match="not_certified"):
        require_certified(inside.pk, on=tomorrow + timedelta(days=1))
    system = system_actor(inside.pk, "test")
    assert not actions.expire(system, now=NOW)
    assert actions.expire(system, now=NOW + timedelta(days=3))
    assert (Certification.objects.get().state, CertifiedCode.objects.count()) == ("expired", 0)


@pytest.mark.clause("C2.5.3-07")
def test_the_operator_sees_the_papers_once_and_on_record(desk, inside, tmp_path):
    submit(desk)
    told = operate(inside, "papers", "--to", str(tmp_path))
    assert ID in told
    assert "韩梅梅" in told
    assert {file.read_bytes() for file in tmp_path.iterdir()} == {LICENCE, LETTER}
    assert Entry.objects.get(action="certification.open_papers").changes == {"opened": "赵六"}
    with pytest.raises(Conflict):
        submit_twice(desk, inside)


def submit_twice(desk, inside):
    apply(desk)
    boss = people.actor(Certification.objects.filter(state="draft").get().entered_by)
    actions.submit(boss, is_authorized=True, now=NOW)


def test_a_decision_needs_a_name(inside):
    with pytest.raises(CommandError):
        call_command("certification", "approve", "--organization", str(inside.pk))


def test_the_representative_is_found_as_a_person_outside_by_a_sealed_name(desk, inside):
    submit(desk)
    found = plan_for(Subject(SubjectKind.CONTACT, inside.pk, name="韩梅梅"), on=date(2026, 1, 1))
    line = found.of("certification.Certification")
    assert line.rows == 1
    assert {"representative", "id_number", "licence", "letter"} <= set(line.empties)
    assert (
        plan_for(Subject(SubjectKind.CONTACT, inside.pk, name="别人")).of("certification.Certification").rows
        == 0
    )
