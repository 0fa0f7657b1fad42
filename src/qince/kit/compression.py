"""Compression of public answers that Python writes; static files are compressed when they are collected.

Only for what says nothing about anyone: the length of a compressed secret tells of it.
"""

import gzip
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` in the smallest form the browser takes. Made once for each content, as these are few."""
    accepted = {word.split(";")[0].strip() for word in request.headers.get("Accept-Encoding", "").split(",")}
    patch_vary_headers(response, ["Accept-Encoding"])
    name = next((name for name in ("br", "gzip") if name in accepted), None)
    if name is not None:
        response.content = _packed(response.content, name)
        response["Content-Encoding"] = name
    return response


@lru_cache(maxsize=32)
def _packed(content: bytes, name: str) -> bytes:
    return brotli.compress(content) if name == "br" else gzip.compress(content, 9, mtime=0)
