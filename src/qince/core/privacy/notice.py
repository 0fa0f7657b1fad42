"""The notice, composed from the declarations for one organization and language; every version is kept."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qince.core.access.registry import PRIVACY_OFFICER
from qince.core.organizations.functions import FAMILIES, family_of, is_open
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import LocationUse, Settings
from qince.core.people.models import Employee
from qince.core.privacy import documents, inventory
from qince.core.privacy.functions import Function
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.naming import mark, named
from qince.core.privacy.recipients import Recipient, recipients_of
from qince.core.privacy.registry import Purpose, declared
from qince.kit import clock
from qince.kit.tenancy import tenant

PRIVACY, TERMS = "privacy", "terms"
# The nine parts, in the agreement's own order (C0-15).
PARTS = (
    "definitions", "collection", "cookies", "sharing", "storage", "rights", "minors", "updates", "contact",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class InForce:
    """The release of the policy in force; `is_changing`: a considerable change is made or announced, and waits."""

    number: int = 1
    is_changing: bool = False


# Told by `core.policy`, which keeps the releases.
_in_force: list[Callable[[], InForce]] = []


def released_by(provider: Callable[[], InForce]) -> None:
    _in_force[:] = [provider]


def release_in_force() -> InForce:
    return _in_force[0]() if _in_force else InForce()


def current(
    organization: Organization | None, language: str, release: InForce | None = None
) -> NoticeVersion:
    """The notice now in force for `organization` (None: the general one), kept from its first serving on.

    While a considerable change waits, its readers get the text they had before.
    """
    release = release or release_in_force()
    kept = NoticeVersion.objects.filter(organization=organization, language=language)
    same = kept.defer("content")  # long, and most who ask want to know which it is
    if release.is_changing:
        before = same.filter(release__lte=release.number).order_by("-release", "-released_at").first()
        if before is not None:
            return before
    text = _text(organization, language, release.number)
    found = same.filter(hash=text.hash).first()
    return found or _keep(organization, language, text, release.number)


def preview(organization: Organization | None, language: str) -> dict[str, Any]:
    """The text as the declarations make it now, kept or not: what an announced change will bring."""
    return named(_text(organization, language, release_in_force().number).content, organization)


def opened(found: NoticeVersion) -> dict[str, Any]:
    """What a reader of this version is shown: the kept text, with the names of the people it speaks of."""
    return named(found.content, found.organization)


def in_force(text_hash: str, organization: Organization) -> NoticeVersion | None:
    """The notice with this hash, if it is one now shown to the people of `organization`; None for any other.

    The general notice counts too: it is read before signing in and names every function there can be.
    """
    whose = Q(organization=organization) | Q(organization=None)
    for served in NoticeVersion.objects.filter(whose, hash=text_hash).values("organization", "language"):
        found = current(organization if served["organization"] else None, served["language"])
        if found.hash == text_hash:
            return found
    return None


def versions(organization: Organization | None, language: str) -> QuerySet[NoticeVersion]:
    """Every version ever served to these readers, latest first."""
    mine = (
        Q(organization__isnull=True) | Q(organization=organization) if organization else Q(organization=None)
    )
    return NoticeVersion.objects.filter(mine, language=language).order_by("-released_at")


def open_functions(organization: Organization | None) -> tuple[Function, ...]:
    """The functions that are on: all of them in the general notice."""
    if organization is None:
        return tuple(declared.functions.values())
    chosen = Settings.of(organization).as_dict()
    families = {family for family in ("", *FAMILIES) if is_open(organization, family)}
    return tuple(
        each
        for each in declared.functions.values()
        if chosen.get(each.setting) != LocationUse.OFF and family_of(each.code) in families
    )


def open_purposes(functions: tuple[Function, ...]) -> list[Purpose]:
    """The purposes that apply: one that functions have a switch for only while at least one of these is on."""
    switched = {code for each in declared.functions.values() if each.setting for code in each.purposes}
    on = {code for each in functions for code in each.purposes}
    return [each for code, each in declared.purposes.items() if code not in switched or code in on]


def officers(organization: Organization) -> tuple[str, ...]:
    """The organization's privacy officers (C9-01), as the text speaks of them: their names are filled in by reading."""
    with tenant(organization):
        rows = Employee.objects.filter(grants__role__key=PRIVACY_OFFICER, status=Employee.Status.ACTIVE)
        return tuple(mark(key) for key in rows.order_by("pk").values_list("pk", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Text:
    """`hash`: SHA-256 of the content as canonical JSON: sorted keys, no blanks, UTF-8."""

    content: dict[str, Any]
    hash: str


def _text(organization: Organization | None, language: str, release: int) -> Text:
    with translation.override(language):
        found = recipients_of(organization)
    return _composed(
        organization.name if organization else "",
        language,
        release,
        tuple(each.code for each in open_functions(organization)),
        found,
        tuple(settings.OPERATOR.items()),
        officers(organization) if organization else (),
        tuple(settings.CERTIFICATES),
        settings.TILE_URL,
    )


@lru_cache(maxsize=256)
def _composed(
    name: str,
    language: str,
    release: int,
    codes: tuple[str, ...],
    recipients: tuple[Recipient, ...],
    operator: tuple[tuple[str, str], ...],
    officers: tuple[str, ...],
    certificates: tuple[str, ...],
    tiles: str,
) -> Text:
    """All that the text depends on is named: whoever asks again in the same state gets it as it was made. Functions are
    named by their codes; they themselves hold words that would be translated for each comparison.
    """
    with translation.override(language):
        functions = tuple(declared.functions[code] for code in codes)
        purposes = open_purposes(functions)
        contact = dict(operator)
        values = {
            "organization": name or _("your organization"),
            "operator": contact["name"] or _("the operator named at the end"),
        }
        facts = inventory.Facts(
            tuple(purposes), functions, recipients, contact, officers, certificates, tiles
        )
        generated = inventory.generated(facts)
        found = [documents.read(kind, language, values, generated) for kind in (PRIVACY, TERMS)]
        content = {
            "documents": [document.as_dict() for document in found],
            "purposes": [purpose.as_dict() for purpose in purposes if purpose.is_asked],
            "release": release,
        }
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return Text(content, hashlib.sha256(canonical.encode()).hexdigest())


def _keep(organization: Organization | None, language: str, text: Text, release: int) -> NoticeVersion:
    now = clock.now()
    day = timezone.localtime(now).date()
    earlier = NoticeVersion.objects.filter(
        organization=organization, language=language, version__startswith=f"{day:%Y-%m-%d}."
    )
    kept, _created = NoticeVersion.objects.get_or_create(
        organization=organization,
        language=language,
        hash=text.hash,
        defaults={
            "version": f"{day:%Y-%m-%d}.{earlier.count() + 1}",
            "content": text.content,
            "release": release,
            "released_at": now,
        },
    )
    return kept
