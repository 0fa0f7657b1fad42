"""What a phone keeps to open without signal: the page and every file it needs, as one numbered release."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from qince.engines.notifications import worker as pushed
from qince.kit import assets
from qince.surfaces.phone import words
from qince.surfaces.phone.modules import ON_DEMAND, PAGE, SOURCE

STYLES = ("tokens", "layout", "parts", "forms", "pages")
ICONS = ("icon.svg", "icon-192.png")


def app_version() -> str:
    try:
        return version("qince")
    except PackageNotFoundError:  # run from a checkout, not installed
        return getattr(settings, "VERSION", "0.1.0")


def styles() -> list[str]:
    return [static(f"pwa/style/{name}.css") for name in STYLES]


def files() -> list[str]:
    """Addresses of everything beside the page itself."""
    return [
        *(address for name, address in assets.modules(PAGE).items() if name not in ON_DEMAND),
        static("pwa/main.js"),
        *styles(),
        *(static(f"pwa/icons/{name}") for name in ICONS),
        *(address for parts in words.addresses().values() for address in parts.values()),
        reverse("phone:manifest"),
    ]


def later() -> list[str]:
    """Addresses of what a phone fetches only when it first needs it."""
    return [static(path) for path in ON_DEMAND.values()]


def context() -> dict[str, object]:
    """What the page's template says; the same for everyone, since the phone keeps one copy."""
    return {
        "version": app_version(),
        "styles": styles(),
        "words": json.dumps(words.addresses()),
    }


def service_worker() -> str:
    """The worker's source with this release's files in front of it."""
    return _service_worker.__wrapped__() if settings.DEBUG else _service_worker()


@cache
def _service_worker() -> str:
    source = (SOURCE / "sw.js").read_text(encoding="utf-8") + pushed.source()
    page = render_to_string("phone/shell.html", context())
    shell: dict[str, object] = {
        "version": _digest([*files(), *later(), page, source]),
        "page": reverse("phone:shell"),
        "files": files(),
    }
    shell["later"] = later()
    return f"const SHELL = {json.dumps(shell)};\n{source}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
