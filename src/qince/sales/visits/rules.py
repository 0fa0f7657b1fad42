"""Permissions and rules of visits."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import AUDITOR, MANAGER, REP, maskable, permission
from qince.engines.evidence.words import whereabouts

CARRY_OUT = permission("visits.carry_out", _("Visit customers"), default_roles=(REP, MANAGER))
VIEW = permission("visits.view", _("See visits"), default_roles=(REP, MANAGER, AUDITOR))
EXPORT = permission("visits.export", _("Export visits"), default_roles=(MANAGER,))
EDIT_TEMPLATES = permission("visits.edit_templates", _("Set the steps of a visit"))

MASK_POSITION = maskable(
    "visits.visit.distance_m",
    _("Positions at visits, and distances to the place"),
    along=[*whereabouts("visits.checkevent"), *whereabouts("visits.photo")],
)

SHORTEST = timedelta(minutes=2)  # a shorter visit is flagged
