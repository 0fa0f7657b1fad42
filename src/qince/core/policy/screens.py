"""Impact assessments on screen. They are kept three years and never changed: a new look is a new assessment."""

from django.utils.translation import gettext_lazy as _

from qince.core.policy import actions, queries
from qince.core.policy.forms import AssessmentForm
from qince.core.policy.models import Assessment
from qince.core.policy.rules import ASSESS, SIGN, VIEW
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, filters, timeline

RISK_TONES = {"low": "green", "medium": "orange", "high": "red"}
SUBJECT = Column("subject", _("Purpose or function"), value=str, sort="", is_link=True)
RISK = Column("risk", _("Risk"), tones=RISK_TONES)
ASSESSED_AT = Column("assessed_at", _("Assessed"))
ASSESSED_BY = Column("assessed_by__name", _("Assessed by"))
SIGNED_AT = Column("signed_at", _("Signed on"))
SIGNED_BY = Column("signed_by__name", _("Signed by"))
NECESSITY = Column("necessity", _("Lawful, proper, necessary"))
EFFECTS = Column("effects", _("Effects on people, and risks"))
MEASURES = Column("measures", _("Protective measures"))

ASSESSMENTS = Resource(
    namespace="policy",
    purposes=("basic", "security"),
    name="assessment",
    model=Assessment,
    title=_("Impact assessments"),
    singular=_("impact assessment"),
    icon="report-analytics",
    hint=_("Weigh a purpose or function before it starts. High and unsigned, it is held shut."),
    rows=queries.assessments,
    permissions=Permissions(view=VIEW, add=ASSESS, export=VIEW),
    columns=(SUBJECT, RISK, ASSESSED_AT, ASSESSED_BY, SIGNED_AT, SIGNED_BY),
    order="-assessed_at",
    filters=(filters.choice("risk", _("Risk"), Assessment.Risk.choices),),
    sections=(
        Section(_("Result"), (RISK, ASSESSED_AT, ASSESSED_BY, SIGNED_AT, SIGNED_BY)),
        Section(_("Reasons"), (NECESSITY, EFFECTS, MEASURES)),
    ),
    create=FormPage(AssessmentForm, actions.write_assessment),
    acts=(
        RowAct(
            "sign",
            _("Sign"),
            actions.sign_assessment,
            SIGN,
            "check",
            question=_("You answer for the measures. What the assessment held shut opens again."),
            offered=lambda row: row.signed_at is None,
            in_bulk=False,
        ),
    ),
)

timeline.name_acts({"policy.assess": _("Assessed"), "policy.sign": _("Signed")})
