"""What conditions may ask: the subject's own facts, and those of the applicant that hold for every subject."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.access.models import Grant
from qince.core.people.queries import department_ids_above
from qince.engines.approvals.registry import Fact, Subject

APPLICANT = (
    Fact("applicant_department", _("Applicant's department"), "department"),
    Fact("applicant_role", _("Applicant's role"), "role"),
)


def known(subject: Subject) -> dict[str, Fact]:
    return {fact.code: fact for fact in (*subject.facts, *APPLICANT)}


def kinds(subject: Subject) -> dict[str, str]:
    return {code: fact.kind for code, fact in known(subject).items()}


def gathered(subject: Subject, given: Mapping[str, Any], applicant_id: UUID) -> dict[str, Any]:
    """`given` as it is kept, with the applicant's own; a fact the subject did not declare raises."""
    unknown = given.keys() - {fact.code for fact in subject.facts}
    if unknown:
        raise ValueError(f"{subject.code} declares no fact {', '.join(sorted(unknown))}")
    roles = Grant.objects.filter(employee=applicant_id).values_list("role__key", "role_id")
    return {
        **{code: _plain(value) for code, value in given.items()},
        "applicant_department": sorted(department_ids_above(applicant_id)),
        "applicant_role": sorted({key or str(pk) for key, pk in roles}),
    }


def _plain(value: Any) -> Any:
    """As JSON keeps it: numbers exact as text, dates as ISO, people by id."""
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
