"""The addresses OpenRosa clients call. Each enters the organization that the key names, as the employee it acts for."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from qince.core.access.middleware import outside_organizations
from qince.core.files.actions import MAX_CHUNK, receive_chunk
from qince.engines.forms import actions
from qince.engines.forms.actions.submitting import Origin
from qince.engines.forms.models import Form, Submission
from qince.engines.forms.openrosa import keys, reading, writing
from qince.engines.forms.queries import fillable, published
from qince.engines.sync.person import Person, load
from qince.kit import clock
from qince.kit.errors import NotFound, Refusal
from qince.kit.tenancy import tenant

LARGEST = 64 * 1024 * 1024
XML, REALM = "text/xml; charset=utf-8", 'Basic realm="Qince", charset="UTF-8"'
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Person, P], HttpResponse]


def _openrosa(methods: list[str]) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Make a view of (request, person, …) one of OpenRosa's: key, organization, headers, refusals as its documents."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @outside_organizations
        @never_cache
        @csrf_exempt  # the key is the proof; no cookie is looked at
        @require_http_methods(methods)
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, token: str = "", **kwargs: Any) -> HttpResponse:
            response = _inside(view, request, keys.presented(request, token), *args, **kwargs)
            response["X-OpenRosa-Version"] = "1.0"
            response["X-OpenRosa-Accept-Content-Length"] = str(LARGEST)
            response["Date"] = http_date()
            response._has_been_logged = True  # type: ignore[attr-defined]  # the address holds the key
            return response

        return answered

    return decorate


def _inside(view: Any, request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
    organization = keys.organization_of(token)
    if organization is None:
        return _refused()
    try:
        with tenant(organization):
            caller = keys.holder(token)
            if caller is None:
                return _refused()
            person = load(caller)
            with clock.in_zone(person.organization.time_zone):
                answer: HttpResponse = view(request, person, *args, **kwargs)
                return answer
    except Refusal as refusal:
        return _document(writing.response(_sentence(refusal)), refusal.status)


def _refused() -> HttpResponse:
    response = _document(writing.response(_("This key opens nothing here.")), 401)
    response["WWW-Authenticate"] = REALM
    return response


def _sentence(refusal: Refusal) -> str:
    return str(refusal.message)


def _document(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type=XML)


def _address(request: HttpRequest, name: str, **kwargs: Any) -> str:
    """The full address of the same way in: with the key where it stood in the address."""
    found = request.resolver_match
    token = found.kwargs.get("token") if found else None
    if token:
        return request.build_absolute_uri(reverse(f"forms:key_{name}", kwargs={"token": token, **kwargs}))
    return request.build_absolute_uri(reverse(f"forms:odk_{name}", kwargs=kwargs))


@_openrosa(["GET", "HEAD"])
def form_list(request: HttpRequest, person: Person) -> HttpResponse:
    rows = fillable(person.actor).order_by("name", "pk")
    if wanted := request.GET.get("formID"):
        rows = rows.filter(code=wanted)
    return _document(writing.form_list([_entry(request, person, form) for form in rows[:200]]))


def _entry(request: HttpRequest, person: Person, form: Form) -> dict[str, str]:
    with override(None):
        text = writing.xform(person.actor, published(form))
    return {
        "formID": form.code,
        "name": form.name,
        "version": str(form.number),
        "hash": writing.digest_of(text),
        "downloadUrl": _address(request, "form", code=form.code),
        "manifestUrl": _address(request, "manifest", code=form.code),
    }


@_openrosa(["GET", "HEAD"])
def form(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    with override(None):
        return _document(writing.xform(person.actor, published(_form(person, code))))


@_openrosa(["GET", "HEAD"])
def manifest(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    _form(person, code)
    return _document(writing.manifest())


def _form(person: Person, code: str) -> Form:
    found: Form | None = fillable(person.actor).filter(code=code).first()
    if found is None:
        raise NotFound
    return found


@_openrosa(["HEAD", "POST"])
def submission(request: HttpRequest, person: Person) -> HttpResponse:
    """HEAD asks how much may be sent; POST brings an instance and its files. Again the same: the same answer."""
    if request.method == "HEAD":
        response = HttpResponse(status=204)
        response["Location"] = _address(request, "submission")
        return response
    sent = request.FILES.get("xml_submission_file")
    if not isinstance(sent, UploadedFile):
        raise Refusal("no_form", _("The part “xml_submission_file” is missing."), status=400)
    files = {
        each.name or "": each for _name, parts in request.FILES.lists() for each in parts if each is not sent
    }
    instance = reading.read_instance(sent.read(reading.LARGEST + 1), files)
    _keep(person, instance)
    response = _document(writing.response(_("Received. Thank you.")), 201)
    response["Location"] = _address(request, "submission")
    return response


def _keep(person: Person, instance: reading.Instance) -> Submission:
    form = _form(person, instance.code)
    version = published(form, instance.version)
    now = clock.now()
    data = reading.answers_of(instance, version.layout)
    made = actions.submit(
        person.actor,
        form=form,
        data=data,
        now=instance.ended(now),
        version=version.number,
        origin=Origin(source=Submission.Source.OPENROSA, instance_id=instance.instance_id, received_at=now),
        standing=person.standing,
        attested=instance.is_affirmed,
    )
    for sha256, file in instance.used.items():
        _store(person, sha256, file)
    return made


def _store(person: Person, sha256: str, file: UploadedFile) -> None:
    """The file in pieces, as phones send theirs; it finds the answers that name it by itself."""
    offset = 0
    for chunk in file.chunks(MAX_CHUNK):
        receive_chunk(
            person.actor, sha256=sha256, offset=offset, size=file.size or 0, chunk=chunk, is_evidence=True
        )
        offset += len(chunk)
