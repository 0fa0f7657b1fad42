"""Words for acts, states and how somebody came to be asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals.models import CHOOSE, Task
from qince.kit.resource import timeline

TASK_TONES = {
    "waiting": "grey", "pending": "blue", "approved": "green", "rejected": "red", "returned": "orange",
    "transferred": "purple", "done": "grey", "overdue": "yellow", "copied": "teal",
}  # fmt: skip
INSTANCE_TONES = {
    "running": "blue", "returned": "orange", "approved": "green", "rejected": "red", "withdrawn": "grey",
    "revoked": "purple", "lapsed": "grey",
}  # fmt: skip
HOW = {
    "own": _("The applicant would have decided alone, so the step was skipped."),
    "climbed": _("Nobody was in the place the flow names, so it went one up."),
    "administrators": _("The flow found nobody, so the administrators were asked."),
    "choosing": _("The applicant says who decides here."),
    "vacant": _("The flow found nobody and lets this step pass."),
}
MODES = {
    "any": _("One of them decides"),
    "all": _("All must agree"),
    "in_turn": _("One after the other"),
    "vote": _("By vote"),
}
timeline.name_kinds(
    {
        "approvals.instance": _("Request"),
        "approvals.flow": _("Approval flow"),
        "approvals.flowversion": _("Version of a flow"),
        "approvals.step": _("Step"),
        "approvals.task": _("Decision"),
        "approvals.decisionplace": _("Position of a decision"),
        "approvals.remark": _("Remark"),
        "approvals.delegation": _("Deputy"),
    }
)
timeline.name_acts(
    {
        "approvals.submit": _("Handed in"),
        "approvals.resubmit": _("Handed in again"),
        "approvals.withdraw": _("Withdrawn"),
        "approvals.revoke": _("Undoing asked for"),
        "approvals.urge": _("Reminded"),
        "approvals.remark": _("Remark"),
        "approvals.approve": _("Approved"),
        "approvals.reject": _("Rejected"),
        "approvals.return": _("Returned"),
        "approvals.transfer": _("Passed on"),
        "approvals.add": _("Others added"),
        "approvals.choose": _("Said who decides"),
        "approvals.note_place": _("Position added to a decision"),
        "approvals.close_overdue": _("Term passed"),
        "approvals.lapse": _("Lapsed"),
        "approvals.hand_over": _("Handed over from a leaver"),
        "approvals.retry_effect": _("Carried out again"),
        "approvals.delegate": _("Deputy named"),
        "approvals.end_delegation": _("Deputy ended"),
        "approvals.create_flow": _("Created"),
        "approvals.edit_flow": _("Changed"),
        "approvals.save_draft": _("Draft saved"),
        "approvals.publish_flow": _("Published"),
        "approvals.mark_read": _("Read"),
    }
)
timeline.name_facts(
    {
        "subject": _("kind"),
        "round": _("round"),
        "step": _("step"),
        "decision": _("decision"),
        "returned_to": _("returned to"),
        "transferred_to": _("passed on to"),
        "added": _("people added"),
        "chosen": _("people chosen"),
        "where": _("when"),
        "overdue": _("what the flow says"),
        "handed_over_from": _("handed over from"),
        "effect": _("effect"),
        "delegate": _("deputy"),
        "starts": _("from"),
        "ends": _("until"),
        "ended": _("ended"),
        "draft": _("draft"),
        "remark": _("characters"),
        "reminded": _("people reminded"),
        "read": _("parts read"),
        "departments": _("departments"),
    }
)


def decision_words(task: Task) -> Any:
    """What became of a task; in a step of doing, agreeing means that it is done."""
    if task.step.kind == CHOOSE:
        return {"pending": _("Is choosing"), "approved": _("Chosen")}.get(
            task.state
        ) or task.get_state_display()
    if task.state == Task.State.APPROVED and task.step.kind == "handle":
        return _("Done")
    return task.get_state_display()
