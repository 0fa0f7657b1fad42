"""Recipients and everything that leaves: what each may get, what it got, and what came back."""

from qince.engines.partners.models.apps import App, AppGrant
from qince.engines.partners.models.flow import Binding, Disclosure, Inbound, LogIsAppendOnly, Outgoing
from qince.engines.partners.models.items import Package, Publication
from qince.engines.partners.models.recipients import ConsentText, CrossBorder, Recipient
from qince.engines.partners.models.registers import LegalException, SubjectContract

__all__ = [
    "App",
    "AppGrant",
    "Binding",
    "ConsentText",
    "CrossBorder",
    "Disclosure",
    "Inbound",
    "LegalException",
    "LogIsAppendOnly",
    "Outgoing",
    "Package",
    "Publication",
    "Recipient",
    "SubjectContract",
]
