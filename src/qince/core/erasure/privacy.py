"""What erasing itself remembers: proof without identity, and who carried it out."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import (
    Kind,
    NotPersonal,
    Personal,
    contact,
    declare,
    function,
    purpose,
    withhold,
)

function(
    "erasure.erase",
    _("Erasing people and giving copies"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("That somebody was erased, never who; and who carried it out."),
    why=_("So that an erasure holds, also after a restored backup, and can be proved."),
    method=_("Noted by the program before the first deletion, as digests that lead back to nobody."),
    if_refused=_("The law requires this proof."),
)


def _officer(subject: str) -> Personal:
    return Personal(
        _("Acts of privacy officers"),
        Kind.BASIC,
        ("security",),
        subject,
        source="use",
        on_erase="pseudonym",
        clauses=("C5.3-03",),
    )


LONGER = purpose(
    "longer_retention",
    title=_("Keeping your data longer"),
    why=_("So that you can look up your own work records for longer after you have left."),
    scope=_("What is otherwise erased two years after your employment ends."),
    method=_("It stays a year longer, and goes at the next daily run when you withdraw."),
    if_refused=_("Your data is erased two years after your employment ends. Nothing else changes."),
    kind=Kind.ADDITIONAL,
)
_PROOF = NotPersonal("says that somebody was erased, never who")

declare("erasure.Erasure", "requested_by", _officer("requested_by"))
declare(
    "erasure.Erasure",
    "subject_id account_id match",
    NotPersonal("tells the work whom to erase, and is emptied with its last step"),
)
declare(
    "erasure.Erasure",
    "id organization kind subject_digest case_digest pseudonym ledger_entry state begun_at finished_at steps "
    "planned proof signature",
    _PROOF,
)
_COPY = Personal(
    _("Copies of your data, made for you"),
    Kind.BASIC,
    ("security",),
    "employee",
    source="use",
    retention="30d",
    aged_by="requested_at",
    clauses=("C6.1-08",),
)
declare(
    "erasure.Copy",
    "employee case_digest scope state expected processed size requested_at expires_at collected_at",
    _COPY,
)
declare("erasure.Copy", "name mobile email", replace(_COPY, subject="self"))
contact("erasure.Copy", name="name", mobile="mobile", email="email")
declare("erasure.Copy", "requested_by", _officer("requested_by"))
declare("erasure.Copy", "id organization link_digest link_until", NotPersonal("technical key"))
_SET_ASIDE = Personal(
    _("What is kept of you while its use is restricted"), Kind.BASIC, ("security",), "self",
    source="organization", retention="contact+2y", clauses=("C6.2-12",),
)  # fmt: skip
declare("erasure.SetAside", "name mobile email", _SET_ASIDE)
contact("erasure.SetAside", name="name", mobile="mobile", email="email", ended_at="at")
declare(
    "erasure.SetAside", "id organization model row_id case_digest at", NotPersonal("about a record of work")
)
declare("erasure.Report", "id organization ran_at is_dry_run lines rows left signature", _PROOF)
declare("erasure.Mark", "number", _PROOF)
declare("erasure.Farewell", "token_digest erased_at", NotPersonal("a digest of random bits"))
declare("erasure.Hold", "placed_by", _officer("placed_by"))
declare(
    "erasure.Hold",
    "id organization model row_id reason reference until placed_at released_at",
    NotPersonal("about a contract or proceeding; which record it keeps is declared with that record"),
)
withhold("erasure.Erasure", "subject_id account_id match", because=_("names who is being erased"))
withhold(
    "erasure.SetAside",
    "id organization model row_id name mobile email case_digest at",
    because=_("may only be stored and kept safe now"),
)
