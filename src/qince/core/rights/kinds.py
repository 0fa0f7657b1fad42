"""The kinds of cases and what each asks for. A leaf: tables, rules and screens read it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text


class Kind(models.TextChoices):
    QUERY = "query", _("See my data")
    CORRECT = "correct", _("Correct data")
    SUPPLEMENT = "supplement", _("Complete data")
    COPY = "copy", _("A copy of the data")
    DELETE = "delete", _("Delete data")
    WITHDRAW = "withdraw", _("Take a consent back")
    CANCEL = "cancel", _("Cancel the account")
    EXPLAIN = "explain", _("Explain a machine decision")
    OBJECT = "object", _("Refuse a machine decision")
    APPEAL = "appeal", _("Appeal against a decision")
    RELATIVE = "relative", _("Relative of somebody who died")
    GUARDIAN = "guardian", _("Guardian of a minor")
    OUTSIDE = "outside", _("Contact person of a customer")
    COMPLAINT = "complaint", _("Complaint")
    SUPPORT = "support", _("Help and service")
    FEEDBACK = "feedback", _("Feedback")


class Asked(models.TextChoices):
    """What somebody who is no member asks for: a member's rights lie in the kinds, theirs are the same ones."""

    QUERY = "query", _("See the data")
    COPY = "copy", _("A copy of the data")
    CORRECT = "correct", _("Correct the data")
    DELETE = "delete", _("Delete the data")
    RESTRICT = "restrict", _("Restrict the use of the data")


@dataclass(frozen=True, slots=True)
class Rules:
    """`proofs`: roles of files without which identity and standing are not shown. `may_erase`: whether erasing the
    person is a way to carry it out; a guardian may also only ask. `says_asked`: the kind says who asks, and the case
    itself says what for (`Asked`).
    """

    needs_identity: bool = True
    needs_authorization: bool = False
    needs_first_case: bool = False
    tells_recipients: bool = False
    may_erase: bool = False
    says_asked: bool = False
    proofs: tuple[str, ...] = ()
    hint: Text = ""


_PLAIN = Rules()
RULES: dict[str, Rules] = {
    Kind.CORRECT: Rules(tells_recipients=True),
    Kind.DELETE: Rules(needs_authorization=True, tells_recipients=True, may_erase=True),
    Kind.CANCEL: Rules(needs_authorization=True, tells_recipients=True, may_erase=True),
    Kind.WITHDRAW: Rules(tells_recipients=True),
    Kind.RELATIVE: Rules(
        proofs=("death", "kinship", "interest"), tells_recipients=True, may_erase=True, says_asked=True
    ),
    Kind.OUTSIDE: Rules(may_erase=True, says_asked=True),
    Kind.GUARDIAN: Rules(proofs=("kinship",), tells_recipients=True, may_erase=True),
    Kind.APPEAL: Rules(needs_first_case=True),
    Kind.COMPLAINT: Rules(needs_identity=False, needs_first_case=True),
    Kind.FEEDBACK: Rules(needs_identity=False),
}
# What a person may open for themselves; the others are about somebody else, or follow from a case.
OWN = (
    Kind.QUERY,
    Kind.CORRECT,
    Kind.SUPPLEMENT,
    Kind.COPY,
    Kind.DELETE,
    Kind.CANCEL,
    Kind.EXPLAIN,
    Kind.OBJECT,
    Kind.SUPPORT,
)
ABOUT_DECISIONS = (Kind.EXPLAIN, Kind.OBJECT)
# Asked by somebody else than whose data it is: the number of whoever asks finds nobody.
ABOUT_OTHERS = (Kind.RELATIVE, Kind.GUARDIAN)


def rules_of(kind: str) -> Rules:
    return RULES.get(kind, _PLAIN)
