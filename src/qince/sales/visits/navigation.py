"""What visits offer to the rest of the console: menu, search, pictures, a block on a customer's page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from qince.core.files import viewers
from qince.kit import assets, navigation, search
from qince.kit.actor import Actor
from qince.masterdata.customers import panels
from qince.masterdata.customers.models import Customer
from qince.sales.visits import queries, rules

navigation.group("sales", _("Sales"), order=20)
navigation.entry(
    "visits",
    _("Visits"),
    icon="walk",
    url="visits:visit_list",
    permission=rules.VIEW,
    group="sales",
    order=10,
    key="v",
)
navigation.entry(
    "photos",
    _("Photo wall"),
    icon="photo",
    url="visits:photos",
    permission=rules.VIEW,
    group="sales",
    order=20,
    key="f",
)
navigation.entry(
    "visit_templates",
    _("Visit steps"),
    icon="checklist",
    url="visits:template_list",
    permission=rules.EDIT_TEMPLATES,
    group="sales",
    order=90,
)
navigation.command("visits.exceptions", _("Exceptions of today"), icon="alert-triangle",
                   url="visits:exceptions_today", permission=rules.VIEW,
                   words="exceptions outside 异常 今日异常")  # fmt: skip

assets.module("qince/lightbox", "visits/lightbox.js")
assets.module("qince/steps", "visits/steps.js")

viewers.provide(queries.shows_photo, mask=rules.MASK_POSITION)


def found(actor: Actor, text: str) -> Iterator[search.Found]:
    if not actor.may(rules.VIEW):
        return
    for visit in queries.visits_matching(actor, text):
        url = reverse("visits:visit_detail", args=[visit.pk])
        day = formats.date_format(visit.on, "SHORT_DATE_FORMAT")
        yield search.Found(visit.customer.name, url, f"{visit.employee.name} · {day}", "walk")


search.provide(_("Visits"), found)


def recent_visits(actor: Actor, customer: Customer) -> panels.Panel | None:
    if not actor.may(rules.VIEW):
        return None
    rows = queries.visits_visible_to(actor).filter(customer=customer).select_related("employee")
    url = f"{reverse('visits:visit_list')}?customer={customer.pk}"
    recent = list(rows.order_by("-on", "-id")[:5])
    return panels.Panel(_("Recent visits"), "visits/_recent.html", {"visits": recent}, url)


panels.provide(recent_visits, order=10)
