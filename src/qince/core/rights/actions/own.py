"""What people decide about themselves beside requests: digital legacy, pushed information, a survey."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.models import ConsentEntry
from qince.core.rights import diagnosing, queries
from qince.core.rights.models import Case, Diagnostics, Legacy, Preference, Survey
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.attestation import attest
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.kit.validation import check_fields

KNOWS = _("The person named here knows that I name them, and has agreed to it.")
GRANTED, WITHDRAWN = ConsentEntry.Act.GRANTED, ConsentEntry.Act.WITHDRAWN


@action("rights.make_legacy", permission=None)
def make_legacy(
    actor: Actor, *, now: datetime, wish: str, trusted_name: str = "", trusted_contact: str = "",
    note_text: str = "", is_on_paper: bool = False, attested: bool = False,
) -> Legacy:  # fmt: skip
    """Say what shall become of one's data; an earlier instruction ends (C6.6-01)."""
    made = Legacy(
        employee_id=actor.person_id,
        wish=wish,
        trusted_name=trusted_name.strip(),
        trusted_contact=trusted_contact.strip(),
        note=note_text.strip(),
        is_on_paper=is_on_paper,
        made_at=now,
    )
    if wish == Legacy.Wish.GIVE and not made.trusted_name:
        raise Refusal("trusted_required", _("Name the person who shall get the copy."), field="trusted_name")
    check_fields(made)
    agreed = attest(KNOWS, attested=attested) if made.trusted_name or made.trusted_contact else {}
    end_legacy(actor, now=now)
    made.save(force_insert=True)
    note(made, wish=wish, **agreed)
    return made


@action("rights.end_legacy", permission=None)
def end_legacy(actor: Actor, *, now: datetime) -> int:
    """Take the instruction back; the trail of earlier ones stays."""
    standing = Legacy.objects.filter(employee=actor.person_id, ended_at__isnull=True)
    return int(standing.update(ended_at=now))


@action("rights.choose_pushed", permission=None)
def choose_pushed(actor: Actor, *, now: datetime, pushed: str) -> str:
    """Personalised, not personalised, or none at all (C6.5-04)."""
    if pushed not in Preference.Pushed.values:
        raise Refusal("invalid_choice", _("This choice is not offered."), field="pushed")
    Preference.objects.update_or_create(
        employee_id=actor.person_id, defaults={"pushed": pushed, "changed_at": now}
    )
    return queries.pushed_of(actor.person_id)


@action("rights.give_diagnostics", permission=None)
def give_diagnostics(
    actor: Actor,
    case: Case,
    *,
    now: datetime,
    model: str,
    system: str,
    settings: dict[str, str],
    notice_hash: str,
) -> Case:
    """Hand over model, system and settings for this one case; closing it removes them (C2.2.2-02).

    Handing over is the consent, to this case and no other: it stands in the ledger with the notice that was shown.
    """
    found = queries.own_case(actor.person_id, case.pk)
    if not found.is_open:
        raise Refusal("closed", _("This case is closed."))
    scope = diagnosing.scope_of(found)
    decision = Decision(id=uuid7(), purpose=scope, act=GRANTED, notice_hash=notice_hash, occurred_at=now)
    record_consent(actor, decision=decision, now=now)
    given = {"consented_at": now, "model": model[:80], "system": system[:80], "settings": settings}
    Diagnostics.objects.update_or_create(case=found, defaults=given)
    note(found, diagnostics="given")
    return found


@action("rights.take_diagnostics_back", permission=None)
def take_diagnostics_back(actor: Actor, case: Case, *, now: datetime) -> Case:
    """The device data of one's own case go at once; the case goes on without them."""
    found = queries.own_case(actor.person_id, case.pk)
    if not diagnosing.is_given(found):
        raise Refusal("nothing_given", _("No device data were handed over for this case."))
    decision = Decision(
        id=uuid7(), purpose=diagnosing.scope_of(found), act=WITHDRAWN, notice_hash="", occurred_at=now
    )
    record_consent(actor, decision=decision, now=now)
    note(found, diagnostics="taken back")
    return found


@action("rights.answer_survey", permission=None)
def answer_survey(actor: Actor, case: Case, *, now: datetime, score: int, text: str = "") -> Survey:
    """How the handling was; optional, and nothing depends on it."""
    found = queries.own_case(actor.person_id, case.pk)
    if found.is_open:
        raise Refusal("still_open", _("This case is still being worked on."))
    if not 1 <= score <= 5:
        raise Refusal("invalid_score", _("Choose between 1 and 5."), field="score")
    given, _made = Survey.objects.update_or_create(
        case=found, defaults={"score": score, "text": text.strip()[:500], "at": now}
    )
    return given  # type: ignore[no-any-return]
