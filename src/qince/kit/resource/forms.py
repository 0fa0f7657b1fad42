"""Create and edit: a form, the action it calls, and the action's refusal shown at the field it is about."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.resource.declaration import FormPage, Resource
from qince.kit.resource.guard import row_or_404
from qince.kit.resource.opened import Making, Stale, kept, locked, note_of, read, require_same
from qince.kit.tenancy import tenant


class ActorForm(forms.Form):
    """A form that knows who fills it in, and about which row (None when creating).

    `masks` maps fields to maskable names: editing, an actor who does not see a field in clear is not offered
    it, so it is neither shown nor overwritten. Override `arrange` to limit choices to what the actor may see.
    """

    masks: Mapping[str, str] = {}

    def __init__(self, *args: Any, actor: Actor, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row
        self.stale: Stale | None = None
        if row is not None:
            for name, mask in self.masks.items():
                if not actor.sees_field(mask):
                    del self.fields[name]
        for field in self.fields.values():
            if isinstance(field, (OneOf, SomeOf)):
                field.bind(actor)
        self.arrange()

    def arrange(self) -> None:
        """Called once the fields are there."""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal where it belongs: at its fields, else above the form."""
        self.stale = refusal if isinstance(refusal, Stale) else None
        at_fields = {name: text for name, text in refusal.fields.items() if name in self.fields}
        for name, text in at_fields.items():
            self.add_error(name, str(text))
        if not at_fields:
            self.add_error(None, str(refusal.message))


def attempt(actor: Actor, form: ActorForm | None, act: Callable[[], Any]) -> tuple[bool, Any]:
    """Run `act` in a savepoint; a refusal lands in the form. Returns (whether it was done, its result)."""
    try:
        with tenant(actor.organization_id):
            return True, act()
    except Refusal as refusal:
        if form is None:
            raise
        form.refuse(refusal)
    except IntegrityError:  # two people at the same moment: the rule the action checked was broken meanwhile
        clash = Refusal(
            "conflict", _("Someone else changed this at the same moment. Please look again and repeat.")
        )
        if form is None:
            raise clash from None
        form.refuse(clash)
    return False, None


def create_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    return _form_page(request, resource, _offered(resource.create), None)


def edit_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    row = row_or_404(resource, request.actor, key)  # type: ignore[attr-defined]
    return _form_page(request, resource, _offered(resource.edit), row)


def _offered(page: FormPage | None) -> FormPage:
    if page is None:
        raise Http404
    return page


def _form_page(request: HttpRequest, resource: Resource, page: FormPage, row: Any) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    posted = request.method == "POST"
    now = clock.now()

    def made(data: Any, row: Any) -> ActorForm:
        files = request.FILES if data is not None else None
        return page.form(data, files, actor=actor, row=row, initial=_initial(request, page, row))

    form = made(request.POST if posted else None, row)
    if posted and form.is_valid():
        done, result = attempt(actor, form, lambda: _save(request, resource, page, form, made, now))
        if done:
            flash(request, _("Saved.") if row is not None else _("Created."))
            return HttpResponseRedirect(_after(resource, actor, row if row is not None else result))
    if form.stale:
        row, form = form.stale.row, kept(request.POST, form.stale, made)
    context = {"resource": resource, "form": form, "row": row, "cancel": _cancel(resource, row)}
    context["list_url"] = resource.url("list")
    if row is not None:
        context["opened"] = note_of(made(None, row), row, now)
    return render(request, page.template, context, status=status_of(form))


def _save(
    request: HttpRequest, resource: Resource, page: FormPage, form: ActorForm, made: Making, now: datetime
) -> Any:
    """Create, or edit the row that was opened, if it is still what it was then."""
    if form.row is None:
        return page.act(form.actor, now=now, **form.cleaned_data)
    row = locked(resource, form.actor, form.row)
    require_same(read(request.POST), row, made(None, row), form, form.actor, counts=False)
    return page.act(form.actor, row, now=now, **form.cleaned_data)


def status_of(form: ActorForm | None) -> int:
    if form is None or not form.is_bound:
        return 200
    return 409 if form.stale else 422


def _initial(request: HttpRequest, page: FormPage, row: Any) -> dict[str, Any]:
    """What the row holds; creating, what the link suggested (`?department=…`)."""
    if row is None:
        return dict(request.GET.items())
    if page.initial:
        return page.initial(row)
    return {name: getattr(row, name, None) for name in page.form.base_fields}


def _after(resource: Resource, actor: Actor, row: Any) -> str:
    """The record, if it can be seen; else the list."""
    key = getattr(row, "pk", None)
    if key is not None and resource.visible_to(actor).filter(pk=key).exists():
        return resource.url("detail", key)
    return resource.url("list")


def _cancel(resource: Resource, row: Any) -> str:
    return resource.url("list") if row is None else resource.url("detail", row.pk)
