"""Pages of products that the resource kit does not make: one product, and pictures by the hundred."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource import Resource
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404
from qince.masterdata.products import rules
from qince.masterdata.products.forms import PicturesForm
from qince.masterdata.products.pictures import Outcome, import_zip
from qince.masterdata.products.screens import PRODUCTS

NAMED = 8  # files named in a message; more would not be read


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    product = row_or_404(resource, actor, key)
    context = {"resource": resource, "detail": Detail(resource, actor, product), "row": product}
    return render(request, "products/detail.html", context)


@page(rules.IMPORT)
def pictures(request: HttpRequest) -> HttpResponseBase:
    """Upload a ZIP of pictures named by product."""
    form = PicturesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actor: Actor = request.actor  # type: ignore[attr-defined]
        try:
            outcome = import_zip(actor, file=form.cleaned_data["file"], now=clock.now())
        except Refusal as refusal:
            form.add_error("file", str(refusal.message))
        else:
            _say(request, outcome)
            return HttpResponseRedirect(reverse("products:product_list"))
    context = {"form": form, "resource": PRODUCTS}
    return render(request, "products/pictures.html", context, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, outcome: Outcome) -> None:
    text = ngettext("%(n)d picture added.", "%(n)d pictures added.", outcome.added)
    flash(request, text % {"n": outcome.added})
    for names, words in (
        (outcome.unknown, _("No product is called: %(names)s.")),
        (outcome.damaged, _("These are no pictures: %(names)s.")),
    ):
        if names:
            flash(request, words % {"names": ", ".join(names[:NAMED])}, level="warning")
