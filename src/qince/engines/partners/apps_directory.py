"""Apps that members open with their account here: OAuth 2 with a code and PKCE, an exact address to return to, opaque
tokens kept as digests, and a name for each person that no other app knows.

An app is a recipient: administrator and member both open it, and every profile it reads goes through the door.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.accounts.keys import token_digest
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.privacy import notice
from qince.core.privacy.gate import ConsentRequired, Standing
from qince.core.privacy.language import supported_language
from qince.engines.partners import door
from qince.engines.partners.addresses import Unsafe
from qince.engines.partners.addresses import taken_apart as address_parts
from qince.engines.partners.consents import code_of
from qince.engines.partners.models import App, AppGrant, Recipient
from qince.engines.partners.registry import FIELDS
from qince.engines.partners.rules import EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

CODE_LIVES, TOKEN_LIVES = timedelta(minutes=1), timedelta(hours=8)
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class BadGrant(Refusal):
    """What OAuth calls invalid: `code` is its word for the app, the message is for people."""

    status = 400


class NoToken(Refusal):
    status = 401


@action("partners.set_app", permission=EDIT)
def set_app(
    actor: Actor, recipient: Recipient, *, now: datetime, redirects: list[str], purposes: list[str]
) -> App:
    """Say where an app returns to, word for word, and for which purposes it may be embedded."""
    held = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if not held.declared.is_app:
        raise Refusal("not_an_app", _("This recipient is no app."))
    for address in redirects:
        _require_return(address)
    app, _created = App.objects.update_or_create(
        recipient=held, defaults={"redirects": redirects, "purposes": purposes}
    )
    note(app, redirects=redirects, purposes=purposes)
    return app


def _require_return(address: str) -> None:
    try:
        parts, _host, _port = address_parts(address)
    except Unsafe:
        parts = None
    if parts is None or parts.scheme != "https" or parts.fragment or "*" in address:
        raise Refusal(
            "invalid_redirect", _("Each address begins with https:// and is complete."), field="redirects"
        )


@action("partners.renew_app_secret", permission=EDIT)
def renew_app_secret(actor: Actor, app: App, *, now: datetime) -> tuple[str, str]:
    """(client id, client secret); the secret is shown this once, and earlier tokens die."""
    found = App.objects.select_for_update().get(pk=app.pk)
    secret = secrets.token_urlsafe(32)
    found.secret_digest = token_digest(secret)
    found.save()
    _revoke(AppGrant.objects.filter(app=found, revoked_at__isnull=True), now)
    note(found)
    return client_id(found), secret


def client_id(app: App) -> str:
    return f"{app.organization_id.hex}-{app.pk.hex}"  # type: ignore[union-attr]


def taken_apart(text: str) -> tuple[UUID, UUID]:
    """Organization and app of a client id; `BadGrant` for what is none."""
    whose, _dash, key = text.partition("-")
    try:
        return UUID(hex=whose), UUID(hex=key)
    except ValueError:
        raise unknown_client() from None


def unknown_client() -> BadGrant:
    return BadGrant("invalid_client", _("This app is not known here."), status=401)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an app asks a member for."""

    app: App
    redirect: str
    scopes: tuple[str, ...]
    challenge: str
    state: str

    @property
    def recipient(self) -> Recipient:
        return self.app.recipient


def wanted(organization: UUID, asked: dict[str, str]) -> Wanted:
    """The request in the member's browser, checked before anything is shown or anybody sent back anywhere."""
    whose, key = taken_apart(asked.get("client_id", ""))
    app = App.objects.select_related("recipient__organization").filter(pk=key).first()
    if whose != organization or app is None:
        raise NotFound
    if asked.get("redirect_uri") not in app.redirects:
        raise BadGrant("invalid_redirect", _("The app wants to return to an address that is not registered."))
    if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
        raise BadGrant("invalid_request", _("The app asks in a way that is not offered here."))
    if not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        raise BadGrant("invalid_request", _("The app asks in a way that is not offered here."))
    scopes = tuple(dict.fromkeys((asked.get("scope") or " ".join(app.recipient.fields)).split()))
    if not scopes or not set(scopes) <= set(app.recipient.fields):
        raise BadGrant("invalid_scope", _("The app asks for more than was agreed."))
    return Wanted(app, asked["redirect_uri"], scopes, asked["code_challenge"], asked.get("state", "")[:200])


@action("partners.open_app", permission=None)
def open_app(actor: Actor, *, request: Wanted, now: datetime) -> str:
    """The member lets the app in, having agreed in the ledger; the code to hand it, good for one minute, once."""
    person = Employee.objects.get(pk=actor.person_id)
    recipient = request.recipient
    door.allow(recipient, person, request.scopes, now=now)
    code = secrets.token_urlsafe(32)
    AppGrant.objects.update_or_create(
        app=request.app, employee=person,
        defaults={
            "scopes": list(request.scopes), "version": recipient.version, "code_digest": token_digest(code),
            "code_until": now + CODE_LIVES, "challenge": request.challenge, "redirect": request.redirect,
            "token_digest": "", "token_until": None, "revoked_at": None,
        },
    )  # fmt: skip
    note(recipient, scopes=list(request.scopes))
    return f"{request.app.organization_id.hex}-{code}"  # type: ignore[union-attr]


