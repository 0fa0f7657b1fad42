"""What to do now: printed by `./qince up` once the service answers."""

import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Case, Q, When
from django.utils import translation
from django.utils.translation import gettext as _

from qince.core.access.registry import ADMINISTRATOR, BUILT_IN_ROLES, MANAGER, PRIVACY_OFFICER, REP
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.kit.identifiers import mobile_local
from qince.kit.tenancy import tenant


class Command(BaseCommand):
    help = "Say where to sign in, and with which number."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--address", default="", help="the address people use, e.g. http://127.0.0.1:8000"
        )

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        with translation.override(shell_language()):
            self.stdout.write("\n".join(steps((address or settings.ADDRESS).rstrip("/"))))


def shell_language() -> str:
    """The language of the launcher's own words: LC_ALL, LC_MESSAGES or LANG."""
    told = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    return "zh-hans" if told.lower().startswith("zh") else "en"


def steps(address: str) -> list[str]:
    organization = Organization.objects.order_by("created_at").first()
    lines = [_("Register your organization: %s") % f"{address}/register/"]
    if organization is not None:
        lines = [_("Console: %s") % f"{address}/sign-in/", _("Phone app: %s") % f"{address}/m/"]
        lines += people_to_try(organization)
    if settings.DEVELOPER_OUTBOX:
        lines.append(_("Sign-in codes arrive at: %s") % f"{address}/developer/outbox/")
    return lines


def people_to_try(organization: Organization) -> Iterator[str]:
    """One number for each role, where sign-in codes can be read on this machine; none in production."""
    if not settings.DEVELOPER_OUTBOX:
        return
    with tenant(organization):
        for key in (ADMINISTRATOR, MANAGER, REP, PRIVACY_OFFICER):
            if (employee := somebody(key, organization)) is not None:
                yield _line(str(BUILT_IN_ROLES[key]), employee)
        if password := organization.settings.get("demo_password"):
            yield "  " + _("Password of the administrator: %s") % password


def somebody(role: str, organization: Organization) -> Employee | None:
    """Who shows what the role is for: a manager leads somebody, a rep nobody. The demo names whom it likes best."""
    people = Employee.objects.filter(status__in=("active", "invited"), grants__role__key=role)
    if role in (MANAGER, REP):
        people = people.filter(subordinates__isnull=role == REP)
    if role != ADMINISTRATOR:
        people = people.exclude(grants__role__key=ADMINISTRATOR)
    liked = Q(number__in=organization.settings.get("demo_people", []))
    return people.order_by(Case(When(liked, then=0), default=1), "number", "id").first()


def _line(role: str, employee: Employee) -> str:
    return f"  {role}: {employee.name}, {mobile_local(employee.mobile)}"
