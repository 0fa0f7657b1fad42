"""The queue of the privacy officer, and the working calendar."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qince.core.erasure.copies import copies_for
from qince.core.erasure.rules import RESTRICT
from qince.core.rights import forms, queries
from qince.core.rights.actions import carrying, closing, deciding, filing, handling, opening
from qince.core.rights.asking import is_restricted, may_copy, may_correct, may_erase
from qince.core.rights.interest import is_cut
from qince.core.rights.kinds import Kind
from qince.core.rights.models import CalendarDay, Case, Onward
from qince.core.rights.rules import AUTHORIZE, CALENDAR, HANDLE
from qince.kit.resource import Beside, Column, FormPage, Permissions, Resource, RowAct, timeline
from qince.kit.resource.filters import Filter, choice, dates, yes_no

State = Case.State
_SETTLED = (Onward.State.DONE, Onward.State.REFUSED, Onward.State.SKIPPED)
TONES = {
    "identity": "orange", "authorization": "yellow", "working": "blue", "answered": "green", "partly": "teal",
    "refused": "red", "taken_back": "grey",
}  # fmt: skip
timeline.name_kinds({"rights.case": _("Privacy request"), "rights.calendarday": _("Working calendar")})
timeline.name_acts(
    {
        "rights.open_own": _("Opened by the person"),
        "rights.seed_calendar": _("Filled in from the published calendar"),
        "rights.take_from_library": _("Taken over from the published calendar"),
        "rights.remove_calendar_day": _("Removed"),
        "rights.enter": _("Entered"),
        "rights.receive_mail": _("Came by e-mail"),
        "rights.complain": _("Complaint made"),
        "rights.tell_of_withdrawal": _("Opened because a consent was taken back"),
        "rights.give_feedback": _("Feedback given"),
        "rights.take_case": _("Taken"),
        "rights.escalate": _("Handed to a second person"),
        "rights.verify_identity": _("Identity checked"),
        "rights.verify_account": _("Caller checked"),
        "rights.authorize_case": _("Authorized by the administrator"),
        "rights.decline_case": _("Declined by the administrator"),
        "rights.escalate_silent": _("Passed to the privacy officer"),
        "rights.set_fee": _("Fee asked"),
        "rights.waive_fee": _("Fee waived"),
        "rights.accept_fee": _("Fee accepted by the person"),
        "rights.take_back": _("Taken back by the person"),
        "rights.write_entry": _("Communication written down"),
        "rights.dispute": _("Disputed"),
        "rights.answer_case": _("Answered"),
        "rights.refuse_case": _("Refusal"),
        "rights.approve_refusal": _("Refusal approved"),
        "rights.end_silence": _("The person was told after the silence"),
        "rights.withdraw_for_subject": _("Consent taken back for the person"),
        "rights.carry_out": _("Deletion carried out"),
        "rights.correct_contact": _("Data of a contact person corrected"),
        "rights.restrict_use": _("Use restricted"),
        "rights.lift_restriction": _("Restriction lifted"),
        "rights.limit_to_interest": _("Decided what the interest covers"),
        "rights.make_copy": _("Copy asked for"),
        "rights.hand_copy_over": _("Copy handed over"),
        "rights.close_collected": _("Closed: the copy was collected"),
        "rights.tell_recipient": _("Recipient told"),
        "rights.review_decision": _("A person decided"),
        "rights.add_file": _("File added"),
        "rights.open_file": _("File opened"),
        "rights.remind": _("Reminder"),
        "rights.export_case": _("Case exported"),
        "rights.give_diagnostics": _("Device data handed over"),
        "rights.take_diagnostics_back": _("Device data taken back"),
        "rights.correct_calendar": _("Calendar corrected"),
    }
)
timeline.name_facts(
    {
        "handler": _("handled by"), "escalated": _("escalated"), "verified": _("identity checked"),
        "authorization": _("authorization"), "fee": _("fee"), "like_requests": _("earlier like requests"),
        "fee_accepted": _("fee accepted"), "entry": _("communication"), "disputed": _("disputed"),
        "ground": _("ground"), "waits": _("waits for a second person"), "silence_ended": _("silence ended"),
        "recipient": _("recipient"), "onward": _("state"), "review": _("decision"), "file": _("file"),
        "sha256": _("SHA-256"), "opened": _("opened"), "reminded": _("reminded"), "overdue": _("overdue"),
        "channel": _("came by"), "purpose": _("purpose"), "circumstances": _("circumstances"),
        "diagnostics": _("device data"), "interest": _("what the interest covers"),
        "sensitive": _("sensitive data"),
        "corrected": _("records corrected"), "what": _("data"),
    }
)  # fmt: skip


def _who(case: Case) -> str:
    """The help desk sees nobody before the caller was checked (C2.3.2-01)."""
    hidden = case.kind == Kind.SUPPORT and case.verified_at is None
    return "—" if hidden else case.person_name or "—"


NUMBER = Column("number", is_link=True)
KIND = Column("kind")
WHO = Column("person", _("Person"), value=lambda case: _who(case), sort="")
CHANNEL = Column("channel")
STATE = Column("state", tones=TONES)
RECEIVED = Column("received_at", _("Received"))
DUE = Column("due_on", _("Due"))
HANDLER = Column("handler__name", _("Handled by"))
AUTHORIZATION = Column("authorization", is_shown=False)
FAST = Column("is_fast_track", _("Fast track"), is_shown=False)

_OVERDUE = Filter(
    name="overdue",
    label=_("Overdue"),
    menu=lambda actor, typed: [("1", _("Yes"))],
    words=lambda actor, value: str(_("Yes")),
    apply=lambda rows, actor, values: rows.filter(state__in=Case.OPEN, due_on__lt=timezone.localdate()),
    is_single=True,
)


def _open(*kinds: str) -> Any:
    """Open, of one of the kinds where any are named."""
    return lambda case: case.is_open and (not kinds or case.kind in kinds)


def _unverified(case: Case) -> bool:
    return case.is_open and case.verified_at is None


def _may_erase(case: Case) -> bool:
    return case.state == State.WORKING and not case.is_carried_out and may_erase(case)


def _may_restrict(case: Case) -> bool:
    has_somebody = case.subject is not None or case.kind == Kind.OUTSIDE
    return case.state == State.WORKING and has_somebody and not is_restricted(case)


def _may_copy(case: Case) -> bool:
    """Until one is made or under way, and not before it is decided what a relative's interest covers."""
    return not (is_cut(case) and case.interest is None) and _is_copy_due(case)


