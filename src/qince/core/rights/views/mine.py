"""One's own requests in the console: opening, following, complaining; legacy, machine decisions, who was told."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qince.core.access.middleware import before_completion, signed_in
from qince.core.rights import queries, registry
from qince.core.rights.actions import handling, opening, own
from qince.core.rights.own_forms import ComplaintForm, LegacyForm, OwnForm, PushedForm, SurveyForm
from qince.core.rights.presenting import case_view, explanation
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.ids import uuid7


def _own(view: Any) -> Any:
    return before_completion(signed_in(never_cache(view)))


@_own
def mine(request: HttpRequest) -> HttpResponseBase:
    person = request.actor.employee_id  # type: ignore[attr-defined]
    today = queries.today(clock.now())
    context = {
        "cases": [case_view(case, today) for case in queries.own_cases(person)[:50]],
        "legacy": queries.legacy_of(person),
        "pushed": PushedForm(initial={"pushed": queries.pushed_of(person)}),
        "disclosures": registry.disclosures_of(person)[:50],
        "onlookers": registry.onlookers_of(person)[:50],
    }
    return render(request, "rights/mine.html", context)


@_own
def new(request: HttpRequest) -> HttpResponseBase:
    posted = request.method == "POST"
    form = OwnForm(request.POST if posted else None, initial={"kind": request.GET.get("kind", "")})
    if posted and form.is_valid():
        made = _done(
            form, lambda: opening.open_own(_actor(request), id=uuid7(), now=clock.now(), **form.cleaned_data)
        )
        if made is not None:
            flash(request, _("Your request has the number %(number)s.") % {"number": made.number})
            return redirect("rights:mine_case", made.pk)
    context = {"form": form, "title": _("New request"), "cancel": "rights:mine"}
    return render(request, "rights/mine_form.html", context, status=422 if posted else 200)


@_own
def case(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = queries.own_case(_actor(request).employee_id, key)
    context = {
        "case": case_view(found, queries.today(clock.now())),
        "complaint": ComplaintForm(),
        "survey": SurveyForm(),
    }
    return render(request, "rights/mine_case.html", context)


@_own
def act(request: HttpRequest, key: UUID, act: str) -> HttpResponseBase:
    """Taking back, accepting a fee, complaining, or answering the survey."""
    found, now = queries.own_case(_actor(request).employee_id, key), clock.now()
    if request.method != "POST":
        return redirect("rights:mine_case", key)
    if act == "back":
        handling.take_back(_actor(request), found, now=now)
    elif act == "fee":
        handling.accept_fee(_actor(request), found, now=now)
    elif act == "survey" and (form := SurveyForm(request.POST)).is_valid():
        own.answer_survey(_actor(request), found, now=now, **form.cleaned_data)
    elif act == "complaint":
        made = opening.complain(
            _actor(request), id=uuid7(), about=found, details=request.POST.get("details", ""), now=now
        )
        flash(request, _("Your request has the number %(number)s.") % {"number": made.number})
        return redirect("rights:mine_case", made.pk)
    elif act != "survey":
        raise Http404
    flash(request, _("Done."))
    return redirect("rights:mine_case", key)


@_own
def legacy(request: HttpRequest) -> HttpResponseBase:
    """The instruction for the time after death: made anew, or taken back."""
    held = queries.legacy_of(_actor(request).employee_id)
    if request.method == "POST" and "end" in request.POST:
        own.end_legacy(_actor(request), now=clock.now())
        flash(request, _("Taken back."))
        return redirect("rights:mine")
    posted = request.method == "POST"
    form = LegacyForm(request.POST if posted else None, initial=_as_initial(held))
    if posted and form.is_valid():
        made = _done(form, lambda: own.make_legacy(_actor(request), now=clock.now(), **form.cleaned_data))
        if made is not None:
            flash(request, _("Saved."))
            return redirect("rights:mine")
    context = {
        "form": form,
        "title": _("Digital legacy"),
        "cancel": "rights:mine",
        "may_end": held is not None,
    }
    return render(request, "rights/mine_form.html", context, status=422 if posted else 200)


@_own
def pushed(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        own.choose_pushed(_actor(request), now=clock.now(), pushed=request.POST.get("pushed", ""))
        flash(request, _("Saved."))
    return redirect("rights:mine")


@_own
def decisions(request: HttpRequest) -> HttpResponseBase:
    made = registry.decisions_of(_actor(request).employee_id)
    return render(request, "rights/decisions.html", {"made": made})


@_own
def decision(request: HttpRequest, code: str, key: UUID) -> HttpResponseBase:
    """A machine's decision in plain words, replayed from what is stored."""
    told = explanation(_actor(request).employee_id, code, key)
    return render(request, "rights/decision.html", told)


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _done(form: Any, act: Any) -> Any:
    """The result; None when it was refused, which then stands in the form."""
    try:
        return act()
    except Refusal as refusal:
        for name, text in refusal.fields.items():
            form.add_error(name if name in form.fields else None, str(text))
        if not refusal.fields:
            form.add_error(None, str(refusal.message))
        return None


def _as_initial(held: Any) -> dict[str, Any]:
    names = ("wish", "trusted_name", "trusted_contact", "is_on_paper")
    return {name: getattr(held, name) for name in names} | {"note_text": held.note} if held else {}
