"""The phone's addresses for one's own requests, legacy, machine decisions and contacts. Mounted under /api/phone/v1."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from qince.core.rights import queries, registry
from qince.core.rights.actions import handling, opening, own
from qince.core.rights.grounds import Deletion
from qince.core.rights.kinds import ABOUT_DECISIONS, OWN
from qince.core.rights.models import Legacy, Preference
from qince.core.rights.presenting import case_view, explanation
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.api import answers, body_of, read, respond
from qince.kit.errors import Text
from qince.kit.tenancy import tenant

router = Router(tags=["rights"])

Words = Annotated[str, msgspec.Meta(max_length=4000)]
Short = Annotated[str, msgspec.Meta(max_length=500)]
SMALL = 32 * 1024


class NewCase(msgspec.Struct):
    """A request about oneself. The phone makes the id, so a repeat is the same case."""

    id: UUID
    kind: Annotated[str, msgspec.Meta(max_length=16)]
    details: Words = ""
    ground: Annotated[str, msgspec.Meta(max_length=16)] = ""
    ground_text: Short = ""
    is_operator_data: bool = False
    decision: Annotated[str, msgspec.Meta(max_length=40)] = ""
    decision_id: UUID | None = None


class NewComplaint(msgspec.Struct):
    id: UUID
    details: Words


class NewFeedback(msgspec.Struct):
    id: UUID
    details: Words
    with_contact: bool = False


class NewLegacy(msgspec.Struct):
    wish: Literal["give", "erase", "keep", ""]  # "": take the instruction back
    trusted_name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    trusted_contact: Annotated[str, msgspec.Meta(max_length=120)] = ""
    note: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    is_on_paper: bool = False
    attested: bool = False  # the person named knows and agrees


class NewDiagnostics(msgspec.Struct):
    model: Annotated[str, msgspec.Meta(max_length=80)] = ""
    system: Annotated[str, msgspec.Meta(max_length=80)] = ""
    notice_hash: Annotated[str, msgspec.Meta(max_length=64)] = ""
    settings: dict[str, Annotated[str, msgspec.Meta(max_length=200)]] = {}


class NewSurvey(msgspec.Struct):
    score: int
    text: Short = ""


class Pushed(msgspec.Struct):
    pushed: Literal["personal", "general", "none"]


class ShownCase(msgspec.Struct):
    """One case as its person sees it; `state_words`, `title` and `how_to_complain` are in the asked language."""

    id: UUID
    number: str
    kind: str
    title: str
    state: str
    state_words: str
    due_on: str
    is_open: bool
    may_complain: bool
    how_to_complain: str
    answer: str
    received_at: datetime


def _actor(request: HttpRequest) -> Actor:
    return request.auth  # type: ignore[attr-defined,no-any-return]


@router.get("/rights", openapi_extra=answers(None, 401))
def get_rights(request: HttpRequest) -> HttpResponse:
    """My cases, my instruction and preferences, what was told of me, who looked; and what may be asked for."""
    person = _actor(request).person_id
    with tenant(_actor(request).organization_id):
        today = queries.today(clock.now())
        found = {
            "cases": [case_view(case, today) for case in queries.own_cases(person)[:50]],
            "legacy": _legacy(queries.legacy_of(person)),
            "pushed": queries.pushed_of(person),
            "disclosures": _told(registry.disclosures_of(person)[:100]),
            "onlookers": _told(registry.onlookers_of(person)[:100]),
            "decisions": [_made(each) for each in registry.decisions_of(person)],
            "kinds": _choices([(each.value, each.label) for each in OWN if each not in ABOUT_DECISIONS]),
            "grounds": _choices(Deletion.choices),
            "wishes": _choices(Legacy.Wish.choices),
            "pushed_choices": _choices(Preference.Pushed.choices),
        }
    return respond(found)


@router.post(
    "/rights/cases", openapi_extra={**body_of(NewCase), **answers(ShownCase, 400, 401, 404, 409, 422)}
)
def post_case(request: HttpRequest) -> HttpResponse:
    """Ask for something about one's own data. Being signed in proves who asks; the answer has the number."""
    asked = read(request, NewCase, limit=SMALL)
    fields = {name: getattr(asked, name) for name in asked.__struct_fields__}
    return _shown(_actor(request), opening.open_own(_actor(request), now=clock.now(), **fields))


@router.get("/rights/cases/{case_id}", openapi_extra=answers(ShownCase, 401, 404))
def get_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _shown(_actor(request), _own(request, case_id))


@router.delete("/rights/cases/{case_id}", openapi_extra=answers(ShownCase, 401, 404, 422))
def delete_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the request back."""
    case = _own(request, case_id)
    return _shown(_actor(request), handling.take_back(_actor(request), case, now=clock.now()))


@router.post(
    "/rights/cases/{case_id}/complaint",
    openapi_extra={**body_of(NewComplaint), **answers(ShownCase, 400, 401, 404, 409, 422)},
)
def post_complaint(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Not satisfied: a complaint or appeal, which somebody else handles."""
    asked, about = read(request, NewComplaint, limit=SMALL), _own(request, case_id)
    made = opening.complain(_actor(request), id=asked.id, about=about, details=asked.details, now=clock.now())
    return _shown(_actor(request), made)


