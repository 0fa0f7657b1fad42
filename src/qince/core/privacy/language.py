"""The language of a notice: always one of those it is written in."""

from django.conf import settings
from django.utils.translation import get_language


def supported_language() -> str:
    """The active language if the notice exists in it, else the service's own."""
    active = get_language() or ""
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
