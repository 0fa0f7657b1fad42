"""What this room knows by itself: where a number stands in the address book, signed in or not (C1.1-07)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.rights import registry
from qince.core.rights.registry import Found


def in_address_book(mobile: str) -> list[Found]:
    rows = Employee.objects.filter(mobile=mobile).order_by("-created_at")
    return [Found(_("Employee"), row.name, reverse("people:employees_detail", args=[row.pk])) for row in rows]


registry.mobile_finders.append(in_address_book)
