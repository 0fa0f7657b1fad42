"""The operator's own staff: who they are, what they signed and learned, and tickets into organizations."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qince.core.organizations.models import Organization
from qince.core.people.accounts import normal_mobile
from qince.core.watch import staffing, tickets
from qince.core.watch.models import Staff, StaffAccess
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

ACTS = ("list", "add", "sign", "train", "open", "close")


class Command(BaseCommand):
    help = "Staff of the operator: list, add, sign (confidentiality), train, open and close a ticket."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=ACTS)
        parser.add_argument("--mobile", default="", help="whose: the number of their account")
        parser.add_argument("--name", default="", help="add: who it is")
        parser.add_argument("--kind", default="employed", help="add: employed or outsourced")
        parser.add_argument("--on", type=date.fromisoformat, help="sign, train: the day it was done (today)")
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the last day: of staff, paper or training"
        )
        parser.add_argument("--topic", default="", help="train: what was learned")
        parser.add_argument("--organization", default="", help="open, close: its id")
        parser.add_argument("--reason", default="", help="open: why; the organization reads it")
        parser.add_argument(
            "--instruction", type=UUID, help="open: the number of the organization's instruction it rests on"
        )
        parser.add_argument(
            "--exception", default="", help="open: or the law that allows it without an instruction"
        )
        parser.add_argument("--hours", type=int, default=2, help="open: for how long, at most 8")
        parser.add_argument("--by", default="", help="your name: it stands on record")

    def handle(self, *args: Any, **options: Any) -> None:
        acts: dict[str, Callable[[dict[str, Any]], None]] = {name: getattr(self, f"_{name}") for name in ACTS}
        try:
            acts[options["act"]](options)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _list(self, options: dict[str, Any]) -> None:
        today = timezone.localdate(clock.now())
        for staff in Staff.objects.select_related("account").order_by("name"):
            state = staffing.obstacle(staff, today=today) or "may get tickets"
            trained = "trained" if staffing.is_trained(staff, today=today) else "training missing or overdue"
            self.stdout.write(f"{staff.name} ({staff.kind}, {staff.account}): {state}; {trained}")

    def _add(self, options: dict[str, Any]) -> None:
        staffing.add(
            name=options["name"], mobile=options["mobile"], kind=options["kind"], ends_on=options["until"],
            by=options["by"], now=clock.now(),
        )  # fmt: skip
        self._done()

    def _sign(self, options: dict[str, Any]) -> None:
        staffing.sign(self._staff(options), on=self._day(options), until=self._until(options))
        self._done()

    def _train(self, options: dict[str, Any]) -> None:
        staffing.train(
            self._staff(options), topic=options["topic"], on=self._day(options), due=self._until(options)
        )
        self._done()

    def _open(self, options: dict[str, Any]) -> None:
        ticket = tickets.open_ticket(
            self._staff(options), self._organization(options).pk, reason=options["reason"],
            hours=options["hours"], by=options["by"], now=clock.now(), instruction=options["instruction"],
            exception=options["exception"],
        )  # fmt: skip
        self.stdout.write(self.style.SUCCESS(f"Open until {ticket.ends_at:%Y-%m-%d %H:%M} UTC."))

    def _close(self, options: dict[str, Any]) -> None:
        staff, organization, now = self._staff(options), self._organization(options), clock.now()
        actor = system_actor(organization.pk, "operator")
        with tenant(organization):
            held = StaffAccess.objects.filter(staff_id=staff.pk, closed_at__isnull=True)
            for ticket in held.select_related("employee"):
                tickets.close_staff_access(actor, ticket=ticket, now=now)
        self._done()

    def _staff(self, options: dict[str, Any]) -> Staff:
        found = Staff.objects.select_related("account").filter(
            account__mobile=normal_mobile(options["mobile"])
        )
        if (staff := found.first()) is None:
            raise CommandError("Nobody on the list has this number: --mobile. See: ./qince manage staff list")
        return staff

    def _organization(self, options: dict[str, Any]) -> Organization:
        try:
            return Organization.objects.get(pk=UUID(options["organization"]))
        except (ValueError, Organization.DoesNotExist) as error:
            raise CommandError("Name the organization by its id: ./qince manage organization list") from error

    def _day(self, options: dict[str, Any]) -> date:
        return options["on"] or timezone.localdate(clock.now())

    def _until(self, options: dict[str, Any]) -> date:
        if options["until"] is None:
            raise CommandError("Say until when it counts: --until YYYY-MM-DD")
        day: date = options["until"]
        return day

    def _done(self) -> None:
        self.stdout.write(self.style.SUCCESS("Done."))