def _is_copy_due(case: Case) -> bool:
    """Until one is made or under way; a failed or expired one may be made anew."""
    if case.state != State.WORKING or not may_copy(case):
        return False
    made = copies_for(case.organization_id, case)  # type: ignore[arg-type]
    return not made.filter(carrying.UNDER_WAY, expires_at__gt=timezone.now()).exists()


def _waits(case: Case) -> bool:
    return bool(case.authorization == Case.Authorization.WAITING)


def _act(
    name: str, label: Any, act: Any, icon: str, form: Any = None, offered: Any = None, **more: Any
) -> RowAct:
    return RowAct(name, label, act, more.pop("permission", HANDLE), icon, form=form, offered=offered,
                  in_bulk=False, **more)  # fmt: skip


ACTS = (
    _act("take", _("Take it"), handling.take_case, "user-check",
         offered=lambda case: case.is_open and not case.handler_id),
    _act("caller", _("Check the caller"), handling.verify_account, "phone", forms.AccountForm,
         lambda case: _unverified(case) and case.kind == Kind.SUPPORT),
    _act("verify", _("Identity was checked"), handling.verify_identity, "shield-check", forms.VerifyForm,
         lambda case: _unverified(case) and case.kind not in (Kind.SUPPORT, Kind.FEEDBACK)),
    _act("authorize", _("Authorize"), handling.authorize_case, "circle-check", offered=_waits, permission=AUTHORIZE,
         question=_("The privacy officer then carries the request out.")),
    _act("decline", _("Decline"), handling.decline_case, "circle-x", forms.ReasonForm, _waits, permission=AUTHORIZE,
         question=_("The request does not end: the privacy officer decides.")),
    _act("carry", _("Carry the deletion out"), carrying.carry_out, "trash", is_dangerous=True,
         offered=_may_erase,
         question=_("The keys are destroyed at once, backups included. This cannot be undone.")),
    _act("correct", _("Correct the data"), carrying.correct_contact, "pencil", forms.CorrectForm,
         lambda case: case.state == State.WORKING and may_correct(case)),
    _act("restrict", _("Restrict the use"), carrying.restrict_use, "lock", offered=_may_restrict,
         permission=RESTRICT, is_dangerous=True,
         question=_("The data stays stored and secured. No list, page, report or export knows of the person, and "
                    "nothing new is taken, until somebody else lifts this here or in another case.")),
    _act("lift", _("Lift the restriction"), carrying.lift_use, "lock-open", permission=RESTRICT,
         offered=lambda case: case.is_open and is_restricted(case),
         question=_("The data may be used again, as before.")),
    _act("interest", _("Decide what the interest covers"), deciding.limit_to_interest, "checklist",
         forms.InterestForm, lambda case: is_cut(case) and _is_copy_due(case)),
    _act("copy", _("Have the copy made"), carrying.make_copy, "copy", offered=_may_copy,
         question=_("Whoever can sign in collects it there. For the others you collect it here and hand it over.")),
    _act("withdraw", _("Take a consent back"), carrying.withdraw_for_subject, "shield-lock", forms.WithdrawForm,
         _open(Kind.WITHDRAW)),
    _act("review", _("Decide in place of the machine"), deciding.review_decision, "user-shield", forms.ReviewForm,
         lambda case: case.is_open and case.decision_id is not None and case.kind not in (Kind.EXPLAIN,)),
    _act("tell", _("Recipient: next step"), carrying.tell_recipient, "mail", forms.OnwardForm,
         lambda case: case.is_open and case.onward.exclude(state__in=_SETTLED).exists()),
    _act("answer", _("Answer"), closing.answer_case, "message", forms.AnswerForm, _open()),
    _act("refuse", _("Refuse on a listed ground"), closing.refuse_case, "circle-x", forms.RefuseForm, _open(),
         is_dangerous=True),
    _act("approve", _("Approve the refusal"), closing.approve_refusal, "users",
         offered=lambda case: case.is_open and case.refusals.filter(approved_at__isnull=True).exists(),
         question=_("The second person answers for it as well.")),
    _act("file", _("Add a file"), filing.add_file, "paperclip", forms.FileForm, _open()),
    _act("entry", _("Write down a call or message"), handling.write_entry, "notes", forms.EntryForm, _open()),
    _act("fee", _("Ask a fee"), handling.set_fee, "coin", forms.FeeForm, _open()),
    _act("waive", _("Waive the fee"), handling.waive_fee, "coin",
         offered=lambda case: case.is_open and case.fee is not None),
    _act("escalate", _("Hand to a second person"), handling.escalate, "arrow-right", forms.ReasonForm,
         lambda case: case.is_open and case.handler_id is not None),
    _act("dispute", _("Mark as disputed"), handling.dispute, "alert-triangle", forms.TextForm,
         lambda case: not case.is_open and case.disputed_at is None),
)  # fmt: skip

