"""Data of the device for fault help: a consent of its own for each case, gone with the case (C2.2.2-02).

The ledger's scope is `diagnostics.P2026-00012`. There is no standing switch: whoever agreed once is asked again.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.privacy import added, notice
from qince.core.privacy.added import Shown
from qince.core.privacy.registry import Purpose, declared
from qince.core.rights.models import Case, Diagnostics
from qince.kit.tenancy import current_organization_id

PREFIX = "diagnostics"


def scope_of(case: Case) -> str:
    return f"{PREFIX}.{case.number}"


def is_given(case: Case) -> bool:
    return bool(case.diagnostics.exists())


def forget(code: str) -> None:
    """What was handed over for the case goes at once, with the consent."""
    prefix, _dot, number = code.partition(".")
    if prefix == PREFIX and number:
        Diagnostics.objects.filter(case__number=number).delete()


def _find(code: str) -> Purpose | None:
    found = Case.objects.filter(number=code.partition(".")[2]).first()
    if found is None:
        return None
    title = _("Help with a fault, request %(number)s") % {"number": found.number}
    return replace(declared.purposes[PREFIX], code=code, title=title)


def _shown(_code: str, text_hash: str) -> Shown | None:
    """The texts of the purpose stand in the notice: that is what was shown."""
    found = notice.in_force(text_hash, Organization.objects.get(pk=current_organization_id()))
    return Shown(found.version, found.hash) if found else None


added.provide(PREFIX, find=_find, shown=_shown)
