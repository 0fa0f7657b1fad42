"""A minor's guardian: entered by the organization, asked at their own mobile, answering by an act of their own."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.guardians import proofs
from qince.core.guardians.letters import ASKED
from qince.core.guardians.models import Guardian, GuardianConsent, Minor
from qince.core.guardians.queries import get_minor
from qince.core.guardians.rules import ANSWERABLE_FOR, MANAGE
from qince.core.letters.actions import Addressee, send
from qince.core.organizations.models import Organization
from qince.core.people.accounts import normal_mobile, sign_out_everywhere
from qince.core.people.models import Employee
from qince.core.privacy.language import supported_language
from qince.core.privacy.notice import current
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.papers import Paper

SALT = "qince.guardians"
Act, Stage = GuardianConsent.Act, Minor.Stage
ACTIVATION, POLICY = "activation", "policy"


@action("guardians.enter_guardian", permission=MANAGE)
def enter_guardian(
    actor: Actor, minor: Minor, *, name: str, mobile: str, relation: str, proof: Paper, now: datetime
) -> Guardian:
    """Enter the guardian with the proof of kinship, and ask them. An earlier guardian is replaced."""
    found = _locked(get_minor(actor, minor.pk))
    if found.stage not in (Stage.WAITING, Stage.CONSENTED):
        raise Refusal("no_guardian_helps", _("A guardian's consent does not open this account."))
    number = _guardians_number(actor, found, mobile)
    for earlier in Guardian.objects.filter(employee=found.employee_id, ended_at__isnull=True):
        proofs.erase(earlier, now=now)
        earlier.ended_at = now
        earlier.save()
    guardian = Guardian(
        id=uuid7(), employee_id=found.employee_id, name=name.strip(), mobile=number, relation=relation
    )
    guardian.proof = proofs.seal(guardian.pk, proof.content)
    guardian.proof_type, guardian.proof_sha256 = proof.media_type, proof.sha256
    guardian.entered_by_id, guardian.entered_at = actor.employee_id, now
    guardian.save(force_insert=True)
    found.stage = Stage.WAITING
    found.save()
    note(found, relation=relation, sha256=proof.sha256)
    ask(actor, guardian, why=ACTIVATION, now=now)
    return guardian


def _guardians_number(actor: Actor, minor: Minor, mobile: str) -> str:
    """A mobile of the guardian's own: neither the minor's nor that of whoever enters it."""
    number = normal_mobile(mobile)
    taken = Employee.objects.filter(pk__in=[minor.employee_id, actor.employee_id or minor.employee_id])
    if taken.filter(mobile=number).exists():
        raise Refusal("not_the_guardians", _("Enter the guardian's own mobile number."), field="mobile")
    return number


@action("guardians.ask_again", permission=MANAGE)
def ask_again(actor: Actor, minor: Minor, *, now: datetime) -> None:
    """Send a new address; the one before opens nothing any more."""
    found = _locked(get_minor(actor, minor.pk))
    guardian = current_guardian(found)
    if guardian is None or found.stage != Stage.WAITING:
        raise NotFound
    ask(actor, guardian, why=ACTIVATION, now=now)
    note(found, asked=True)


def ask(actor: Actor, guardian: Guardian, *, why: str, now: datetime) -> None:
    """Write to the guardian. The question is on record with the hash of the notice they will be shown."""
    employee, organization = guardian.employee, guardian.employee.organization
    guardian.question += 1
    guardian.asked_at, guardian.answered_at = now, None
    guardian.save()
    _record(guardian, Act.ASKED, why, current(organization, supported_language()).hash, now)
    send(
        actor,
        to=[Addressee(name=guardian.name or "", mobile=guardian.mobile or "")],
        kind=ASKED,
        values={"minor": str(employee.pk), "organization": organization.name},
        channels=("sms",),
        link=reverse("guardians:consent", args=[token(guardian)]),
        now=now,
        urgent=True,
    )


@action("guardians.answer")
def answer(actor: Actor, guardian: Guardian, *, is_granted: bool, notice_hash: str, now: datetime) -> None:
    """The guardian's own act, proven by a code at their mobile. The proof of kinship has served then, and is erased."""
    found = Guardian.objects.select_for_update().filter(pk=guardian.pk, ended_at__isnull=True).first()
    if found is None or found.answered_at is not None or found.question != guardian.question:
        raise Conflict("answered_already", _("This question was answered, or is no longer open."))
    if notice_hash not in hashes(found.employee.organization):
        raise Conflict("notice_changed", _("The notice has changed meanwhile. Please read it again."))
    minor = Minor.objects.select_for_update().get(employee=found.employee_id)
    if minor.stage not in (Stage.WAITING, Stage.CONSENTED):
        raise Conflict("answered_already", _("This question was answered, or is no longer open."))
    _record(found, Act.GRANTED if is_granted else Act.DECLINED, "answer", notice_hash, now)
    found.answered_at = now
    proofs.erase(found, now=now)
    found.save()
    minor.stage = Stage.CONSENTED if is_granted else Stage.WAITING
    minor.save()
    note(minor, stage=minor.stage, granted=is_granted)


@action("guardians.withdraw", permission=MANAGE)
def withdraw(actor: Actor, minor: Minor, *, now: datetime) -> None:
    """The guardian takes the consent back, whichever way they told it: the door closes at once."""
    found = _locked(get_minor(actor, minor.pk))
    guardian = current_guardian(found)
    if guardian is None or found.stage != Stage.CONSENTED:
        raise NotFound
    shown = current(guardian.employee.organization, supported_language())
    _record(guardian, Act.WITHDRAWN, "withdrawal", shown.hash, now)
    found.stage = Stage.WAITING
    found.save()
    sign_out_everywhere(guardian.employee, now=now)
    note(found, stage=(Stage.CONSENTED, Stage.WAITING))


def hashes(organization: Organization) -> set[str]:
    """The notices that may have been shown: the present one in each language."""
    return {current(organization, language).hash for language, _name in settings.LANGUAGES}


def _record(guardian: Guardian, act: str, why: str, notice_hash: str, now: datetime) -> None:
    GuardianConsent.objects.create(
        employee_id=guardian.employee_id, guardian=guardian, act=act, why=why, notice_hash=notice_hash, at=now
    )


def token(guardian: Guardian) -> str:
    """The address's secret: it names one question to one guardian."""
    held = {"o": str(guardian.organization_id), "g": str(guardian.pk), "q": guardian.question}
    return signing.dumps(held, salt=SALT)


def read(text: str) -> dict[str, str | int] | None:
    """What a token names; None for one not made here, or too old."""
    try:
        held: dict[str, str | int] = signing.loads(text, salt=SALT, max_age=ANSWERABLE_FOR)
    except signing.BadSignature:
        return None
    return held


def current_guardian(minor: Minor) -> Guardian | None:
    rows = Guardian.objects.select_related("employee__organization")
    found: Guardian | None = rows.filter(employee=minor.employee_id, ended_at__isnull=True).first()
    return found


def _locked(minor: Minor) -> Minor:
    found: Minor | None = Minor.objects.select_for_update().filter(pk=minor.pk).first()
    if found is None:
        raise NotFound
    return found
