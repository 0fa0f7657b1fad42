"""Where the overview is found; and finding employees from anywhere."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.people import queries as people
from qince.core.people.rules import VIEW as VIEW_PEOPLE
from qince.kit import navigation, search
from qince.kit.actor import Actor

navigation.entry("home", _("Overview"), icon="dashboard", url="home:home", order=0, key="o")


def employees_found(actor: Actor, text: str) -> Iterator[search.Found]:
    """By name or number; never by mobile, which may be masked."""
    if not actor.may(VIEW_PEOPLE):
        return
    rows = people.with_main_department(people.employees_visible_to(actor).present())
    for employee in rows.filter(Q(name__icontains=text) | Q(number__istartswith=text)).order_by("name_key")[
        :5
    ]:
        url = reverse("people:employees_detail", args=[employee.pk])
        yield search.Found(employee.name, url, employee.main_department or employee.position, "user")


search.provide(_("Employees"), employees_found)
