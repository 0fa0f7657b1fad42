"""My personal information in the console: see, change, complete, clear."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qince.core.access.middleware import before_completion, signed_in
from qince.core.people.models import Employee
from qince.core.profile import actions, queries
from qince.core.profile.forms import ProfileForm, initial
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash


@before_completion
@signed_in
@never_cache
def mine(request: HttpRequest) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]
    found, posted = queries.profile_of(actor.person_id), request.method == "POST"
    form = ProfileForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        offered=queries.offered(),
        initial=initial(found),
    )
    if posted and form.is_valid() and _saved(actor, form):
        flash(request, _("Saved."))
        return redirect("profile:mine")
    context = {"form": form, "found": found, "me": Employee.objects.get(pk=actor.person_id)}
    return render(request, "profile/mine.html", context, status=422 if posted else 200)


def _saved(actor: Any, form: ProfileForm) -> bool:
    values, seen = form.values()
    try:
        actions.change_profile(actor, now=clock.now(), values=values, visibility=seen)
        if form.cleaned_data.get("clear_picture"):
            actions.clear_picture(actor, now=clock.now())
        elif form.cleaned_data.get("picture"):
            actions.set_picture(actor, now=clock.now(), content=form.cleaned_data["picture"].read())
    except Refusal as refusal:
        fields = refusal.fields or {"": refusal.message}
        for name, text in fields.items():
            form.add_error(name if name in form.fields else None, str(text))
        return False
    return True
