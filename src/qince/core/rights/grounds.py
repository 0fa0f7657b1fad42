"""The closed lists of the agreement: grounds of a deletion (6.2), and grounds of a refusal (6.7)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text


class Deletion(models.TextChoices):
    UNLAWFUL = "unlawful", _("The handling breaks a law or regulation")
    NO_CONSENT = "no_consent", _("It was collected without my explicit consent")
    BREACH = "breach", _("The handling is a serious breach of the agreement")
    ENDED = "ended", _("The service ended, or I no longer use it")
    PURPOSE = "purpose", _("The purpose is achieved, impossible or no longer necessary")
    OTHER_LAW = "other_law", _("Another case that a law names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ground of refusal and what must be on file before it counts."""

    code: str
    title: Text
    clause: str
    second_person: bool = False
    reference: Text = ""  # what the reference is, when one is needed
    evidence: bool = False
    tried: Text = ""  # what must have been tried first, in words
    partial: bool = False  # a partial answer is on file …
    or_reason: bool = False  # … or the reason why there is none
    harm: bool = False
    key_offer: bool = False
    earlier: int = 0  # like cases before this one
    may_be_silent: bool = False


_LAW = _("legal reference")

REFUSALS: dict[str, Ground] = {
    ground.code: ground
    for ground in (
        Ground(code="not_tied", clause="C6.7-06", title=_("It is not directly tied to your identity")),
        Ground(
            code="repetition", clause="C6.7-07", earlier=2, title=_("It repeats earlier requests without cause")
        ),
        Ground(
            code="excessive", clause="C6.7-08", second_person=True,
            title=_("It would take excessive technical means"),
        ),
        Ground(
            code="others", clause="C6.7-09", title=_("It puts the lawful rights of others at risk"),
            tried=_("how masking the others' data was tried, and why it failed"),
        ),
        Ground(
            code="unrealistic", clause="C6.7-10", key_offer=True,
            title=_("It is unrealistic, such as data on backups alone"),
        ),
        Ground(
            code="security", clause="C6.7-11", second_person=True, reference=_LAW,
            title=_("National security or defence"),
        ),
        Ground(
            code="public", clause="C6.7-12", second_person=True, reference=_LAW,
            title=_("Public safety, public health or a major public interest"),
        ),
        Ground(
            code="criminal", clause="C6.7-13", second_person=True, reference=_("document number"),
            may_be_silent=True, title=_("Criminal investigation, prosecution, trial or execution of a judgment"),
        ),
        Ground(
            code="malice", clause="C6.7-14", evidence=True,
            title=_("Sufficient evidence of malice or abuse of rights"),
        ),
        Ground(
            code="harm", clause="C6.7-15", reference=_LAW, harm=True, partial=True, or_reason=True,
            title=_("Serious harm to the lawful rights of you or others"),
        ),
        Ground(
            code="secrets", clause="C6.7-16", partial=True,
            title=_("Trade secrets of the operator or of your organization"),
        ),
    )
}  # fmt: skip
CHOICES = [(ground.code, ground.title) for ground in REFUSALS.values()]
