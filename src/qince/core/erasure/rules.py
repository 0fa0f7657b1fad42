"""Permissions of erasing, and of how long data is kept."""

from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import permission

OFFICER = ("privacy_officer",)

VIEW = permission("erasure.view", _("See erasures, their proofs and retention"), default_roles=OFFICER)
ERASE = permission("erasure.erase", _("Erase people's data"), default_roles=OFFICER)
COPY = permission("erasure.copy", _("Make a copy of a person's data for them"), default_roles=OFFICER)
RESTRICT = permission("erasure.restrict", _("Restrict the use of a person's data"), default_roles=OFFICER)
RETENTION = permission("erasure.retention", _("Set retention and place holds"), default_roles=OFFICER)
