"""The instructions given to the operator, on screen and to take away as proof."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.audit import timeline
from qince.core.audit.models import Entry
from qince.core.audit.words import act_words
from qince.core.people.queries import employees_visible_to
from qince.core.processing.forms import InstructForm
from qince.core.processing.instructing import instruct, instructions_visible_to
from qince.core.processing.rules import INSTRUCT, VIEW
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource
from qince.kit.resource.filters import dates, reference

# Instructions are about settings and words to the operator, which nobody sees masked.
_READER = Actor(organization_id=UUID(int=0), employee_id=None)


def what(entry: Entry) -> str:
    """What was asked: each thing said or changed, in words."""
    told = timeline.moment(_READER, entry).changes
    return "; ".join(f"{label}: {old} → {new}" if old else f"{label}: {new}" for label, old, new in told)


ACT = Column(
    "action", _("Instruction"), value=lambda entry: act_words(entry.action), is_link=True, sort="action"
)

INSTRUCTIONS = Resource(
    namespace="processing",
    purposes=("security",),
    name="instructions",
    model=Entry,
    title=_("Instructions to the operator"),
    singular=_("instruction"),
    icon="checklist",
    hint=_(
        "The operator works on your data only as you say. Settings you change and what you say here is written down."
    ),
    rows=instructions_visible_to,
    permissions=Permissions(view=VIEW, add=INSTRUCT, export=VIEW),
    columns=(
        Column("at", _("Time")),
        Column("actor_name", _("By")),
        ACT,
        Column("target_name", _("Object")),
        Column("changes", _("What was asked"), value=what, sort=""),
        Column("id", _("Number"), sort="", is_shown=False),
    ),
    order="-id",
    search=("actor_name",),
    filters=(
        dates("at", _("Time"), is_instant=True),
        reference("actor_id", _("By"), employees_visible_to),
    ),
    create=FormPage(InstructForm, instruct),
)
