"""Making a release: compare with the one before, refuse what is not allowed, lay down what must happen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from qince.core.organizations.models import Organization
from qince.core.policy import queries, significance, snapshot
from qince.core.policy.models import Assessment, Release
from qince.core.policy.significance import Reason
from qince.core.privacy import notice
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

COMMENT_DAYS = 15


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a release made now would be."""

    before: Release | None
    taken: snapshot.Snapshot
    reasons: list[Reason]
    unsigned: list[str]  # subjects of high-risk assessments that nobody has signed

    @property
    def has_changed(self) -> bool:
        return self.before is None or self.before.hash != snapshot.digest(self.taken)


def compared() -> Comparison:
    before = Release.objects.order_by("-number").first()
    taken = snapshot.taken()
    found = significance.reasons(before.snapshot, taken) if before else []
    risks = _high_risks(before.announced_at if before else None)
    return Comparison(before, taken, [*found, *risks.signed], risks.unsigned)


def compared_here() -> Comparison:
    """The same as one organization's privacy officer sees it, with the own assessments only."""
    before = Release.objects.order_by("-number").first()
    taken = snapshot.taken()
    found = significance.reasons(before.snapshot, taken) if before else []
    rows = Assessment.objects.filter(risk=Assessment.Risk.HIGH, signed_at__isnull=True)
    return Comparison(before, taken, found, sorted({str(each) for each in rows}))


@dataclass(frozen=True, slots=True)
class _Risks:
    signed: list[Reason]
    unsigned: list[str]


def _high_risks(since: datetime | None) -> _Risks:
    """High risks of all organizations: those signed since the last release are a reason, unsigned ones a bar."""
    signed, unsigned = [], []
    for key in Organization.objects.values_list("pk", flat=True):
        with tenant(key):
            for each in Assessment.objects.filter(risk=Assessment.Risk.HIGH):
                if each.signed_at is None:
                    unsigned.append(str(each))
                elif since and each.signed_at > since:
                    signed.append(Reason("C8-09", "high_risk", each.subject))
    return _Risks(list(dict.fromkeys(signed)), sorted(set(unsigned)))


def release(
    *, now: datetime, notes: str = "", comment_days: int = COMMENT_DAYS, is_succession: bool = False
) -> Release:
    """Make the next release. A significant one waits for its comments and is in force after them. With `is_succession`
    a new operator takes over: where its policy differs, every consent has to be given anew (C4.2-03).

    Refuses when nothing has changed, and while an assessment of high risk is unsigned (C8-09).
    """
    queries.forget()
    _keep_general_texts()
    with transaction.atomic():
        made = _made(compared(), now, notes, comment_days, is_succession)
    queries.forget()
    return made


def _keep_general_texts() -> None:
    """What readers had before, in every language: the differences are shown against it."""
    for language, _name in settings.LANGUAGES:
        notice.current(None, language)


def _made(
    found: Comparison, now: datetime, notes: str, comment_days: int, is_succession: bool = False
) -> Release:
    if not found.has_changed and not found.reasons:
        raise Refusal("nothing_changed", _("Nothing has changed since the last release."))
    if found.unsigned:
        raise Refusal(
            "assessment_unsigned",
            _("An impact assessment found a high risk and is not signed: %(subjects)s")
            % {"subjects": ", ".join(found.unsigned)},
        )
    waits = timedelta(days=comment_days) if found.reasons else timedelta(0)
    return Release.objects.create(
        number=found.before.number + 1 if found.before else 1,
        hash=snapshot.digest(found.taken),
        snapshot=found.taken,
        notes=notes,
        reasons=[reason.as_dict() for reason in found.reasons],
        reduces_rights=bool(found.before) and significance.reduces_rights(found.before.snapshot, found.taken),  # type: ignore[union-attr]
        renews_consents=is_succession and significance.differs(found.reasons),
        announced_at=now,
        comments_close_at=now + waits if found.reasons else None,
        effective_at=now + waits,
    )


def release_what_needs_nobody(*, now: datetime) -> Release | None:
    """At start: the first release, and changes that are not considerable. The rest is left to the operator's word.

    While developing (QINCE_DEBUG) everything is released at once.
    """
    found = compared()
    needs_nobody = found.has_changed and not found.unsigned and (settings.DEBUG or not found.reasons)
    if found.before is None or needs_nobody:
        with transaction.atomic():
            made = _made(found, now, "", 0)
        queries.forget()
        return made
    return None
