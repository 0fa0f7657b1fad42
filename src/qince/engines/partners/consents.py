"""The question each recipient asks: its purposes in the ledger, and the text a person reads before deciding.

One purpose per recipient and version, `partner.<code>.<version>`; one more for each sensitive kind of data and one for
going abroad, so that none is granted along with another. A new version leaves the earlier answers standing for the
record and good for nothing else.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qince.core.privacy import added
from qince.core.privacy.added import Shown
from qince.core.privacy.language import supported_language
from qince.core.privacy.registry import Kind, Purpose
from qince.engines.partners.models import ConsentText, Recipient
from qince.engines.partners.registry import FIELDS, SCENES

PREFIX, ABROAD = "partner", "abroad"


def code_of(recipient: Recipient, part: str = "") -> str:
    """The ledger's purpose: of the recipient as it is now, or of one sensitive kind of data."""
    return f"{PREFIX}.{recipient.code}.{recipient.version}" + (f".{part}" if part else "")


def codes_of(recipient: Recipient) -> list[str]:
    """Every question of the recipient's present version."""
    return [code_of(recipient, part) for part in parts_of(recipient)]


def parts_of(recipient: Recipient) -> list[str]:
    sensitive = [name for name in recipient.fields if FIELDS[name].is_sensitive]
    return ["", *sensitive, *([ABROAD] if is_abroad(recipient) else [])]


def is_abroad(recipient: Recipient) -> bool:
    return recipient.region != settings.REGION


@dataclass(frozen=True, slots=True)
class Asked:
    """A purpose code, taken apart."""

    code: str
    version: int
    part: str = ""


def taken_apart(code: str) -> Asked | None:
    prefix, _dot, rest = code.partition(".")
    words = rest.split(".")
    if prefix != PREFIX or len(words) not in (2, 3) or not words[1].isdigit():
        return None
    return Asked(words[0], int(words[1][:4]), words[2] if len(words) == 3 else "")


def recipient_of(code: str) -> Recipient | None:
    """Whose question `code` is, whatever the version."""
    asked = taken_apart(code)
    return Recipient.objects.filter(code=asked.code).first() if asked else None


def find(code: str) -> Purpose | None:
    """The purpose as the ledger needs it. Earlier versions are known too: they can still be taken back."""
    asked = taken_apart(code)
    recipient = recipient_of(code)
    if asked is None or recipient is None or not 1 <= asked.version <= recipient.version:
        return None
    if asked.part and asked.part not in (*FIELDS, ABROAD):
        return None
    return purpose_of(recipient, code, asked.part)


def purpose_of(recipient: Recipient, code: str, part: str = "") -> Purpose:
    profile = recipient.declared
    return Purpose(
        code=code,
        title=_title(recipient, part),
        why=recipient.purpose,
        scope=_("; ").join(
            str(FIELDS[name].label) for name in ([part] if part in FIELDS else _plain(recipient))
        ),
        method=recipient.method
        or _("Sent over an encrypted connection, each time noted in the disclosure log."),
        if_refused=profile.if_refused,
        kind=Kind.SENSITIVE if part else Kind.ADDITIONAL,
    )


def _title(recipient: Recipient, part: str) -> str:
    if part == ABROAD:
        return _("%(name)s: transfer abroad (%(country)s)") % {
            "name": recipient.name,
            "country": recipient.region,
        }
    if part:
        return _("%(name)s: %(data)s") % {"name": recipient.name, "data": FIELDS[part].label}
    return _("Sharing with %(name)s") % {"name": recipient.name}


def _plain(recipient: Recipient) -> list[str]:
    return [name for name in recipient.fields if not FIELDS[name].is_sensitive]


def text_of(recipient: Recipient) -> ConsentText:
    """What a person reads now, in the active language; kept from its first showing on."""
    language = supported_language()
    content = _content(recipient, language)
    found = recipient.texts.filter(text_hash=(text_hash := _hash(content))).first()
    if found:
        return found
    return ConsentText.objects.get_or_create(
        recipient=recipient, text_hash=text_hash,
        defaults={"version": recipient.version, "language": language, "content": content},
    )[0]  # fmt: skip


def shown(code: str, text_hash: str) -> Shown | None:
    """The text with this hash, if it is the one now shown about the recipient and the question exists today."""
    recipient = recipient_of(code)
    if recipient is None or not recipient.is_on or code not in codes_of(recipient):
        return None
    for language, _name in settings.LANGUAGES:
        if _hash(_content(recipient, language)) == text_hash:
            kept = recipient.texts.filter(text_hash=text_hash).first()
            return Shown(f"{recipient.code} {recipient.version}", text_hash) if kept else None
    return None


def _content(recipient: Recipient, language: str) -> dict[str, Any]:
    with translation.override(language):
        profile = recipient.declared
        return {
            "version": recipient.version,
            "company": recipient.name,
            "kind": str(recipient.kind_words),
            "third_party": _("A service of a third party: its own terms apply, not this service's notice."),
            "scene": str(SCENES[recipient.scene]),
            "country": recipient.region,
            "data": [
                {"name": str(FIELDS[name].label), "sensitive": FIELDS[name].is_sensitive}
                for name in recipient.fields
            ],
            "receives": [str(_received()[name]) for name in profile.receives],
            "terms": {"url": recipient.terms_url, "version": recipient.terms_version},
            "privacy": recipient.privacy_url,
            "features": recipient.features_url,
            "questions": [
                purpose_of(recipient, code_of(recipient, part), part).as_dict()
                for part in parts_of(recipient)
            ],
        }


def _received() -> dict[str, str]:
    return {"nickname": _("Nickname"), "avatar": _("Portrait"), "account_name": _("Account name")}


def _hash(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


added.provide(PREFIX, find=find, shown=shown)
