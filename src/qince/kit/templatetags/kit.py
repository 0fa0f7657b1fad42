"""The console's own tags. In table rows use these rather than components: they cost a third."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qince.kit import assets, flash, fragments
from qince.kit.csp import allow_script
from qince.kit.icons import known_icons, sprite_url
from qince.kit.tones import initials, tone_of, tone_of_person

register = template.Library()

MISSING = "help"


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; with `label` it speaks for itself, else it is decoration beside text."""
    return _icon(name, str(css), str(label))


@lru_cache(maxsize=1000)
def _icon(name: str, css: str, label: str) -> SafeString:
    name = name if name in known_icons() else MISSING
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')  # nosec B308 B703: a constant
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"></use></svg>', css, meaning, sprite_url(), name
    )


@register.simple_tag
def badge(label: Any, status: Any = None, dot: bool = False) -> SafeString:
    """A state in words and colour: `{% badge visit.get_state_display visit.state %}`."""
    tone = tone_of(status if status is not None else label)
    return format_html('<span class="q-badge tone-{}{}">{}</span>', tone, " has-dot" if dot else "", label)


@register.simple_tag
def avatar(name: Any, size: str = "", photo: str = "") -> SafeString:
    """A round portrait, or the name's initials. Decoration: the name itself stands beside it."""
    name = str(name or "")
    if photo:
        return format_html('<img class="q-avatar {}" src="{}" alt="" loading="lazy">', size, photo)
    return format_html(
        '<span class="q-avatar tone-{} {}" aria-hidden="true">{}</span>',
        tone_of_person(name),
        size,
        initials(name),
    )


@register.simple_tag
def person(name: Any, hint: Any = "", url: str = "", photo: str = "") -> SafeString:
    """Avatar and name, with a second line for the department or number."""
    shown = format_html('<a href="{}">{}</a>', url, name) if url else name
    second = format_html('<span class="q-hint">{}</span>', hint) if hint else ""
    return format_html(
        '<span class="q-person">{}<span>{}{}</span></span>', avatar(name, photo=photo), shown, second
    )


@register.simple_tag(takes_context=True)
def import_map(context: Mapping[str, Any], page: str = assets.CONSOLE) -> SafeString:
    """The page's import map, its hash allowed by the security policy, and early fetches of the modules."""
    text = assets.import_map(page)
    allow_script(context.get("request"), assets.content_hash(text))
    early = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((url,) for url in assets.preloads(page))
    )
    return format_html('<script type="importmap">{}</script>{}', mark_safe(text), early)  # nosec B308 B703: JSON of our own


@register.simple_tag(takes_context=True)
def fragment(context: Mapping[str, Any], name: str, key: tuple[Any, ...] = ()) -> SafeString:
    """A part of the page that is the same for everybody with the same `key`: see `kit.fragments`."""
    return fragments.fragment(name, key, {"console": context.get("console")})


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's query string with `changes` made: `{% query sort="name" after=None %}`; None removes."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        elif isinstance(value, list | tuple):
            parameters.setlist(name, [str(each) for each in value])
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.filter
def tone(status: Any) -> str:
    return tone_of(status)


@register.filter
def undo_url(message: Any) -> str:
    """The address that takes back what a flashed message tells of, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix(flash.UNDO) if tags.startswith(flash.UNDO) else ""


@register.filter
def grouped(number: Any) -> str:
    """Thousands apart, as Chinese and English business both write them: 1,234,567."""
    if isinstance(number, str):
        return f"{int(number):,}" if number.isdigit() else number
    return "" if number is None else f"{number:,}"


@register.filter
def percent(share: Any, digits: int = 0) -> str:
    """0.873 becomes 87%; nothing to divide becomes a dash."""
    return "–" if share is None else f"{share * 100:.{digits}f}%"


@register.simple_tag
def yes_no(value: Any) -> SafeString:
    label, name, css = (_("Yes"), "check", "text-green") if value else (_("No"), "x", "text-secondary")
    return icon(name, css, label)


@register.filter
def times(count: Any) -> range:
    """`{% for _ in 5|times %}`"""
    return range(int(count))
