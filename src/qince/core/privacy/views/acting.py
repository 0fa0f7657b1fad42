"""What the pages share: whose notice it is, and putting a pressed button on record."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from qince.core.accounts import devices
from qince.core.organizations.models import Organization
from qince.core.privacy import notice
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.language import supported_language
from qince.core.privacy.models import NoticeVersion
from qince.kit import clock
from qince.kit.ids import uuid7


def organization_of(request: HttpRequest) -> Organization | None:
    actor = getattr(request, "actor", None)
    return Organization.objects.filter(pk=actor.organization_id).first() if actor else None


def notice_for(request: HttpRequest) -> NoticeVersion:
    return notice.current(organization_of(request), supported_language())


def record(
    request: HttpRequest, purpose: str, act: str, circumstances: str = "", *, notice_hash: str
) -> None:
    """One act of the person at the console; raises what `record_consent` raises."""
    now = clock.now()
    decision = Decision(
        id=uuid7(),
        purpose=purpose,
        act=act,
        circumstances=circumstances,
        notice_hash=notice_hash[:64],
        occurred_at=now,
    )
    record_consent(request.actor, decision=decision, now=now)  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> HttpResponseBase:
    """Sign out after declining or taking back the agreement without which nothing works."""
    devices.sign_out(Q(pk=request.actor.device_id), now=clock.now())  # type: ignore[attr-defined]
    request.session.flush()
    request.actor = None  # type: ignore[attr-defined]
    return render(request, "privacy/declined.html")