@router.post("/rights/cases/{case_id}/fee", openapi_extra=answers(ShownCase, 401, 404, 422))
def post_fee(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Accept the fee asked for the case."""
    case = _own(request, case_id)
    return _shown(_actor(request), handling.accept_fee(_actor(request), case, now=clock.now()))


@router.post(
    "/rights/cases/{case_id}/diagnostics",
    openapi_extra={**body_of(NewDiagnostics), **answers(ShownCase, 400, 401, 404, 409, 422)},
)
def post_diagnostics(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Hand over what helps to find a fault, for this case alone; it goes with the case."""
    given, case = read(request, NewDiagnostics, limit=SMALL), _own(request, case_id)
    done = own.give_diagnostics(
        _actor(request),
        case,
        now=clock.now(),
        model=given.model,
        system=given.system,
        settings=given.settings,
        notice_hash=given.notice_hash,
    )
    return _shown(_actor(request), done)


@router.delete("/rights/cases/{case_id}/diagnostics", openapi_extra=answers(ShownCase, 401, 404, 422))
def delete_diagnostics(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take back what was handed over: it is removed at once, and the case goes on."""
    case = _own(request, case_id)
    return _shown(_actor(request), own.take_diagnostics_back(_actor(request), case, now=clock.now()))


@router.post(
    "/rights/cases/{case_id}/survey",
    openapi_extra={**body_of(NewSurvey), **answers(ShownCase, 400, 401, 404, 422)},
)
def post_survey(request: HttpRequest, case_id: UUID) -> HttpResponse:
    given, case = read(request, NewSurvey, limit=SMALL), _own(request, case_id)
    own.answer_survey(_actor(request), case, now=clock.now(), score=given.score, text=given.text)
    return _shown(_actor(request), case)


@router.put("/rights/legacy", openapi_extra={**body_of(NewLegacy), **answers(None, 400, 401, 422)})
def put_legacy(request: HttpRequest) -> HttpResponse:
    """Say what shall become of one's data after death, or take that back."""
    asked, actor = read(request, NewLegacy, limit=SMALL), _actor(request)
    if not asked.wish:
        own.end_legacy(actor, now=clock.now())
        return respond({"legacy": None})
    made = own.make_legacy(
        actor, now=clock.now(), wish=asked.wish, trusted_name=asked.trusted_name,
        trusted_contact=asked.trusted_contact, note_text=asked.note, is_on_paper=asked.is_on_paper,
        attested=asked.attested,
    )  # fmt: skip
    return respond({"legacy": _legacy(made)})


@router.put("/rights/pushed", openapi_extra={**body_of(Pushed), **answers(Pushed, 400, 401)})
def put_pushed(request: HttpRequest) -> HttpResponse:
    """Pushed information: chosen for me, not personalised, or none."""
    asked = read(request, Pushed, limit=SMALL)
    return respond({"pushed": own.choose_pushed(_actor(request), now=clock.now(), pushed=asked.pushed)})


@router.get("/rights/decisions/{code}/{decision_id}", openapi_extra=answers(None, 401, 404))
def get_decision(request: HttpRequest, code: str, decision_id: UUID) -> HttpResponse:
    """A machine's decision about oneself in plain words, computed again from what is stored."""
    with tenant(_actor(request).organization_id):
        told = explanation(_actor(request).person_id, code, decision_id)
        told["inputs"] = [[str(label), value] for label, value in told["inputs"]]
        told["review"] = _review(told["review"])
        return respond(
            {name: str(value) if isinstance(value, Text) else value for name, value in told.items()}
        )


@router.post("/feedback", openapi_extra={**body_of(NewFeedback), **answers(None, 400, 401, 409, 422)})
def post_feedback(request: HttpRequest) -> HttpResponse:
    """Feedback; without contact nothing says who gave it, and the answer stays with the number."""
    asked = read(request, NewFeedback, limit=SMALL)
    case = opening.give_feedback(
        _actor(request), id=asked.id, details=asked.details, with_contact=asked.with_contact, now=clock.now()
    )
    return respond({"number": case.number})


@router.get("/support", openapi_extra=answers(None, 401))
def get_support(request: HttpRequest) -> HttpResponse:
    """Who runs the service and how to reach them: the contacts of the notice, and the privacy officers by name."""
    with tenant(_actor(request).organization_id):
        officers = [each.name for each in queries.officers()]
    return respond({**settings.OPERATOR, "officers": officers})


def _own(request: HttpRequest, key: UUID) -> Any:
    with tenant(_actor(request).organization_id):
        return queries.own_case(_actor(request).person_id, key)


def _shown(actor: Actor, case: Any) -> HttpResponse:
    with tenant(actor.organization_id):
        return respond(case_view(queries.own_case(actor.person_id, case.pk), queries.today(clock.now())))


def _choices(pairs: Any) -> list[list[str]]:
    return [[str(code), str(words)] for code, words in pairs]


def _legacy(held: Legacy | None) -> dict[str, Any] | None:
    names = ("wish", "trusted_name", "trusted_contact", "note", "is_on_paper", "made_at")
    return {name: getattr(held, name) for name in names} if held else None


def _review(held: Any) -> dict[str, str] | None:
    return {"state": held.state, "words": held.get_state_display(), "text": held.text} if held else None


def _told(lines: list[registry.Told]) -> list[dict[str, Any]]:
    return [{"at": line.at, "who": line.who, "what": line.what, "why": line.why} for line in lines]


def _made(each: registry.Made) -> dict[str, Any]:
    return {
        "code": each.decision, "id": each.target_id, "at": each.at, "about": each.about, "result": each.result,
        "title": str(each.title),
    }  # fmt: skip
