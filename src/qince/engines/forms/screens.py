"""Forms, tasks and what was filled in, on screen."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qince.core.people.queries import employees_visible_to
from qince.engines.forms import actions, others, queries, rules
from qince.engines.forms.console_forms import (
    AssignmentForm,
    NewForm,
    ReasonForm,
    ReviewForm,
    UsageForm,
    assignment_initial,
)
from qince.engines.forms.models import Assignment, Form, Submission
from qince.engines.forms.schema import Definition
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, timeline
from qince.kit.resource.filters import choice, dates, reference, yes_no

timeline.name_kinds(
    {
        "forms.form": _("Form"),
        "forms.formversion": _("Version of a form"),
        "forms.assignment": _("Form task"),
        "forms.assignmenttarget": _("Form task"),
        "forms.submission": _("Filled-in form"),
        "forms.submissionedit": _("Earlier answers"),
        "forms.submissionfile": _("File in a form"),
        "forms.apptoken": _("Key of an app"),
    }
)
timeline.name_acts(
    {
        "forms.create": _("Created"),
        "forms.save_draft": _("Draft changed"),
        "forms.publish": _("Published"),
        "forms.set": _("Use changed"),
        "forms.close": _("Closed"),
        "forms.reopen": _("Opened again"),
        "forms.submit": _("Form filled in"),
        "forms.review": _("Reviewed"),
        "forms.edit_submission": _("Answers changed"),
        "forms.delete_submission": _("Deleted"),
        "forms.assign": _("Given to people"),
        "forms.change_assignment": _("Changed"),
        "forms.end_assignment": _("Ended"),
        "forms.make_token": _("Key made"),
        "forms.revoke_token": _("Key revoked"),
        "forms.export": _("Exported answers"),
    }
)
timeline.name_facts(
    {
        "deleted": _("deleted"),
        "revision": _("revision"),
        "form": _("form"),
        "version": _("version"),
        "reason": _("reason"),
        "employee": _("employee"),
        "period": _("period"),
    }
)

STATES = {"draft": "grey", "published": "green", "closed": "orange"}
STATUSES = {
    "submitted": "blue",
    "accepted": "green",
    "returned": "orange",
    "rejected": "red",
    "withdrawn": "grey",
}


def _create(actor: Actor, *, now: datetime, title: str, code: str = "") -> Form:
    language = "zh-Hans" if actor.locale.startswith("zh") else "en"
    return actions.create_form(
        actor, now=now, definition=Definition(title={language: title}, languages=[language]), code=code
    )


def _usage(form: Form) -> dict[str, Any]:
    return {name: getattr(form, name) for name in UsageForm.base_fields}


FORMS = Resource(
    namespace="forms",
    name="form",
    model=Form,
    title=_("Forms"),
    singular=_("form"),
    icon="checklist",
    hint=_("Design a form, or bring an XLSForm. Phones fill it in without signal."),
    rows=queries.forms_visible_to,
    permissions=Permissions(view=rules.VIEW, add=rules.DESIGN, edit=rules.DESIGN),
    columns=(
        Column("name", is_link=True),
        Column("code"),
        Column("state", tones=STATES),
        Column("number", is_numeric=True),
        Column(
            "unsaid",
            _("Statement about others"),
            computed=others.unsaid_in_force(),
            text=lambda form: _("Publish anew") if form.unsaid else "",
            tones={"True": "orange"},
            permission=rules.DESIGN,
        ),
        Column("updated_at"),
    ),
    order="name",
    search=("name", "code"),
    filters=(
        choice("state", _("State"), Form.State.choices),
        yes_no("unsaid", _("To be published anew"), Q(others.unsaid_in_force())),
    ),
    create=FormPage(NewForm, _create),
    edit=FormPage(UsageForm, actions.set_form, _usage),
    acts=(
        RowAct(
            "close",
            _("Close"),
            lambda actor, row, **more: actions.close_form(actor, row, **more),
            rules.DESIGN,
            icon="lock",
            offered=lambda form: form.state == "published",
            in_bulk=False,
        ),
        RowAct(
            "reopen",
            _("Open again"),
            lambda actor, row, **more: actions.reopen_form(actor, row, **more),
            rules.DESIGN,
            icon="lock-open",
            offered=lambda form: form.state == "closed",
            in_bulk=False,
        ),
    ),
)


def _review(status: str) -> Any:
    def act(actor: Actor, row: Submission, *, now: datetime, text: str = "") -> Submission:
        return actions.review_submission(actor, row, now=now, status=status, text=text)

    return act


def _by_reviewer(submission: Submission, *states: str) -> bool:
    """Whether it is in one of these states, and no flow decides on it."""
    return submission.form.decided_by != Form.Decider.FLOW and submission.status in states


def _is_open(submission: Submission) -> bool:
    return _by_reviewer(submission, "submitted", "returned")


SUBMISSIONS = Resource(
    namespace="forms",
    name="submission",
    model=Submission,
    title=_("Filled-in forms"),
    singular=_("filled-in form"),
    icon="notes",
    hint=_("What people fill in appears here."),
    rows=queries.submissions_visible_to,
    prepare=lambda rows: rows.select_related("form", "employee", "assignment").defer(
        "sealed", "answers", "facts"
    ),
    permissions=Permissions(view=rules.VIEW),
    columns=(
        Column("form__name", _("Form"), is_link=True),
        Column("employee__name", pgettext_lazy("form", "Person"), sort="employee__name_key"),
        Column("filled_at"),
        Column("status", tones=STATUSES),
        Column("source"),
        Column("assignment__name", _("Task")),
        Column("period_on"),
        Column("received_at", is_shown=False),
    ),
    order="-filled_at",
    search=("form__name", "employee__name"),
    filters=(
        reference("form", _("Form"), queries.forms_visible_to),
        choice("status", _("Status"), Submission.Status.choices),
        reference("employee", pgettext_lazy("form", "Person"), employees_visible_to),
        dates("filled_at", _("Filled in")),
        choice("source", _("Came by"), Submission.Source.choices),
    ),
    group_by=("form__name", "status"),
    acts=(
        RowAct("accept", _("Accept"), _review("accepted"), rules.REVIEW, icon="check", offered=_is_open),
        RowAct(
            "return",
            _("Return"),
            _review("returned"),
            rules.REVIEW,
            icon="arrow-back-up",
            form=ReviewForm,
            offered=lambda each: _by_reviewer(each, "submitted", "accepted"),
        ),
        RowAct(
            "reject",
            _("Reject"),
            _review("rejected"),
            rules.REVIEW,
            icon="x",
            form=ReviewForm,
            is_dangerous=True,
            offered=_is_open,
        ),
        RowAct(
            "delete",
            _("Delete"),
            actions.delete_submission,
            rules.DELETE,
            icon="trash",
            form=ReasonForm,
            is_dangerous=True,
            question=_("What was filled in is gone for good, with its files' links."),
            offered=lambda each: each.status != "accepted",
        ),
    ),
)


def tasks_visible_to(actor: Actor) -> Any:
    """Tasks are about nobody: who may see what was filled in, or give tasks, sees them."""
    may = actor.may(rules.ASSIGN) or actor.may(rules.VIEW)
    return Assignment.objects.all() if may else Assignment.objects.none()


ASSIGNMENTS = Resource(
    namespace="forms",
    name="assignment",
    model=Assignment,
    title=_("Form tasks"),
    singular=_("form task"),
    icon="calendar-event",
    hint=_("Say who fills in which form, how often and until when; who is missing shows here."),
    rows=tasks_visible_to,
    prepare=lambda rows: rows.select_related("form"),
    permissions=Permissions(view=rules.VIEW, add=rules.ASSIGN, edit=rules.ASSIGN),
    columns=(
        Column("name", is_link=True),
        Column("form__name", _("Form")),
        Column("period"),
        Column("starts_on"),
        Column("ends_on"),
        Column("due_at"),
        Column("is_active", tones={"True": "green", "False": "grey"}),
    ),
    order="name",
    search=("name", "form__name"),
    filters=(
        reference("form", _("Form"), queries.forms_visible_to),
        choice("period", _("How often"), Assignment.Period.choices),
    ),
    create=FormPage(AssignmentForm, actions.assign),
    edit=FormPage(AssignmentForm, actions.change_assignment, assignment_initial),
    acts=(
        RowAct(
            "end",
            _("End"),
            lambda actor, row, **more: actions.end_assignment(actor, row, **more),
            rules.ASSIGN,
            icon="x",
            question=_("Nothing more becomes due. What was given stays."),
            offered=lambda each: each.is_active,
            in_bulk=False,
        ),
    ),
)
