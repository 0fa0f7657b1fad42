"""What this room knows by itself: where a number stands in the address book, signed in or not (C1.1-07)."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.core.rights import registry
from qince.core.rights.registry import Found, Told
from qince.core.watch import reads
from qince.core.watch.words import page_words


def in_address_book(mobile: str) -> list[Found]:
    rows = Employee.objects.filter(mobile=mobile).order_by("-created_at")
    return [Found(_("Employee"), row.name, reverse("people:employees_detail", args=[row.pk])) for row in rows]


def looks(employee_id: UUID) -> list[Told]:
    """Who opened the person's sensitive data, as the watch noted it."""
    return [Told(each.at, each.reader_name, page_words(each.page)) for each in reads.of(employee_id)]


registry.onlookers.append(looks)
registry.mobile_finders.append(in_address_book)
