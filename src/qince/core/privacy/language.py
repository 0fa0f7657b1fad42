"""The language of a notice: always one of those it is written in; and how its words are joined."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import get_language


def supported_language() -> str:
    """The active language if the notice exists in it, else the service's own."""
    active = get_language() or ""
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def joined(words: Sequence[str], separator: str = "") -> str:
    """A list in a sentence: Chinese sets its own comma."""
    is_chinese = (get_language() or "").startswith("zh")
    return (separator or ("、" if is_chinese else ", ")).join(words)