@action("partners.redeem", permission="partners.redeem")
def redeem(
    actor: Actor, *, app_id: UUID, secret: str, code: str, verifier: str, redirect: str, now: datetime
) -> dict[str, Any]:
    """A code against a token: once, in time, by the app it was made for, with the proof and the same address."""
    app = App.objects.select_related("recipient__organization").filter(pk=app_id).first()
    if app is None or not app.secret_digest or not _same(token_digest(secret), app.secret_digest):
        raise unknown_client()
    grants = AppGrant.objects.select_for_update(of=("self",)).select_related("employee")
    grant = grants.filter(app=app, code_digest=token_digest(code)).first()
    if grant is None or not _fits(grant, verifier, redirect, now):
        if grant is not None:
            _revoke(AppGrant.objects.filter(pk=grant.pk), now)
        raise BadGrant("invalid_grant", _("The code is used up, too old, or not for this app."))
    door.allow(app.recipient, grant.employee, grant.scopes, now=now)
    token = secrets.token_urlsafe(32)
    grant.token_digest, grant.token_until = token_digest(token), now + TOKEN_LIVES
    grant.code_digest, grant.notice_hash = "", _policy(app.recipient.organization)
    grant.save()
    note(app.recipient, token="issued")
    return {
        "access_token": f"{app.organization_id.hex}-{token}",  # type: ignore[union-attr]
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LIVES.total_seconds()),
        "scope": " ".join(grant.scopes),
        "organization": app.organization_id.hex,  # type: ignore[union-attr]
        "policy_version": grant.notice_hash,
        "purposes": app.purposes,
    }


def _fits(grant: AppGrant, verifier: str, redirect: str, now: datetime) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    proof = urlsafe_b64encode(digest).rstrip(b"=").decode()
    in_time = grant.code_until is not None and now <= grant.code_until
    return in_time and _same(proof, grant.challenge) and redirect == grant.redirect and not grant.revoked_at


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _policy(organization: Organization) -> str:
    """The policy in force that a token is bound to: its hash in the service's own language."""
    return notice.current(organization, supported_language()).hash


@action("partners.read_profile", permission="partners.read_profile")
def read_profile(
    actor: Actor, *, token: str, purpose: str = "", policy: str = "", now: datetime
) -> dict[str, str]:
    """What the app may know of the member behind the token, through the door, noted each time.

    An embedding app says for which purpose it asks and under which policy; one that is not its own, or is no longer
    in force, is refused.
    """
    rows = AppGrant.objects.select_related("app__recipient__organization", "employee")
    grant = rows.filter(token_digest=token_digest(token), revoked_at__isnull=True).first() if token else None
    if grant is None or grant.token_until is None or now > grant.token_until:
        raise NoToken("invalid_token", _("The token is not valid, or no longer."))
    app = grant.app
    if grant.version != app.recipient.version:
        raise ConsentRequired(code_of(app.recipient))
    if purpose and purpose not in app.purposes:
        raise BadGrant("purpose_not_agreed", _("The app may not be embedded for this purpose."), status=403)
    stated = policy or grant.notice_hash
    if notice.in_force(stated, app.recipient.organization) is None:
        raise BadGrant(
            "policy_outdated", _("The privacy policy has changed. Open the app again."), status=403
        )
    return door.release(
        actor, subject=grant.employee, recipient=app.recipient, names=tuple(grant.scopes), act="profile",
        why=app.recipient.purpose, now=now,
    )  # fmt: skip


@action("partners.close_app", permission=None)
def close_app(actor: Actor, recipient: Recipient, *, now: datetime) -> int:
    """Shut one's own access for an app: its tokens are dead at once."""
    grants = AppGrant.objects.filter(
        app__recipient=recipient, employee=actor.person_id, revoked_at__isnull=True
    )
    count = _revoke(grants, now)
    note(recipient, revoked=count)
    return count


def _revoke(grants: Any, now: datetime) -> int:
    return grants.update(revoked_at=now, token_digest="", code_digest="")


def directory(person: Employee) -> list[dict[str, Any]]:
    """The apps open to the person's staff group, with where the person stands on each."""
    standing = Standing(person.pk)
    found = []
    for app in App.objects.filter(recipient__is_on=True).select_related("recipient__organization"):
        recipient = app.recipient
        if door.is_offered_to(recipient, person):
            found.append({"recipient": recipient, "is_available": standing.allows(code_of(recipient))})
    return found


def scope_words(names: tuple[str, ...]) -> list[str]:
    return [str(FIELDS[name].label) for name in names]
