"""The API's frame: django-ninja for addresses and documentation, msgspec for bodies that must be read fast."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from qince.kit import nul
from qince.kit.errors import Refusal

T = TypeVar("T", bound=msgspec.Struct)
_REF = "#/components/schemas/{name}"
_structs: set[type[msgspec.Struct]] = set()


class Problem(msgspec.Struct):
    """How every refusal looks."""

    code: str
    message: str
    fields: dict[str, str] = {}


def body_of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """`openapi_extra` for an endpoint that reads its body with `read(request, struct)`."""
    _structs.add(struct)
    schema = {"$ref": _REF.format(name=struct.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def answers(struct: type[msgspec.Struct] | None, *codes: int, status: int = 200) -> dict[str, Any]:
    """The `responses` part of `openapi_extra`: the answer, and a `Problem` for each listed refusal."""
    found = refusals(*codes)
    if struct is not None:
        _structs.add(struct)
    found["responses"][status] = _described("Done", struct)
    return found


def refusals(*codes: int) -> dict[str, Any]:
    """The `responses` part of `openapi_extra` for an endpoint whose answer ninja describes by itself."""
    _structs.add(Problem)
    return {"responses": {code: _described("Refused", Problem) for code in codes}}


def _described(text: str, struct: type[msgspec.Struct] | None) -> dict[str, Any]:
    if struct is None:
        return {"description": text}
    schema = {"$ref": _REF.format(name=struct.__name__)}
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def read(
    request: HttpRequest, struct: type[T], *, limit: int = 2 * 1024 * 1024, allows_nul: bool = False
) -> T:
    """The request's body as `struct`; a body that does not fit is refused, saying where.

    `allows_nul`: whoever reads on refuses the character NUL in its own place.
    """
    length = int(request.headers.get("Content-Length") or 0)
    if length > limit:
        raise Refusal(
            "request_too_large", _("The request is too large. Send less at once."), status=413, limit=limit
        )
    if not allows_nul:
        _require_text(request.body)
    try:
        return msgspec.json.decode(request.body, type=struct)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _invalid(str(error)) from error


def _require_text(raw: bytes) -> None:
    if nul.in_json(raw):
        raise Refusal(
            "invalid_request", _("A text holds the character NUL (\\u0000). Send it without."), status=400
        )


def _invalid(what: str) -> Refusal:
    message = _("The request cannot be read: %(what)s") % {"what": what[:300]}
    return Refusal("invalid_request", message, status=400)


def respond(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(value), status=status, content_type="application/json", headers=headers
    )


class Schema(OpenAPISchema):
    """Ninja's schema, with the structs that endpoints read and answer by themselves. What cannot be read is answered
    400 by all of them, and a body that is too large 413."""

    def get_paths(self) -> dict[str, Any]:
        paths: dict[str, Any] = super().get_paths()
        for methods in paths.values():
            for operation in methods.values():
                operation["responses"].setdefault(400, _described("Refused", Problem))
                if "requestBody" in operation:
                    operation["responses"].setdefault(413, _described("Refused", Problem))
        return paths

    def get_components(self) -> dict[str, Any]:
        components = super().get_components()
        _shapes, found = msgspec.json.schema_components(
            sorted(_structs, key=lambda each: each.__name__), ref_template=_REF
        )
        components["schemas"] = {**components.get("schemas", {}), **found}
        return components


class Api(NinjaAPI):
    """A NinjaAPI whose failures all look like `Problem`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
            Refusal: lambda request, exc: respond(exc.as_dict(), exc.status, _headers(exc)),
            ValidationError: lambda request, exc: respond(_invalid(_first(exc.errors)).as_dict(), 400),
            AuthenticationError: lambda request, exc: respond(signed_out().as_dict(), 401),
            HttpError: lambda request, exc: respond(_invalid(str(exc)).as_dict(), exc.status_code),
        }
        for kind, handler in handlers.items():
            self.add_exception_handler(kind, handler)

    def get_openapi_schema(self, **options: Any) -> Any:
        return Schema(
            self, options.get("path_prefix") or self.get_root_path(options.get("path_params") or {})
        )


def signed_out() -> Refusal:
    return Refusal(
        "signed_out", _("You are signed out. Sign in again; unsent work stays on this phone."), status=401
    )


def _headers(refusal: Refusal) -> dict[str, str]:
    wait = refusal.details.get("retry_after")
    return {"Retry-After": str(wait)} if wait else {}


def _first(errors: Any) -> str:
    error = errors[0] if errors else {}
    place = ".".join(str(part) for part in error.get("loc", ()))
    return f"{place}: {error.get('msg', '')}"
