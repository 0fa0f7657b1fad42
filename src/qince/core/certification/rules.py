"""Who may apply, which papers each kind of organization hands in, and what only certified ones may do."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.access.registry import permission
from qince.core.certification.models import Certification, CertifiedCode
from qince.core.organizations.models import Organization
from qince.kit.errors import Refusal

MANAGE = permission("certification.manage", _("Apply for the organization's certification"))

_Certificate, _Kind = Certification.Certificate, Organization.Kind
CERTIFICATES: dict[str, tuple[str, ...]] = {
    _Kind.COMPANY: (_Certificate.BUSINESS_LICENCE,),
    _Kind.GOVERNMENT: (_Certificate.CODE_CERTIFICATE, _Certificate.INSTITUTION),
    _Kind.PARTNERSHIP: (_Certificate.BUSINESS_LICENCE, _Certificate.PRACTICE_LICENCE),
    _Kind.SOLE_TRADER: (_Certificate.BUSINESS_LICENCE,),
    _Kind.OTHER: (
        _Certificate.SOCIAL_ORGANIZATION,
        _Certificate.INSTITUTION,
        _Certificate.CODE_CERTIFICATE,
    ),
}


def is_certified(organization_id: UUID, *, on: date) -> bool:
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return CertifiedCode.objects.filter(running, organization=organization_id).exists()


def require_certified(organization_id: UUID, *, on: date) -> None:
    """Let functions that bind the organization, such as signing contracts, pass only where it is certified
    (C2.1.2-18).
    """
    if not is_certified(organization_id, on=on):
        raise Refusal(
            "not_certified",
            _("This needs a certified organization. An administrator applies for it under Certification."),
            status=403,
        )
