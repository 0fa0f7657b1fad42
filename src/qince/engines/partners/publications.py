"""Making something about a person public in the organization: consent for that very item, or a recorded exception.

The question about an item is a purpose of its own in the ledger, `publish.<item>`.
"""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.core.privacy import added
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.added import Shown
from qince.core.privacy.gate import Standing
from qince.core.privacy.registry import Kind, Purpose
from qince.engines.partners import legal
from qince.engines.partners.models import LegalException, Publication
from qince.engines.partners.rules import APPROVE, EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.validation import check

PREFIX = "publish"
FIELD = "publication"  # what an exception must name to stand for a publication
State = Publication.State


def code_of(item: Publication) -> str:
    return f"{PREFIX}.{item.pk.hex}"


def item_of(code: str) -> Publication | None:
    prefix, _dot, rest = code.partition(".")
    try:
        key = UUID(hex=rest)
    except ValueError:
        return None
    return Publication.objects.filter(pk=key).first() if prefix == PREFIX else None


def text_hash(item: Publication) -> str:
    """Of what would be read by everybody: a consent is for these very words."""
    text = json.dumps([item.kind, item.title, item.text], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _find(code: str) -> Purpose | None:
    item = item_of(code)
    if item is None:
        return None
    return Purpose(
        code=code,
        title=_("Publishing: %(title)s") % {"title": item.title},
        why=_("Your organization wants to make this public to all its members."),
        scope=item.text,
        method=_("Shown on the page of published items until you take your consent back or it is withdrawn."),
        if_refused=_("It is not published. Nothing else changes for you."),
        kind=Kind.SENSITIVE,
    )


def _shown(code: str, given: str) -> Shown | None:
    item = item_of(code)
    return Shown("publication", given) if item is not None and text_hash(item) == given else None


added.provide(PREFIX, find=_find, shown=_shown)


@action("partners.draft_publication", permission=EDIT)
def draft(actor: Actor, *, now: datetime, subject: Employee, kind: str, title: str, text: str) -> Publication:
    """Write it. The person concerned sees it and may agree; until then nobody else does."""
    item = Publication(
        subject=subject, kind=kind, title=title.strip(), text=text.strip(), entered_by_id=actor.employee_id
    )
    check(item)
    item.save()
    note(item, kind=kind)
    return item


@action("partners.publish", permission=APPROVE)
def publish_item(
    actor: Actor, item: Publication, *, now: datetime, exception: LegalException | None = None
) -> Publication:
    """Make it public: with the person's consent to this item, or an exception that names it; approved by another."""
    found = Publication.objects.select_for_update().select_related("subject").get(pk=item.pk)
    if found.state == State.PUBLISHED:
        raise Refusal("already_published", _("It is published already."))
    if found.entered_by_id == actor.employee_id:
        raise Refusal("same_person", _("Somebody else than who wrote it has to approve."))
    if exception is not None:
        legal.require(
            exception, use=LegalException.Use.DISCLOSE, subject=found.subject, names=(FIELD,), now=now
        )
    else:
        Standing(found.subject_id).require(
            code_of(found),
            alternative=_("The person has not agreed to publishing this. Nothing was published."),
        )
    found.state, found.exception, found.published_at = State.PUBLISHED, exception, now
    found.approved_by_id, found.withdrawn_at = actor.employee_id, None
    found.save()
    note(found, state=State.PUBLISHED, basis="exception" if exception else "consent")
    return found


@action("partners.withdraw_publication", permission=APPROVE)
def withdraw(actor: Actor, item: Publication, *, now: datetime) -> Publication:
    found = Publication.objects.select_for_update().get(pk=item.pk)
    _take_down(found, now)
    note(found, state=State.WITHDRAWN)
    return found


@action("partners.appeal_publication", permission=None)
def appeal(actor: Actor, item: Publication, *, now: datetime, text: str) -> Publication:
    """The person concerned objects to what was published about them; the privacy role sees it at once."""
    found: Publication | None = (
        Publication.objects.select_for_update().filter(pk=item.pk, subject=actor.person_id).first()
    )
    if found is None:
        raise NotFound
    if not text.strip():
        raise Refusal("part_missing", _("Say why."), field="text")
    found.appeal, found.appealed_at = text.strip()[:500], now
    found.save()
    note(found, appealed=True)
    return found


def take_down(code: str, *, now: datetime) -> None:
    """The person took the consent to this item back: it is gone at once, unless an exception carries it."""
    item = item_of(code)
    if item is not None and item.state == State.PUBLISHED and item.exception_id is None:
        _take_down(item, now)


def _take_down(item: Publication, now: datetime) -> None:
    item.state, item.withdrawn_at = State.WITHDRAWN, now
    item.save()


def published() -> list[Publication]:
    """What every member of the organization may read now."""
    rows = Publication.objects.filter(state=State.PUBLISHED).select_related("subject", "exception")
    return list(rows.order_by("-published_at")[:200])


def stands(item: Publication) -> bool:
    """Whether the person's consent to this item stands."""
    return Standing(item.subject_id).allows(code_of(item))


def decide(actor: Actor, item: Publication, *, act: str, text_hash: str, now: datetime) -> None:
    """The person's own word on the item, into the ledger."""
    decision = Decision(
        id=uuid7(), purpose=code_of(item), act=act, notice_hash=text_hash[:64], occurred_at=now
    )
    record_consent(actor, decision=decision, now=now)
