"""The phone's addresses of one's own personal information. Mounted under /api/phone/v1."""

from datetime import date
from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from ninja import Router

from qince.core.accounts.codes import Purpose, use_code
from qince.core.files import serving
from qince.core.people.accounts import normal_mobile
from qince.core.people.models import Employee
from qince.core.profile import actions, queries
from qince.core.profile.models import Profile
from qince.core.signin.asking import asker_of
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import NotFound, Refusal
from qince.kit.tenancy import tenant

router = Router(tags=["profile"])
Text = Annotated[str, msgspec.Meta(max_length=200)]


class ProfileChange(msgspec.Struct):
    """What changes: fields with their new values (empty clears), and who sees which."""

    values: dict[Annotated[str, msgspec.Meta(max_length=20)], Text] = {}
    visibility: dict[
        Annotated[str, msgspec.Meta(max_length=20)], Annotated[str, msgspec.Meta(max_length=10)]
    ] = {}


class NewMobile(msgspec.Struct):
    mobile: Annotated[str, msgspec.Meta(max_length=20)]
    code: Annotated[str, msgspec.Meta(max_length=10)] = ""  # empty: send one first


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]


@router.get("/profile", openapi_extra=answers(None, 401))
def get_profile(request: HttpRequest) -> HttpResponse:
    """Everything I told about myself, who sees what, and what only the organization can change."""
    return _shown(request)


@router.put("/profile", openapi_extra={**body_of(ProfileChange), **answers(None, 400, 401, 422)})
def put_profile(request: HttpRequest) -> HttpResponse:
    """Set or clear fields. Only what is named changes."""
    asked = read(request, ProfileChange, limit=16 * 1024)
    values: dict[str, Any] = dict(asked.values)
    if "birthday" in values:
        values["birthday"] = _day(values["birthday"])
    actions.change_profile(_actor(request), now=clock.now(), values=values, visibility=asked.visibility)
    return _shown(request)


@router.get("/profile/picture", openapi_extra=answers(None, 401, 404))
def get_picture(request: HttpRequest) -> Any:
    """My own picture, small."""
    with tenant(_actor(request).organization_id):
        found = queries.profile_of(_actor(request).person_id)
        if found.picture is None:
            raise NotFound
        return serving.thumbnail(request, found.picture)


_BYTES = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put("/profile/picture", openapi_extra={**_BYTES, **answers(None, 401, 422)})
def put_picture(request: HttpRequest) -> HttpResponse:
    """A new picture; the earlier one is erased."""
    actions.set_picture(_actor(request), now=clock.now(), content=request.body)
    return _shown(request)


@router.delete("/profile/picture", openapi_extra=answers(None, 401))
def delete_picture(request: HttpRequest) -> HttpResponse:
    actions.clear_picture(_actor(request), now=clock.now())
    return _shown(request)


@router.post("/profile/mobile", openapi_extra={**body_of(NewMobile), **answers(None, 400, 401, 422, 429)})
def post_mobile(request: HttpRequest) -> HttpResponse:
    """A new number: first a code is sent to it, then the code proves it. Afterwards one signs in with the new one."""
    asked, actor, asker = read(request, NewMobile, limit=4096), _actor(request), asker_of(request)
    if not asked.code:
        wait = actions.ask_code(actor, now=clock.now(), mobile=asked.mobile, asker=asker)
        return respond({"sent": True, "retry_after": wait})
    mobile = normal_mobile(asked.mobile)
    use_code(mobile, Purpose.CHANGE, asked.code, asker, now=clock.now())
    actions.change_mobile(actor, now=clock.now(), mobile=mobile)
    return respond({"changed": True})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError as error:
        raise Refusal("invalid_birthday", _("This day cannot be a birthday."), field="birthday") from error


def _shown(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    with tenant(actor.organization_id):
        found, offered = queries.profile_of(actor.person_id), queries.offered()
        employee = Employee.objects.get(pk=actor.person_id)
        fields = [_field(found, name) for name in queries.FIELDS if name in offered]
    locked = {
        "name": employee.name,
        "mobile": employee.mobile,
        "number": employee.number,
        "position": employee.position,
    }
    return respond(
        {
            "fields": fields,
            "offers_picture": "picture" in offered,
            "has_picture": found.picture_id is not None,
            "picture_visibility": found.visibility.get("picture", Profile.Visibility.NOBODY),
            "locked": locked,
            "visibilities": [[code, str(words)] for code, words in Profile.Visibility.choices],
        }
    )


def _field(found: Profile, name: str) -> dict[str, Any]:
    """One field: its name in words, its value, who sees it, and the choices where there are any."""
    meta: Any = Profile._meta.get_field(name)
    return {
        "name": name,
        "label": capfirst(str(meta.verbose_name)),
        "value": getattr(found, name) or "",
        "visibility": found.visibility.get(name, Profile.Visibility.NOBODY),
        "choices": [[str(code), str(words)] for code, words in meta.choices or ()],
        "max_length": meta.max_length or 10,
    }
