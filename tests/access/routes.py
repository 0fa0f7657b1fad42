"""Every address of the service, read from the URLconf, with values for its parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.apps import apps
from django.urls import URLPattern, get_resolver, resolve
from django.urls.converters import SlugConverter, StringConverter, UUIDConverter

from qince.kit import choosing
from qince.kit.resource import Resource

API = "api/phone/v1/"
# What `key` means where no resource says so: URL namespace, or a route's name → model.
KEYS = {
    "files": "files.Blob",
    "forms": "forms.Form",
    "attendance": "people.Employee",
    "attendance:face_base": "attendance.Punch",
    "visits:photo_watermarked": "visits.Visit",
    "rights": "rights.Case",
    "rights:decision": "visits.CheckEvent",
    "approvals:draft": "approvals.Flow",
    "approvals:publish": "approvals.Flow",
    "approvals:simulate": "approvals.Flow",
    "calendar": "calendar.Event",
    "calendar:unshare": "calendar.AgendaShare",
    "calendar:revoke_key": "calendar.CalendarKey",
    "daily_reports": "daily_reports.Report",
    "daily_reports:take_back": "daily_reports.Comment",
    "daily_reports:designer": "daily_reports.Template",
    "daily_reports:draft": "daily_reports.Template",
    "daily_reports:publication": "daily_reports.Template",
    "leave:paper": "leave.Paper",
    "leave:reason": "leave.LeaveRequest",
    "lifecycle": "lifecycle.Handover",
    "partners:package": "partners.Package",
    "partners:package_answer": "partners.Package",
    "partners:package_collect": "partners.Package",
}
# Parameters that are words, not identities: (namespace or route's name, parameter) → the words that exist.
WORDS = {
    ("", "collection"): lambda: sorted(choosing.known()),
    ("forms", "token"): lambda: ["0" * 64],
    ("calendar", "token"): lambda: ["0" * 64],
    ("calendar", "collection"): lambda: ["agenda", "work"],
    ("calendar", "name"): lambda: ["nothing.ics"],
    ("forms", "code"): lambda: ["nothing"],
    ("lifecycle", "family"): lambda: ["sales"],
    ("partners", "address"): lambda: ["0" * 32 + "-nobody"],
    ("incidents", "code"): lambda: ["nothing"],
    ("guardians", "token"): lambda: ["A" * 64],
    ("letters", "token"): lambda: ["A" * 64],
    ("letters", "channel"): lambda: ["email"],
    ("privacy", "code"): lambda: sorted(_purposes()),
    ("privacy", "text_hash"): lambda: _notices(),
    ("policy", "number"): lambda: ["1"],
    ("rights", "code"): lambda: ["visits-place"],
    ("rights", "act"): lambda: ["back", "fee", "complaint", "survey"],
    ("phone", "language"): lambda: ["en"],
    ("phone", "part"): lambda: ["first"],
    ("phone", "digest"): lambda: [_digest("en")],
}


class UnknownParameter(LookupError):
    """A route takes something this generator cannot fill: teach it here, or the route stays untested."""


@dataclass(frozen=True)
class Route:
    pattern: str  # "employees/<uuid:key>/edit/"
    name: str  # "people:employees_edit"
    view: Any
    converters: dict[str, Any]

    @property
    def resource(self) -> Resource | None:
        """The resource whose page this is: its guard closes over it."""
        cells = [cell.cell_contents for cell in getattr(self.view, "__closure__", None) or ()]
        return next((held for held in cells if isinstance(held, Resource)), None)

    @property
    def namespace(self) -> str:
        return self.name.rpartition(":")[0]

    @property
    def keys(self) -> dict[str, str]:
        """Parameters that identify a row → the model's label, or `upload` for a table kept between import steps."""
        return {
            name: self._model(name)
            for name, converter in self.converters.items()
            if isinstance(converter, UUIDConverter)
        }

    def _model(self, name: str) -> str:
        if name == "upload_id":
            return "upload"
        if name == "view_id":
            return "access.SavedView"
        if name == "key":
            label = self.resource.model._meta.label if self.resource else _key_of(self.name)
        else:
            wanted = name.removesuffix("_id").replace("_", "")
            label = next((m._meta.label for m in apps.get_models() if m._meta.model_name == wanted), None)
        if label is None:
            raise UnknownParameter(f"{self.pattern}: what is {name}?")
        return label

    def _words(self, name: str) -> list[str]:
        if self.resource and name == "name":
            part = self.name.rpartition("_")[2]
            found = {
                "filter": self.resource.filters,
                "tab": self.resource.all_tabs,
                "bulk": self.resource.acts,
                "act": self.resource.acts,
            }
            return [each.name for each in found[part]]
        if (self.namespace, name) not in WORDS:
            raise UnknownParameter(f"{self.pattern}: which words may {name} be?")
        return WORDS[self.namespace, name]()

    def addresses(self, ids: dict[str, Any]) -> Iterator[str]:
        """Each address of the route with rows from `ids` (by model label); none where another route shadows it."""
        keys = self.keys
        choices: dict[str, list[str]] = {}
        for name, converter in self.converters.items():
            if name in keys:
                choices[name] = [str(ids[keys[name]])]
            elif isinstance(converter, SlugConverter | StringConverter):
                choices[name] = self._words(name)
            else:
                raise UnknownParameter(f"{self.pattern}: {type(converter).__name__} for {name}")
        for values in product(*choices.values()):
            path = "/" + _filled(self.pattern, dict(zip(choices, values, strict=True)))
            if resolve(path).func is self.view:
                yield path


def _key_of(name: str) -> str | None:
    return KEYS.get(name) or KEYS.get(name.rpartition(":")[0])


def _filled(pattern: str, values: dict[str, str]) -> str:
    parts = pattern.split("<")
    filled = parts[0]
    for part in parts[1:]:
        inside, _end, rest = part.partition(">")
        filled += values[inside.rpartition(":")[2]] + rest
    return filled


def is_understood(route: Route) -> bool:
    """Whether the generator can make addresses of the route; the test of that name fails for those it cannot."""
    try:
        list(route.addresses(_Anything()))
    except UnknownParameter:
        return False
    return True


class _Anything(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "0" * 8 + "-0000-4000-8000-" + "0" * 12


def all_routes(urlconf: str | None = None) -> list[Route]:
    return list(_walk(get_resolver(urlconf), "", ""))


def console_routes(urlconf: str | None = None) -> list[Route]:
    """Everything but the phone's API, whose operations are listed by its OpenAPI."""
    return [route for route in all_routes(urlconf) if not route.pattern.startswith(API)]


def _walk(resolver: Any, prefix: str, namespace: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            name = f"{namespace}:{each.name}" if namespace else str(each.name or pattern)
            yield Route(pattern, name, each.callback, each.pattern.converters)
        else:
            yield from _walk(each, pattern, each.namespace or namespace)


def _purposes() -> Any:
    from qince.core.privacy.registry import declared

    return declared.purposes


def _notices() -> list[str]:
    from qince.core.privacy.models import NoticeVersion

    return [
        NoticeVersion.objects.filter(organization=None).values_list("hash", flat=True).first() or "0" * 64
    ]


def _digest(language: str) -> str:
    from qince.surfaces.phone import words

    return words.digest(language, words.FIRST)
