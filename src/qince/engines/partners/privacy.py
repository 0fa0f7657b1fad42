"""What sharing itself keeps about people: who was told what about whom, and nothing of what was told."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import (
    Basis,
    Kind,
    NotPersonal,
    Personal,
    declare,
    function,
    purpose,
    withhold,
)

SHARING = purpose(
    "sharing",
    title=_("Sharing with partners you agreed to"),
    why=_("To show you and prove what was passed to whom, and to stop it when you say so."),
    scope=_("Which data about you went to which recipient, when, why and on what basis; never its content."),
    method=_("Noted by the one door through which anything leaves. What waits to be sent is encrypted."),
    if_refused=_("Each recipient asks you apart. Refuse, and nothing is shared with it and nothing noted."),
    kind=Kind.SENSITIVE,
    basis=Basis.CONTRACT,  # told, not asked: the question is each recipient's own
)
function(
    "partners.sharing",
    _("Sharing data with partners"),
    family=Family.CORE,
    purposes=(SHARING,),
    scope=_("Only the fields that a partner's task needs; each partner's own page lists them."),
    why=_("To give you what a partner offers, such as training or payment."),
    method=_("Only after you agreed to that partner, through one door that records every disclosure."),
    if_refused=_("That partner's service is not available; everything else works."),
)
_TECHNICAL = NotPersonal("technical key")
_LOG = Personal(
    _("What was passed on about you, to whom and why"), Kind.BASIC, ("security",), "subject", source="use",
    controller="operator", retention="case+3y", on_erase="keep", aged_by="at", clauses=("C4.1-02", "C4.1-03"),
)  # fmt: skip
declare("partners.Recipient", "id organization", _TECHNICAL)
declare(
    "partners.Recipient",
    "code name profile scene fields purpose method region endpoint secret lawful legitimate necessary specific"
    " clear contract contract_from contract_until review_version reviewed_on review_passed duty_reviewed_on"
    " features_url terms_url terms_version privacy_url department_ids is_on version changed_at",
    NotPersonal("about a company"),
)
declare(
    "partners.Recipient",
    "attested_by",
    Personal(
        _("Who declared a recipient's conditions"),
        Kind.BASIC,
        ("security",),
        "attested_by",
        source="use",
        on_erase="keep",
        retention="proof+3y",
        clauses=("C4.1-03",),
    ),
)
declare("partners.Recipient", "attested_at", NotPersonal("when the conditions were declared"))
declare(
    "partners.ConsentText", "id organization recipient version language text_hash content made_at",
    NotPersonal("a text shown to everybody"),
)  # fmt: skip
declare(
    "partners.Disclosure",
    "subject recipient recipient_name act why fields basis consent_version exception digest actor_id"
    " actor_name at",
    _LOG,
)
declare("partners.Disclosure", "id organization", _TECHNICAL)
_MESSAGE = Personal(
    _("A message to a partner on its way, encrypted until it is delivered"), Kind.BASIC, ("security",),
    "subject", source="use", controller="operator", retention="6m", aged_by="due_at", clauses=("C4.1-02", "C5.1-03"),
)  # fmt: skip
declare(
    "partners.Outgoing", "subject recipient disclosure act state attempts due_at settled_at problem", _MESSAGE
)
declare(
    "partners.Outgoing",
    "body",
    Personal(
        _("The content of a message to a partner, until it is delivered"), Kind.SENSITIVE, (SHARING,),
        "subject", source="use", retention="30d", aged_by="due_at", clauses=("C4.1-02", "C5.1-03"),
    ),
)  # fmt: skip
declare("partners.Outgoing", "id organization", _TECHNICAL)
declare(
    "partners.Inbound", "id organization recipient message_id act source received_at",
    NotPersonal("the number of a message"),
)  # fmt: skip
_BOUND = Personal(
    _("Your payment account: nickname, portrait, account name"), Kind.SENSITIVE, (SHARING,), "employee",
    source="person", clauses=("C2.4-03",),
)  # fmt: skip
declare("partners.Binding", "content", _BOUND)
declare(
    "partners.Binding",
    "employee recipient bound_at",
    Personal(
        _("That you bound an account at a company, and when"),
        Kind.BASIC,
        ("basic",),
        "employee",
        source="person",
        clauses=("C2.4-03",),
    ),
)
declare("partners.Binding", "id organization", _TECHNICAL)


def _contract(on_erase: str) -> Personal:
    return Personal(
        _("Contracts with you"),
        Kind.BASIC,
        ("basic",),
        "employee",
        source="organization",
        on_erase=on_erase,
        clauses=("C2.7-07",),
    )


# A use without consent names the contract it rests on, and is kept as proof: so is that there was one.
declare("partners.SubjectContract", "employee", _contract("pseudonym"))
declare("partners.SubjectContract", "number starts_on ends_on", _contract("keep"))
declare("partners.SubjectContract", "id organization", _TECHNICAL)
declare(
    "partners.LegalException",
    "use basis subject fields reason reference authority document officer danger no_consent contract source_link"
    " source_on channel state entered_by approved_by seconded_by entered_at approved_at expires_on review_on"
    " reviewed_at",
    Personal(
        _("Uses of your data without consent, with their legal basis"), Kind.BASIC, ("security",), "subject",
        source="organization", controller="operator", retention="case+3y", on_erase="keep",
        aged_by="entered_at", clauses=("C2.7-01", "C4.1-03"),
    ),
)  # fmt: skip
declare("partners.LegalException", "id organization", _TECHNICAL)
declare(
    "partners.CrossBorder",
    "entered_by",
    Personal(
        _("Who declared a recipient's conditions"),
        Kind.BASIC,
        ("security",),
        "entered_by",
        source="use",
        on_erase="pseudonym",
        clauses=("C4.1-03",),
    ),
)
declare(
    "partners.CrossBorder",
    "id organization recipient ground reference assessment assessed_on holds_until",
    NotPersonal("about a company"),
)
declare(
    "partners.Publication",
    "subject kind title text state exception entered_by approved_by published_at withdrawn_at appeal appealed_at",
    Personal(
        _("What was made public about you"), Kind.BASIC, ("security",), "subject", source="organization",
        clauses=("C4.3-02", "C4.3-03"),
    ),
)  # fmt: skip
declare("partners.Publication", "id organization", _TECHNICAL)
declare(
    "partners.Package",
    "employee recipient_name why scope made_at handed_at",
    Personal(
        _("Data you had packed for somebody you named"), Kind.ADDITIONAL, ("basic",), "employee",
        clauses=("C4.2-02",),
    ),
)  # fmt: skip
declare("partners.Package", "id organization", _TECHNICAL)
declare(
    "partners.App", "id organization recipient redirects purposes secret_digest", NotPersonal("about an app")
)
declare(
    "partners.AppGrant",
    "app employee scopes version code_digest code_until challenge redirect token_digest token_until notice_hash"
    " granted_at revoked_at",
    Personal(
        _("Apps you opened with your account"), Kind.BASIC, ("security",), "employee", source="use",
        clauses=("C4.1-12",),
    ),
)  # fmt: skip
declare("partners.AppGrant", "id organization", _TECHNICAL)
withhold(
    "partners.AppGrant",
    "challenge",
    because=_("the secret of a key or address, which would open what it opens to anybody who finds it"),
)