CASES = Resource(
    namespace="rights",
    purposes=("basic", "rights"),
    name="cases",
    model=Case,
    title=_("Privacy requests"),
    singular=_("privacy request"),
    icon="shield-lock",
    hint=_("Requests arrive here from the phone, the console, by e-mail, or as you enter them."),
    rows=queries.cases_visible_to,
    prepare=lambda rows: rows.select_related("subject", "handler"),
    permissions=Permissions(view=HANDLE, add=HANDLE, export=HANDLE),
    columns=(NUMBER, KIND, WHO, STATE, DUE, RECEIVED, CHANNEL, HANDLER, AUTHORIZATION, FAST),
    order="due_on",
    search=("number", "subject__name", "contact_name"),
    filters=(
        choice("kind", _("Kind"), Kind.choices),
        choice("state", _("State"), State.choices),
        _OVERDUE,
        dates("due_on", _("Due")),
        dates("received_at", _("Received"), is_instant=True),
        choice("channel", _("Came by"), Case.Channel.choices),
        choice("authorization", _("Authorization"), Case.Authorization.choices),
        yes_no("open", _("Still open"), Q(state__in=Case.OPEN)),
    ),
    group_by=("kind", "state", "channel"),
    create=FormPage(forms.EnterForm, opening.enter),
    acts=ACTS,
)

KINDS = {"statutory": "red", "swapped_rest": "orange", "workday": "green"}


def _kind_of(row: CalendarDay) -> str:
    return str(CalendarDay.Kind(row.kind).label)


WORKING_CALENDAR = Resource(
    namespace="rights",
    name="calendar",
    model=CalendarDay,
    title=_("Working calendar"),
    singular=_("day of the calendar"),
    icon="calendar",
    hint=_(
        "China's holidays and make-up workdays are filled in from the published calendar each year, once the "
        "government has announced them. Change a day, remove it, or enter one of your own."
    ),
    rows=lambda actor: CalendarDay.objects.all() if actor.may(CALENDAR) else CalendarDay.objects.none(),
    permissions=Permissions(view=CALENDAR, add=CALENDAR, edit=CALENDAR),
    columns=(
        Column("on", is_link=True),
        Column("kind", _("Kind of day"), value=lambda row: row.kind, text=_kind_of, tones=KINDS),
        Column("note"),
        Column("source", tones={"own": "blue", "library": "grey"}),
        Column("source_version", is_shown=False),
    ),
    order="-on",
    search=("note",),
    filters=(dates("on", _("Day")), choice("source", _("Source"), CalendarDay.Source.choices)),
    beside=(
        Beside(_("Compare with the published calendar"), "rights:calendar_compare", CALENDAR, icon="refresh"),
    ),
    create=FormPage(forms.CalendarDayForm, filing.correct_calendar),
    edit=FormPage(forms.CalendarDayForm, filing.correct_calendar),
    acts=(
        RowAct(
            "remove",
            _("Remove"),
            filing.remove_calendar_day,
            CALENDAR,
            icon="trash",
            is_dangerous=True,
            question=_("The day is then what the week says."),
        ),
    ),
)
