"""What leave keeps of people. Reasons about health and papers have a purpose and a consent of their own."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function, purpose

PAPERS = purpose(
    "leave_papers",
    title=_("Reasons about health, and papers for leave"),
    why=_("So that your organization can grant leave that the law ties to a reason, such as sick leave."),
    scope=_("What you write about your health as a reason, and photos or files of papers such as a sick note."),
    method=_("Entered by you, sealed under your own key, opened only by who handles leave; each opening is recorded."),
    if_refused=_(
        "You leave the reason empty and hand the paper to HR. The request counts just the same."
    ),
    kind=Kind.SENSITIVE,
)  # fmt: skip
function(
    "leave.request",
    _("Leave: requests and balances"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("Which leave you ask for, on which days, what was decided, and your balances."),
    why=_("To grant leave, and to know who is away."),
    method=_("Entered by you; seen by you, by those who decide, your managers and auditors."),
    if_refused=_("Leave cannot be asked for here; the rest of the product works."),
)
function(
    "leave.papers",
    _("Reasons about health, and papers for leave"),
    family=Family.EMPLOYEE,
    purposes=(PAPERS,),
    scope=_("What you write about your health as a reason, and photos or files of papers such as a sick note."),
    why=_("So that leave that needs a reason or a proof can be granted."),
    method=_("Entered by you, sealed under your own key, opened only by who handles leave; each opening is recorded."),
    if_refused=_("You leave the reason empty and hand the paper to HR. The request counts just the same."),
)  # fmt: skip

_KEY = NotPersonal("technical key")
_RULES = NotPersonal("about the organization's rules")


def _own(path: str, source: str = "use") -> Personal:
    return Personal(
        _("Leave: requests, days and balances"), Kind.BASIC, ("basic",), path, source=source, clauses=("C2.1.2-04",),
    )  # fmt: skip


def _paper(path: str) -> Personal:
    return Personal(
        _("Reasons about health, and papers for leave"),
        Kind.SENSITIVE,
        (PAPERS,),
        path,
        withdrawn="consent+6m",
        clauses=("C2.1.2-04", "C1.1-10"),
    )


declare("leave.LeaveType", "id organization name tone sequence is_active template latest", _RULES)
declare("leave.TypeVersion", "id organization type version effective_from definition created_at", _RULES)
declare("leave.Account", "id organization", _KEY)
declare("leave.Account", "employee type balance closed_on lapses_on lapsing entries", _own("employee"))
declare("leave.LedgerEntry", "id organization", _KEY)
declare(
    "leave.LedgerEntry",
    "account sequence kind qty counts_on lot valid_from valid_to source day note written_at",
    _own("account.employee"),
)
declare("leave.LedgerEntry", "written_by", NotPersonal("who did it, in the course of duty"))
declare("leave.ServiceRecord", "id organization", _KEY)
declare("leave.ServiceRecord", "employee working_since", _own("employee", "organization"))
declare("leave.LeaveRequest", "id organization", _KEY)
declare(
    "leave.LeaveRequest",
    "employee type version segments qty first_on last_on state reason paper_by_hand paper_seen_at is_short "
    "revision submitted_at decided_at",
    _own("employee", "person"),
)
declare("leave.LeaveRequest", "health_reason", _paper("employee"))
declare("leave.LeaveDay", "id organization", _KEY)
declare(
    "leave.LeaveDay",
    "request on part from_minute to_minute qty why starts_at ends_at",
    _own("request.employee"),
)
declare("leave.Paper", "id organization", _KEY)
declare("leave.Paper", "name content", _paper("request.employee"))
declare("leave.Paper", "request media_type size added_at", _own("request.employee", "person"))
declare("leave.Cancellation", "id organization", _KEY)
declare(
    "leave.Cancellation",
    "request kept qty reason state submitted_at decided_at revision",
    _own("request.employee", "person"),
)
