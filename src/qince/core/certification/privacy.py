"""The legal representative is a person outside, known by the name in the application."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import (
    Basis,
    Kind,
    NotPersonal,
    Personal,
    contact,
    declare,
    function,
    purpose,
)

CERTIFICATION = purpose(
    "certification",
    title=_("Certification of the organization"),
    why=_("To know which organization stands behind functions that bind it, such as signing contracts."),
    scope=_(
        "The legal representative's name and identity number, a copy of the certificate, and the certification letter."
    ),
    method=_("An administrator hands them in; the operator checks them. They are used for nothing else."),
    if_refused=_("The organization is not certified; functions that need it stay closed."),
    kind=Kind.SENSITIVE,
    basis=Basis.CONTRACT,
)
function(
    "certification.application",
    _("Certification of the organization"),
    family=Family.CORE,
    purposes=(CERTIFICATION,),
    scope=_(
        "The legal representative's name and identity number, the certificate, the certification letter."
    ),
    why=_("To know which organization stands behind what binds it."),
    method=_(
        "An administrator hands them in, encrypted; the operator compares them. Shown masked afterwards."
    ),
    if_refused=_("The organization is not certified; functions that need it stay closed."),
)
contact("certification.Certification", name="representative")

_REPRESENTATIVE = Personal(
    _("Legal representative's name and identity number, certificate and letter"),
    Kind.SENSITIVE,
    (CERTIFICATION,),
    "self",
    source="organization",
    controller="operator",
    retention="contact+2y",
    on_erase="null",
    clauses=("C2.1.2-19", "C2.1.2-20"),
)
_OFFICE = Personal(
    _("Who applied for the organization's certification"),
    Kind.BASIC,
    (CERTIFICATION,),
    "entered_by",
    source="use",
    retention="employment+2y",
    on_erase="keep",
    clauses=("C2.1.2-21",),
)
declare("certification.Certification", "representative id_number licence letter", _REPRESENTATIVE)
declare("certification.Certification", "entered_by attested_by attested_at", _OFFICE)
declare(
    "certification.Certification",
    "state certificate name credit_code address id_kind licence_type letter_type valid_to entered_at decided_at reason",
    NotPersonal("about the organization"),
)
declare(
    "certification.Certification",
    "decided_by",
    NotPersonal("name of the operator's own staff, acting for the operator"),
)
declare("certification.Certification", "id organization", NotPersonal("technical key"))
declare(
    "certification.CertifiedCode",
    "id organization credit_code valid_to",
    NotPersonal("about the organization"),
)
