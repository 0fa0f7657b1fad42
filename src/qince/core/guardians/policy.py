"""A significant release of the policy: guardians are asked anew while it is announced, and from the day it is in
force the door stays closed until they have answered (C7-03).
"""

from datetime import datetime

from qince.core.guardians.guardianship import POLICY, ask, current_guardian
from qince.core.guardians.models import Minor
from qince.core.people.accounts import sign_out_everywhere
from qince.core.policy.models import Release
from qince.kit.action import action, note
from qince.kit.actor import Actor

Stage = Minor.Stage


@action("guardians.ask_after_release")
def ask_after_release(actor: Actor, *, now: datetime) -> int:
    """How many guardians were asked now."""
    later = Release.objects.filter(number__gt=1).order_by("-number")
    latest = next((each for each in later if each.is_significant), None)
    if latest is None:
        return 0
    asked = 0
    for minor in Minor.objects.filter(stage=Stage.CONSENTED).select_related("employee__organization"):
        guardian = current_guardian(minor)
        if guardian is None or guardian.asked_at is None:
            continue
        if guardian.asked_at < latest.announced_at:
            ask(actor, guardian, why=POLICY, now=now)
            asked += 1
        if guardian.answered_at is None and latest.effective_at <= now:
            minor.stage = Stage.WAITING
            minor.save()
            sign_out_everywhere(minor.employee, now=now)
            note(minor, stage=(Stage.CONSENTED, Stage.WAITING))
    return asked
