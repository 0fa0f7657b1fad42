"""What approvals keep of people: who asked for what, and who decided."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import Decision, decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "approvals.request",
    _("Requests and approvals"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("What you asked for, and who decided what about it, when and with which words."),
    why=_("So that whoever is responsible decides on what you ask for, and both sides can look it up."),
    method=_("Entered by you and by those who decide; seen by you, by them, and by who may see requests."),
    if_refused=_("Requests cannot be handed in on the phone or console; the rest of the product works."),
)
function(
    "approvals.place",
    _("Your position beside a decision"),
    family=Family.EMPLOYEE,
    purposes=(LOCATION,),
    scope=_("Your position when you decide on a request, if you add it."),
    why=_("To show that a decision was made on site, where your organization has switched this on."),
    method=_(
        "Read on the phone at a press of yours, kept with that decision, seen by your managers and auditors."
    ),
    if_refused=_("You decide without it; the decision counts just the same."),
    setting="location_approvals",
)
decision(
    Decision(
        code="approvals-term",
        title=_("Whether a request is approved or refused because nobody decided in time"),
        logic=_(
            "Your organization may draw a term into a step of a flow, and say what happens when it passes: a reminder, "
            "the next leader, approval, or refusal. Only the last two decide, and an approval that can no longer be "
            "carried out waits for a person."
        ),
        inputs=_(
            "The flow's version your request went by, when its step was reached, and whether anybody decided."
        ),
        consequence=_("The request goes on, or ends, as if a person had decided so."),
        version="term-1",
        outcomes=("approve", "refuse"),
    )
)
_KEY = NotPersonal("technical key")
_REQUEST = Personal(
    _("Your requests: what you asked for and what became of it"),
    Kind.BASIC,
    ("basic",),
    "applicant",
    clauses=("C2.1.2-06", "C2.2.3-02"),
)
_OF_REQUEST = replace(_REQUEST, subject="instance.applicant")


def _part(path: str, on_erase: str = "pseudonym") -> Personal:
    """Somebody's part in another person's request: the request stays, the name in it goes."""
    return Personal(
        _("Your decisions and remarks on requests of others"),
        Kind.BASIC,
        ("basic",),
        path,
        on_erase=on_erase,
        clauses=("C2.1.2-06", "C2.2.3-02"),
    )


declare(
    "approvals.Instance",
    "applicant department title facts chosen status submitted_at ended_at",
    _REQUEST,
)
declare(
    "approvals.Instance",
    "subject target_id version round revokes effect_state effect_attempts effect_error",
    NotPersonal("about the way of the request"),
)
declare("approvals.Instance", "number", NotPersonal("a running number of the organization"))
declare("approvals.Instance", "id organization", _KEY)
declare("approvals.Step", "instance state opened_at closed_at due_at", _OF_REQUEST)
declare("approvals.Step", "node name kind mode round sequence how", NotPersonal("about the flow"))
declare("approvals.Step", "id organization", _KEY)
declare("approvals.Task", "assignee", _part("assignee"))
declare("approvals.Task", "on_behalf_of", _part("on_behalf_of"))
declare("approvals.Task", "acted_by", _part("acted_by"))
declare(
    "approvals.Task",
    "instance state comment created_at decided_at read_at reminded_at is_merged",
    _OF_REQUEST,
)
declare("approvals.Task", "step added_to waits_for position", NotPersonal("about the flow"))
declare("approvals.Task", "id organization", _KEY)
declare(
    "approvals.DecisionPlace",
    "lat lng accuracy_m",
    Personal(
        _("Your position when you decided on a request"), Kind.SENSITIVE, (LOCATION,), "employee", source="device",
        clauses=("C2.2.4-06",), withdrawn="consent+6m",
    ),
)  # fmt: skip
declare(
    "approvals.DecisionPlace",
    "employee at",
    Personal(
        _("That you added your position to a decision, and when"),
        Kind.BASIC,
        (LOCATION,),
        "employee",
        withdrawn="consent+6m",
        clauses=("C2.2.4-06",),
    ),
)
declare("approvals.DecisionPlace", "task", NotPersonal("about the flow"))
declare("approvals.DecisionPlace", "id organization", _KEY)
declare("approvals.Remark", "instance text at", _OF_REQUEST)
declare("approvals.Remark", "employee", _part("employee"))
declare("approvals.Remark", "id organization", _KEY)
_ABSENCE = Personal(
    _("Who decides in your place, and when"),
    Kind.BASIC,
    ("basic",),
    "employee",
    clauses=("C2.1.2-06",),
)
declare("approvals.Delegation", "employee subjects starts_at ends_at created_at", _ABSENCE)
declare("approvals.Delegation", "delegate", _part("delegate"))
declare("approvals.Delegation", "id organization", _KEY)
declare(
    "approvals.Flow",
    "id organization subject name department_ids sequence draft is_changed is_active updated_at",
    NotPersonal("how requests are decided"),
)
declare(
    "approvals.FlowVersion",
    "id organization flow number body published_at",
    NotPersonal("how requests are decided"),
)
