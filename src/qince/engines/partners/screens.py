"""Sharing on the console: recipients with their checklist, the disclosure log, the registers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.people.queries import employees_visible_to
from qince.engines.partners import (
    actions,
    apps_directory,
    exceptions,
    forms,
    legal,
    publications,
    queries,
    standing,
)
from qince.engines.partners.models import (
    CrossBorder,
    Disclosure,
    LegalException,
    Publication,
    Recipient,
    SubjectContract,
)
from qince.engines.partners.registry import PROFILES
from qince.engines.partners.rules import APPROVE, EDIT, LOG, VIEW
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.resource import (
    Column,
    FormPage,
    Permissions,
    Resource,
    RowAct,
    Section,
    Tab,
    filters,
)

ON_TONES = {"True": "green", "False": "grey"}
DISCLOSE = LegalException.Use.DISCLOSE


def _checklist(actor: Actor, row: Recipient) -> dict[str, Any]:
    points = standing.points(row, clock.local_date(clock.now(), row.organization.time_zone))
    return {"points": points, "lacking": sum(not each.holds for each in points)}


def _app(actor: Actor, row: Recipient) -> dict[str, Any]:
    app = row.apps.first() if row.declared.is_app else None
    return {"app": app, "client_id": apps_directory.client_id(app) if app else ""}


def _set_app(actor: Actor, row: Recipient, **values: Any) -> Any:
    return apps_directory.set_app(actor, row, **values)


NAME = Column("name", _("Company"), is_link=True)
KIND = Column("profile", _("Kind"))
IS_ON = Column("is_on", _("Switched on"), tones=ON_TONES)
SHARED = Column("fields", _("Data shared"), value=lambda row: queries.field_words(row.fields))
REGION = Column("region", _("Country"))
UNTIL = Column("contract_until", _("Agreement until"))
REVIEWED = Column("reviewed_on", _("Security review"))
DUTY = Column("duty_reviewed_on", _("Duty reviewed"))
VERSION = Column("version", _("Version"), is_numeric=True)

RECIPIENTS = Resource(
    namespace="partners",
    name="recipient",
    model=Recipient,
    title=_("Recipients and partners"),
    singular=_("recipient"),
    icon="users",
    hint=_("Nothing leaves this service until a recipient is entered here, complete, and members agree."),
    rows=queries.recipients_visible_to,
    prepare=lambda rows: rows.select_related("organization"),
    permissions=Permissions(view=VIEW, add=EDIT, edit=EDIT, export=VIEW),
    columns=(NAME, KIND, IS_ON, SHARED, REGION, UNTIL, REVIEWED, DUTY, VERSION),
    order="name",
    search=("name", "code"),
    filters=(
        filters.choice("profile", _("Kind"), [(each.code, each.title) for each in PROFILES.values()]),
        filters.dates("contract_until", _("Agreement until")),
    ),
    group_by=("profile",),
    sections=(
        Section(_("Recipient"), (NAME, Column("code"), KIND, IS_ON, REGION, Column("endpoint"), VERSION)),
        Section(
            _("What it gets and why"),
            (SHARED, Column("purpose"), Column("method"), Column("lawful"), Column("legitimate"),
             Column("necessary"), Column("specific"), Column("clear")),
        ),
        Section(
            _("Agreement and reviews"),
            (Column("contract"), Column("contract_from"), UNTIL, Column("review_version"), REVIEWED, DUTY,
             Column("terms_url"), Column("terms_version"), Column("privacy_url"), Column("features_url"),
             Column("attested_by__name", _("Declared by")), Column("attested_at")),
        ),
    ),
    tabs=(
        Tab("checklist", _("Checklist"), "partners/_checklist.html", _checklist, icon="list"),
        Tab("app", _("App and keys"), "partners/_app.html", _app, permission=EDIT, icon="key"),
    ),
    create=FormPage(forms.RecipientForm, actions.create_recipient),
    edit=FormPage(forms.RecipientForm, actions.edit_recipient, forms.recipient_initial),
    acts=(
        RowAct(
            "on", _("Switch on"), actions.switch_on, EDIT, "circle-check", form=forms.SwitchOnForm,
            offered=lambda row: not row.is_on, in_bulk=False,
        ),
        RowAct(
            "off", _("Switch off"), actions.switch_off, EDIT, "lock", is_dangerous=True,
            question=_("What waits is dropped, its tokens die, and nothing more is taken from it."),
            offered=lambda row: row.is_on,
        ),
        RowAct("review", _("Record a review"), actions.review_recipient, APPROVE, "shield-check",
               form=forms.ReviewForm, in_bulk=False),
        RowAct("app", _("Set up as an app"), _set_app, EDIT, "layout-grid", form=forms.AppForm,
               offered=lambda row: row.declared.is_app, in_bulk=False),
    ),
)  # fmt: skip

SUBJECT = Column("subject__name", _("About whom"))
LOG_AT = Column("at", _("Time"), is_link=True)

DISCLOSURES = Resource(
    namespace="partners",
    name="disclosure",
    model=Disclosure,
    title=_("Disclosure log"),
    singular=_("disclosure"),
    icon="history",
    hint=_("Every passing of personal data to somebody outside is noted here, without its content."),
    rows=queries.disclosures_visible_to,
    prepare=lambda rows: rows.select_related("subject"),
    permissions=Permissions(view=LOG, export=LOG),
    purposes=("basic", "security"),
    columns=(
        LOG_AT, SUBJECT, Column("recipient_name", _("Recipient")),
        Column("fields", _("Data"), value=lambda row: queries.field_words(row.fields)),
        Column("why", _("What for")), Column("basis", tones={"consent": "green", "exception": "orange"}),
        Column("act", _("Act"), is_shown=False), Column("actor_name", _("By")),
        Column("digest", _("Digest"), is_shown=False),
    ),
    order="-at",
    search=("recipient_name", "subject__name", "why"),
    filters=(
        filters.dates("at", _("Time"), is_instant=True),
        filters.reference("subject", _("About whom"), employees_visible_to),
        filters.reference("recipient", _("Recipient"), queries.recipients_visible_to),
        filters.choice("basis", _("Basis"), Disclosure.Basis.choices),
    ),
)  # fmt: skip

STATE = Column("state", tones={"draft": "orange", "approved": "green", "closed": "grey"})
BASIS = Column(
    "basis",
    _("Case"),
    text=lambda row: legal.BASES[row.basis].title if row.basis in legal.BASES else row.basis,
)

EXCEPTIONS = Resource(
    namespace="partners",
    name="exception",
    model=LegalException,
    title=_("Without consent"),
    singular=_("entry"),
    icon="alert-triangle",
    hint=_("Collecting, using or disclosing without consent needs an entry here first: case, parts, approver."),
    rows=queries.exceptions_visible_to,
    prepare=lambda rows: rows.select_related("subject", "approved_by", "seconded_by", "contract"),
    permissions=Permissions(view=VIEW, add=EDIT, export=VIEW),
    purposes=("basic", "security"),
    columns=(
        Column("entered_at", is_link=True), SUBJECT, Column("use"), BASIS, STATE,
        Column("fields", _("Data"), value=lambda row: queries.field_words(row.fields)),
        Column("approved_by__name", _("Approved by")), Column("expires_on"), Column("review_on"),
        Column("reviewed_at"),
    ),
    order="-entered_at",
    search=("reason", "reference", "document", "subject__name"),
    filters=(
        filters.choice("use", _("Use"), LegalException.Use.choices),
        filters.choice("basis", _("Case"), [(each.code, each.title) for each in legal.BASES.values()]),
        filters.choice("state", _("State"), LegalException.State.choices),
        filters.dates("review_on", _("To be reviewed by")),
    ),
    sections=(
        Section(_("Entry"), (SUBJECT, Column("use"), BASIS, STATE, Column(
            "fields", _("Data"), value=lambda row: queries.field_words(row.fields)))),
        Section(_("Its parts"), (
            Column("reason"), Column("reference"), Column("authority"), Column("document"), Column("officer"),
            Column("danger"), Column("no_consent"), Column("contract__number", _("Contract")),
            Column("source_link"), Column("source_on"), Column("channel"))),
        Section(_("Approval"), (
            Column("approved_by__name", _("Approved by")), Column("seconded_by__name", _("Second approval")),
            Column("approved_at"), Column("expires_on"), Column("review_on"), Column("reviewed_at"))),
    ),
    create=FormPage(forms.ExceptionForm, exceptions.enter),
    acts=(
        RowAct("approve", _("Approve"), exceptions.approve, APPROVE, "check",
               offered=lambda row: row.state == "draft", question=_("Whoever entered it cannot approve it.")),
        RowAct("reviewed", _("Reviewed"), exceptions.review, APPROVE, "eye",
               offered=lambda row: bool(row.review_on and not row.reviewed_at)),
        RowAct("close", _("Close"), exceptions.close, APPROVE, "lock", is_dangerous=True,
               question=_("It permits nothing from now on."), offered=lambda row: row.state != "closed"),
    ),
    tabs=(Tab("hand_over", _("Hand over"), "partners/_hand_over.html",
              lambda actor, row: {"may": row.use == DISCLOSE}, permission=APPROVE, icon="download"),),
)  # fmt: skip

CONTRACTS = Resource(
    namespace="partners",
    name="contract",
    model=SubjectContract,
    title=_("Contracts with people"),
    singular=_("contract"),
    icon="file-text",
    hint=_("A contract that an entry without consent may rest on."),
    rows=queries.contracts_visible_to,
    prepare=lambda rows: rows.select_related("employee"),
    permissions=Permissions(view=VIEW, add=EDIT),
    columns=(
        Column("number", is_link=True), Column("employee__name", _("With whom")), Column("starts_on"),
        Column("ends_on"),
    ),
    order="number",
    search=("number", "employee__name"),
    create=FormPage(forms.ContractForm, exceptions.enter_contract),
)  # fmt: skip

BORDER = Resource(
    namespace="partners",
    name="border",
    model=CrossBorder,
    title=_("Cross-border register"),
    singular=_("entry"),
    icon="world",
    hint=_("A recipient abroad gets nothing without an entry here and each person's separate consent."),
    rows=queries.border_visible_to,
    prepare=lambda rows: rows.select_related("recipient"),
    permissions=Permissions(view=VIEW, add=APPROVE, export=VIEW),
    columns=(
        Column("reference", is_link=True), Column("recipient__name", _("Recipient")), Column("ground"),
        Column("assessment"), Column("assessed_on"), Column("holds_until"),
    ),
    order="reference",
    search=("reference", "recipient__name"),
    create=FormPage(forms.BorderForm, actions.enter_border),
)  # fmt: skip

PUBLICATIONS = Resource(
    namespace="partners",
    name="publication",
    model=Publication,
    title=_("Publications about people"),
    singular=_("publication"),
    icon="eye",
    hint=_("Sanctions and honours: public only with the person's consent to that item, or a recorded exception."),
    rows=queries.publications_visible_to,
    prepare=lambda rows: rows.select_related("subject", "approved_by"),
    permissions=Permissions(view=VIEW, add=EDIT, export=VIEW),
    purposes=("basic", "security"),
    columns=(
        Column("title", is_link=True), SUBJECT, Column("kind"),
        Column("state", tones={"draft": "grey", "published": "green", "withdrawn": "orange"}),
        Column("approved_by__name", _("Approved by")), Column("published_at"), Column("withdrawn_at"),
        Column("appeal"),
    ),
    order="-published_at",
    search=("title", "subject__name"),
    filters=(
        filters.choice("kind", _("Kind"), Publication.Kind.choices),
        filters.choice("state", _("State"), Publication.State.choices),
    ),
    create=FormPage(forms.PublicationForm, publications.draft),
    acts=(
        RowAct("publish", _("Publish"), publications.publish_item, APPROVE, "eye", form=forms.PublishForm,
               offered=lambda row: row.state != "published", in_bulk=False),
        RowAct("withdraw", _("Withdraw"), publications.withdraw, APPROVE, "eye-off", is_dangerous=True,
               question=_("It is gone from every page at once."), offered=lambda row: row.state == "published"),
    ),
)  # fmt: skip
