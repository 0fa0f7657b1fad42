"""The notice, composed from the declarations for one organization and language; every version is kept."""

import hashlib
import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qince.core.organizations.functions import family_of, is_open
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import LocationUse, Settings
from qince.core.privacy import documents, inventory
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.registry import Purpose, Use, declared
from qince.kit import clock

PRIVACY, TERMS = "privacy", "terms"
# The nine parts, in the agreement's own order (C0-15).
PARTS = (
    "definitions", "collection", "cookies", "sharing", "storage", "rights", "minors", "updates", "contact",
)  # fmt: skip


def current(organization: Organization | None, language: str) -> NoticeVersion:
    """The notice now in force for `organization` (None: the general one), kept from its first serving on."""
    content = _content(organization, language)
    text_hash = _hash(content)
    same = NoticeVersion.objects.filter(organization=organization, language=language)
    found = same.filter(hash=text_hash).first()
    return found or _keep(organization, language, content, text_hash, clock.now())


def in_force(text_hash: str, organization: Organization) -> NoticeVersion | None:
    """The notice with this hash, if it is one now shown to the people of `organization`; None for any other.

    The general notice counts too: it is read before signing in and names every function there can be.
    """
    for whose in (organization, None):
        for language, _name in settings.LANGUAGES:
            if _hash(_content(whose, language)) == text_hash:
                return current(whose, language)
    return None


def versions(organization: Organization | None, language: str) -> QuerySet[NoticeVersion]:
    """Every version ever served to these readers, latest first."""
    mine = (
        Q(organization__isnull=True) | Q(organization=organization) if organization else Q(organization=None)
    )
    return NoticeVersion.objects.filter(mine, language=language).order_by("-released_at")


def open_uses(organization: Organization | None) -> tuple[Use, ...]:
    """The named functions that are on: all of them in the general notice."""
    if organization is None:
        return tuple(declared.uses)
    chosen = Settings.of(organization).as_dict()
    return tuple(
        use
        for use in declared.uses
        if chosen.get(use.setting) != LocationUse.OFF and is_open(organization, family_of(use.code))
    )


def open_purposes(uses: tuple[Use, ...]) -> list[Purpose]:
    """The purposes that apply: one made of named functions only while at least one of these is on."""
    named, on = {use.purpose for use in declared.uses}, {use.purpose for use in uses}
    return [each for code, each in declared.purposes.items() if code not in named or code in on]


def _content(organization: Organization | None, language: str) -> dict[str, Any]:
    name = organization.name if organization else ""
    return _composed(
        name, language, open_uses(organization), tuple(settings.OPERATOR.items()), settings.TILE_URL
    )


@lru_cache(maxsize=256)
def _composed(
    name: str, language: str, uses: tuple[Use, ...], operator: tuple[tuple[str, str], ...], tiles: str
) -> dict[str, Any]:
    with translation.override(language):
        purposes = open_purposes(uses)
        contact = dict(operator)
        values = {
            "organization": name or _("your organization"),
            "operator": contact["name"] or _("the operator named at the end"),
        }
        generated = inventory.generated(purposes, uses, contact, tiles)
        found = [documents.read(kind, language, values, generated) for kind in (PRIVACY, TERMS)]
        return {
            "documents": [document.as_dict() for document in found],
            "purposes": [purpose.as_dict() for purpose in purposes if purpose.is_asked],
        }


def _hash(content: dict[str, Any]) -> str:
    """SHA-256 of the text as canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(
    organization: Organization | None, language: str, content: dict[str, Any], text_hash: str, now: datetime
) -> NoticeVersion:
    day = timezone.localtime(now).date()
    earlier = NoticeVersion.objects.filter(
        organization=organization, language=language, version__startswith=f"{day:%Y-%m-%d}."
    )
    kept, _created = NoticeVersion.objects.get_or_create(
        organization=organization,
        language=language,
        hash=text_hash,
        defaults={
            "version": f"{day:%Y-%m-%d}.{earlier.count() + 1}",
            "content": content,
            "released_at": now,
        },
    )
    return kept
