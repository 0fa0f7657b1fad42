"""The API's documentation, for people who write another client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "openapi/docs.html")
