"""The snapshot a release is: the declarations in plain values, and what the operator has set.

Texts are taken in English, the language of the source, so that a better translation is no change of policy.
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.utils import translation

from qince.core.privacy.documents import FOLDER
from qince.core.privacy.recipients import recipients_of
from qince.core.privacy.registers import registered
from qince.core.privacy.registry import Purpose, declared
from qince.core.privacy.retention import RETENTIONS
from qince.core.privacy.rights_table import RIGHTS

Snapshot = dict[str, Any]


def taken() -> Snapshot:
    """Everything a release holds."""
    return {**declarations(), **deployment()}


def declarations() -> Snapshot:
    """The part that comes with the program: what a new version of it may change."""
    with translation.override("en"):
        return {
            "purposes": {code: _purpose(each) for code, each in declared.purposes.items()},
            "agreements": {code: _purpose(each) for code, each in declared.agreements.items()},
            "functions": {
                code: {
                    "title": str(each.title),
                    "family": str(each.family),
                    "purposes": sorted(each.purposes),
                    "setting": each.setting,
                    "texts": [str(text) for text in each.texts],
                }
                for code, each in declared.functions.items()
            },
            "fields": {
                key: {
                    "category": str(each.category),
                    "kind": str(each.kind),
                    "purposes": sorted(each.purposes),
                    "source": each.source,
                    "controller": each.controller,
                    "retention": each.retention,
                    "withdrawn": each.withdrawn,
                    "within": each.within,
                    "on_erase": each.on_erase,
                    "recipients": sorted(each.recipients),
                }
                for key, each in declared.personal().items()
            },
            "terms": {
                code: {"trigger": str(each.trigger), "months": each.months, "days": each.days}
                for code, each in RETENTIONS.items()
            },
            "permissions": {
                code: {
                    "title": str(each.title),
                    "platforms": sorted(each.platforms),
                    "uses": sorted(each.offered_uses),
                }
                for code, each in registered.permissions.items()
            },
            "cookies": {name: {"necessary": each.is_necessary} for name, each in registered.cookies.items()},
            "libraries": {name: {"network": each.has_network} for name, each in registered.libraries.items()},
            "decisions": {
                code: {"title": str(each.title), "version": each.version, "outcomes": sorted(each.outcomes)}
                for code, each in registered.decisions.items()
            },
            "rights": {
                code: {"title": str(each.title), "ways": sorted(each.ways)} for code, each in RIGHTS.items()
            },
            "documents": {path.name: _digest(path.read_bytes()) for path in sorted(FOLDER.glob("*.md"))},
        }


def _purpose(purpose: Purpose) -> dict[str, Any]:
    return {
        "title": str(purpose.title),
        "kind": str(purpose.kind),
        "basis": str(purpose.basis),
        "circumstances": sorted(purpose.circumstances),
        "texts": [str(each) for each in (purpose.why, purpose.scope, purpose.method, purpose.if_refused)],
    }


def deployment() -> Snapshot:
    """The part that the operator decides."""
    with translation.override("en"):
        recipients = {
            each.code: {
                "name": str(each.name),
                "purpose": str(each.purpose),
                "data": str(each.data),
                "region": each.region,
            }
            for each in recipients_of(None)
        }
    return {
        "operator": {name: value for name, value in settings.OPERATOR.items() if value},
        "certificates": sorted(settings.CERTIFICATES),
        "recipients": recipients,
    }


def digest(snapshot: Snapshot) -> str:
    """SHA-256 of the snapshot as canonical JSON."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return _digest(text.encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
