"""What a phone is told whose token is no longer known, where a room above knows why.

@parting.provide
def told(token_digest): return Refusal(…) or None
"""

from collections.abc import Callable

from qince.core.accounts.keys import token_digest
from qince.kit.errors import Refusal

Reason = Callable[[str], Refusal | None]
_reasons: list[Reason] = []


def provide(reason: Reason) -> Reason:
    _reasons.append(reason)
    return reason


def reason(token: str) -> Refusal | None:
    digest = token_digest(token)
    return next((found for each in _reasons if (found := each(digest)) is not None), None)
