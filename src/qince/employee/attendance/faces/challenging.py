"""Whether the head turns as asked before a press: what a print or a still picture cannot do.

The pictures of the turned head are looked at and dropped. What stays, for a day at most, is which first picture it was
and what was found; the press that brings that picture takes it over.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from qince.employee.attendance.faces import standing as faces
from qince.employee.attendance.faces.enrolling import one_each, small
from qince.employee.attendance.models import FaceChallenge
from qince.employee.attendance.rules import PUNCH
from qince.engines.recognition import turning
from qince.engines.recognition.faces import Matcher, matcher
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

ANSWERED_WITHIN = timedelta(seconds=90)
MOST, WITHIN = 10, timedelta(minutes=10)  # each answer costs the machine a second or two
KEPT = timedelta(days=1)


@action("attendance.ask_to_turn", permission=PUNCH)
def ask(actor: Actor, *, now: datetime) -> FaceChallenge:
    """In which order the head is to be turned, each time another."""
    faces.require_taking(actor, now)
    _require_machine()
    asked = FaceChallenge.objects.filter(employee=actor.person_id, asked_at__gt=now - WITHIN)
    if asked.count() >= MOST:
        raise Refusal(
            "face_too_often",
            _("Tried too often. Clock in another way, or try again in ten minutes."),
            field="face",
        )
    made = FaceChallenge.objects.create(employee_id=actor.person_id, acts=turning.asked(), asked_at=now)
    note(made)
    return made


@action("attendance.turn_head", permission=PUNCH)
def answer(actor: Actor, *, challenge_id: UUID, pictures: Sequence[bytes], now: datetime) -> bool:
    """One picture from the front, the one the press will bring, then one for each act: do they show what was asked?"""
    faces.require_taking(actor, now)
    found = _require_machine()
    row = FaceChallenge.objects.select_for_update().filter(pk=challenge_id, employee=actor.person_id).first()
    if row is None:
        raise NotFound
    if row.answered_at is not None or now - row.asked_at > ANSWERED_WITHIN:
        raise Refusal("face_too_late", _("That took too long. Begin again."), field="pictures")
    if len(pictures) != 1 + len(row.acts):
        words = _("Take %(n)d pictures: one from the front, then one for each turn.") % {
            "n": 1 + len(row.acts)
        }
        raise Refusal("pictures_needed", words, field="pictures")
    front, *turned = one_each(found, [small(each) for each in pictures])
    row.has_turned = turning.has_turned(found, front, turned, row.acts)
    row.sha256, row.answered_at = sha256(pictures[0]).hexdigest(), now
    row.save(update_fields=["has_turned", "sha256", "answered_at"])
    note(row, has_turned=row.has_turned)
    return row.has_turned


def _require_machine() -> Matcher:
    found = matcher()
    if found is None:
        raise Refusal(
            "face_unassessed", _("No machine compares here; a person looks at the picture."), field="face"
        )
    return found


def take_over(employee_id: UUID, named: Mapping[UUID, str]) -> dict[str, bool | None]:
    """What was found with these pictures, given by their hashes, and is by the same; each answer serves one press."""
    if not named:
        return {}
    rows = FaceChallenge.objects.filter(pk__in=named, employee=employee_id, answered_at__isnull=False)
    found = {row.sha256: row.has_turned for row in rows if row.sha256 == named[row.pk]}
    rows.delete()
    return found


def forget_old(now: datetime) -> int:
    count, _by = FaceChallenge.objects.filter(asked_at__lt=now - KEPT).delete()
    return count
