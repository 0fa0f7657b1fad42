"""Passing on what is sealed: bytes that whoever carries them cannot read, to a carrier that the caller has allowed.

Nothing in them is disclosed, so they are in no recipient's log; who carries what is in the notice.
"""

from collections.abc import Mapping

from qince.engines.partners import egress


class NotPassed(Exception):
    """It was not passed on: the address is unsafe, or no answer came."""


def pass_sealed(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status that the carrier answered. The address is judged as every other: https, public, no redirects."""
    try:
        return egress.post(url, body, headers).status
    except (egress.Unsafe, egress.Unreachable) as error:
        raise NotPassed(type(error).__name__) from error
