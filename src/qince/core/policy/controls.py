"""The control map: what ISO/IEC 27701, ISO/IEC 27018 and the third security grade ask, and where it is shown.

A map is no certificate: the notice claims none that the operator has not stated (`QINCE_CERTIFICATES`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Control:
    """`evidence` is the name of an address where it can be seen; `note` says what the operator has to add."""

    standard: str
    topic: Text
    how: Text
    evidence: str = ""
    note: Text = ""


ISO_27701, ISO_27018, GRADE_3 = "ISO/IEC 27701", "ISO/IEC 27018", "GB/T 22239, grade 3"
CONTROLS: tuple[Control, ...] = (
    Control(
        ISO_27701, _("Purposes are identified and documented"),
        _("every field names its purposes; what is undeclared fails the build"), "policy:processing",
    ),
    Control(
        ISO_27701, _("Lawful basis and consent"),
        _("one gate before anything is taken; a ledger that only grows"), "privacy:notice",
    ),
    Control(
        ISO_27701, _("Impact assessment"),
        _("a register; high and unsigned holds the purpose shut"), "policy:assessment_list",
    ),
    Control(
        ISO_27701, _("Records of processing"), _("made from the declarations, exported at any time"),
        "policy:processing",
    ),
    Control(
        ISO_27701, _("Information for people"), _("a notice per organization, every version kept"),
        "privacy:versions",
    ),
    Control(
        ISO_27701, _("Access, correction, erasure, withdrawal"),
        _("each person's own page; cases with clocks for the rest"), "privacy:mine",
    ),
    Control(
        ISO_27701, _("Limited collection and use"),
        _("unknown fields are refused; a field is read for its declared purposes only"), "privacy:life",
    ),
    Control(
        ISO_27701, _("Retention and disposal"), _("a term with a reason for every field"), "privacy:life",
    ),
    Control(
        ISO_27018, _("Temporary files"),
        _("exports are streamed; spreadsheets live in unnamed files that end with the answer"), "policy:processing",
    ),
    Control(
        ISO_27018, _("Record of disclosures"), _("every export is an entry of the trail"), "audit:entry_list",
    ),
    Control(
        ISO_27018, _("List of sub-processors"), _("recipients are part of the notice and of every release"),
        "policy:releases",
    ),
    Control(
        ISO_27018, _("Return, transfer and disposal"),
        _("a backup is one archive; erasing walks the declarations"), "privacy:life",
    ),
    Control(
        ISO_27018, _("Processing on instruction only"),
        _("each organization's switches decide which functions run"), "policy:processing",
    ),
    Control(
        GRADE_3, _("Two-factor sign-in for administrators"),
        _("an authenticator app; an organization can demand it"), "signin:organization_settings",
    ),
    Control(
        GRADE_3, _("Pause after failed tries, sign-out when idle"),
        _("rate limits that slow a guesser; sessions end by themselves"), "",
        _("choose the length of sessions with your own rules in mind"),
    ),
    Control(
        GRADE_3, _("Separated duties"),
        _("administrator, auditor and privacy officer are roles of their own"), "access:roles_list",
    ),
    Control(
        GRADE_3, _("Protected logs"), _("a hash chain that finds alterations, gaps and cuts"),
        "audit:verification",
    ),
    Control(
        GRADE_3, _("Encryption in transit"), _("TLS 1.2 or newer by our own web server or the operator's proxy"), "",
        _("needs a certificate"),
    ),
)  # fmt: skip
