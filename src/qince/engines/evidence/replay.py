"""A verdict computed again from the stored evidence, so that the person it is about can be told how it came about."""

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.privacy.registers import Decision
from qince.engines.evidence.envelope import Evidence
from qince.engines.evidence.models import Evidenced, Verdict
from qince.kit import geo
from qince.kit.errors import Text
from qince.kit.tenancy import current_organization_id

VERSION = "fence-1"


def decision(code: str, title: Text) -> Decision:
    """How a verdict about a place is entered in the register of machine decisions."""
    return Decision(
        code=code,
        title=title,
        logic=gettext_lazy(
            "The distance between the position your device reported and the middle of the place is compared with the "
            "radius of the place. Nearer counts as inside. Farther counts as outside only if even the reported "
            "accuracy, up to a limit, cannot explain it; else it is uncertain. A position vaguer than another limit "
            "decides nothing."
        ),
        inputs=gettext_lazy(
            "Your position and its accuracy, the place and its radius, and two limits of your organization."
        ),
        consequence=gettext_lazy(
            "The result stands beside the act and may be looked at by your manager. The act counts either way."
        ),
        version=VERSION,
        protected=gettext_lazy(
            "How a simulated position is recognised in detail is not told: it would help to get round it. "
            "Your device's own word on it is shown."
        ),
        outcomes=tuple(Verdict.values),
    )


def inputs_of(row: Evidenced) -> list[tuple[Text, str]]:
    """What went into the verdict, in words."""
    limits = _limits()
    found: list[tuple[Text, str]] = [(_("Distance to the place"), metres(row.distance_m))]
    found.append((_("Accuracy of the position"), metres(row.accuracy_m)))
    found.append((_("Radius of the place"), metres(row.radius_m)))
    found.append((_("Accuracy counts up to"), metres(limits.fence_cap_m)))
    found.append((_("Vaguer than this decides nothing"), metres(limits.fence_unusable_m)))
    found.append((_("Simulated, by the device's own word"), said(is_mock(row))))
    return found


def verdict_again(row: Evidenced, *, is_last_word: bool = False) -> str:
    """The verdict by today's rule from the evidence as it was sent (`is_last_word` as in `judge`)."""
    if row.accuracy_m is None:
        return Verdict.MANUAL
    if row.distance_m is None or row.radius_m is None:
        return Verdict.UNCERTAIN
    limits = _limits()
    found = geo.fence_verdict(
        row.distance_m, row.accuracy_m, row.radius_m, cap_m=limits.fence_cap_m,
        unusable_m=limits.fence_unusable_m,
    )  # fmt: skip
    return str(found.as_recorded if is_last_word else found)


def is_mock(row: Evidenced) -> bool | None:
    """What the device said in the envelope; None where it said nothing, or the envelope is gone."""
    try:
        position = msgspec.convert(row.envelope, Evidence, strict=False).position
    except msgspec.ValidationError:
        return None
    return position.is_mock if position else None


def _limits() -> Settings:
    return Settings.of(Organization.objects.get(pk=current_organization_id()))


def metres(value: float | None) -> str:
    return "—" if value is None else f"{value:.0f} m"


def said(value: bool | None) -> str:
    return _("not said") if value is None else _("Yes") if value else _("No")
