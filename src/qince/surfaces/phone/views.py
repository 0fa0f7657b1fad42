"""Public pages of the phone app. None of them knows who asks: the phone keeps the answers for days."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from qince.kit.compression import compressed
from qince.surfaces.phone import shell, words

REVALIDATE = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _kept(request, render(request, "phone/shell.html", shell.context()), REVALIDATE)


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    return _kept(request, HttpResponse(shell.service_worker(), content_type="text/javascript"), REVALIDATE)


@require_GET
def catalogue(request: HttpRequest, language: str, part: str, digest: str) -> HttpResponse:
    if language not in words.LANGUAGES or part not in words.PARTS or digest != words.digest(language, part):
        raise Http404
    content = words.catalogue(language, part)
    return _kept(request, HttpResponse(content, content_type="application/json"), FOR_EVER)


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        _icon("icon-192.png", "192x192", "any"),
        _icon("icon-512.png", "512x512", "any"),
        _icon("icon-maskable-512.png", "512x512", "maskable"),
    ]
    content = {
        "id": "/m/", "name": "Qince", "short_name": "Qince", "start_url": "/m/", "scope": "/m/",
        "display": "standalone", "orientation": "portrait", "background_color": "#f3f5fa",
        "theme_color": "#1257c9", "icons": icons,
    }  # fmt: skip
    return _kept(request, JsonResponse(content, content_type="application/manifest+json"), REVALIDATE)


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": static(f"pwa/icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}


def _kept(request: HttpRequest, response: HttpResponse, how: str) -> HttpResponse:
    response["Cache-Control"] = how
    return compressed(request, response)
