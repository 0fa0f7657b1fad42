"""What the export of an organization remembers: who asked for it, when and what for. What is in it is declared by those
who keep it.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "processing.export",
    _("Exporting the organization's data"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("Who asked for the export or gave an instruction, when and what for."),
    why=_(
        "So that your organization, which is responsible for the data, gets it, and nobody does so unseen."
    ),
    method=_(
        "Noted when it is asked for and each time it is taken away; the archive is encrypted and removed after days."
    ),
    if_refused=_("The law requires these records. They are used for nothing else."),
)

_ASKED = Personal(
    _("Exports of the organization's data that you asked for"),
    Kind.BASIC,
    ("security",),
    "requested_by",
    source="use",
    on_erase="pseudonym",
    clauses=("C1.1-08", "C2.2.5-05"),
)
declare("processing.Archive", "requested_by", _ASKED)
declare("processing.Archive", "reason", replace(_ASKED, on_erase="null"))
declare("processing.Archive", "id organization", NotPersonal("technical key"))
declare(
    "processing.Archive",
    "language state expected rows files size requested_at expires_at collected_at",
    NotPersonal("about the archive"),
)
