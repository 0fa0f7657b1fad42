"""Parts of a page that are the same for many requests, such as the menu: rendered once for each key.

    {% fragment "kit/sidebar.html" console.menu_key %}

The key must hold everything the template reads that is not the same for all; the language is added to it. Nothing that
belongs to one request, such as a form's token, may stand in such a template.
"""

from functools import lru_cache
from threading import local
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_present = local()


def fragment(name: str, key: tuple[Any, ...], context: dict[str, Any]) -> SafeString:
    """The template `name`, rendered with `context` unless it was before with an equal `key`."""
    _present.context = context
    if settings.DEBUG:
        return _render(name)
    return _rendered(name, get_language(), key)


@lru_cache(maxsize=512)
def _rendered(name: str, language: str | None, key: tuple[Any, ...]) -> SafeString:
    return _render(name)


def _render(name: str) -> SafeString:
    return mark_safe(get_template(name).render(_present.context))  # nosec: a template's own output, escaped there
