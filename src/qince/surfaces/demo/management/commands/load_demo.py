"""`./qince up --demo`: the demo organization, once."""

import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from qince.employee.attendance.models import WorkPlace
from qince.kit import clock
from qince.kit.identifiers import mobile_local
from qince.kit.tenancy import tenant
from qince.sales.routes.actions import plan_ahead
from qince.surfaces.demo import (
    approvals,
    calendar,
    company,
    daily_reports,
    faces,
    forms,
    history,
    leave,
    letters,
    partners,
    people,
    privacy,
    routes,
    workdays,
)
from qince.surfaces.demo.company import EXAMPLES, LANGUAGE, MOBILE, NAME, PASSWORD
from qince.surfaces.demo.days import Setting
from qince.surfaces.demo.shelves import Shelves

DAYS = 28
SHELVES = 36


class Command(BaseCommand):
    help = "Load the demo organization: the example files imported, and four weeks of history. Once only."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="days of history (default 28)")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        if company.existing():
            self.stdout.write(f"{NAME} is there already; nothing was changed.")
            return
        self.started = time.monotonic()
        with translation.override(LANGUAGE):
            self._load(max(days, 0))
        self.say(f"done. Administrator {mobile_local(MOBILE)}, password {PASSWORD}")

    def say(self, text: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.started:5.1f} s  {text}")
        self.stdout.flush()

    def _load(self, days: int) -> None:
        now, zone = clock.now(), ZoneInfo("Asia/Shanghai")
        today = now.astimezone(zone).date()
        began = history.start_of(now, days)
        with clock.at(began):
            made = company.register(began)
            self.say(f"registered {NAME}")
            with tenant(made.organization):
                places = self._set_up(made, began)
                routes.set_routes(made, first=today - timedelta(days=days), today=today)
                first = today - timedelta(days=days)
                workdays.set_rules(made, since=began, first=first, today=today)
                template = company.write_template(made, began)
                self.say("weekly routes, work places and the visit's steps are set")
        shelves = Shelves(EXAMPLES / "products", count=SHELVES)
        setting = Setting(zone, now, today, template, shelves, places)
        self._live_through(made, setting, days)
        self._work_nights(made, setting, first)
        with tenant(made.organization):
            plan_ahead(today)
            partners.set_up(made, now)
            self.say("two partners are entered; one is on")
            letters.write(made, setting)
            filled = forms.set_up(made, people.actors("phone"), now=now)
            self.say(f"two forms are published, filled in {filled} times")
            material = approvals.ask_for_material(made, people.actors("phone"), now=now)
            self.say(f"{material} requests for material, at every step of their flow")
            approvals.draw_leave(made, now=began)
            asked_for = leave.set_up(made, began=began, now=now)
            self.say(f"{asked_for} requests for leave, in every state")
            sent = daily_reports.set_up(made, people.actors("phone"), first=first, zone=zone.key, now=now)
            self.say(f"{sent} work reports, filled in from the visits")
            entered = calendar.set_up(now=now, today=today)
            self.say(f"{entered} events in agendas, with invitations in each state")
            shown = faces.set_up(made, people.actors("phone"), setting)
            self.say(f"{shown} people have shown a face that was drawn for the purpose")
            asked = privacy.ask(people.actors("phone"), now=now)
            privacy.write_letter(made, now=now)
            privacy.instruct_operator(made, now=now)
        self.say(f"{asked} privacy requests wait for their officer")
        rows = privacy.export_everything(made, now=now)
        self.say(f"an archive of all {rows} records lies ready, and the operator has an instruction")

    def _set_up(self, made: company.Company, now: datetime) -> list[WorkPlace]:
        for file, report in company.import_files(made, now):
            self.say(f"imported {file}: {report.counts['new']} new")
            if report.counts["faulty"]:
                raise CommandError(f"{file}: {next(iter(report.faults.values()))}")
        self.say(f"added {company.add_pictures(made, now)} product pictures")
        company.make_managers(made, now)
        privacy.appoint_officer(made, now)
        privacy.agree_on_term(made, now)
        people.let_agree(people.actors("phone"), since=now)
        self.say("everybody has activated the app and decided what it may record")
        return company.set_places(made, now)

    def _live_through(self, made: company.Company, setting: Setting, days: int) -> None:
        with tenant(made.organization):
            everybody = people.actors("phone")
            reps = history.reps_of(everybody, list(setting.places))
        in_field = {rep.number for rep in reps}
        elsewhere = in_field | set(workdays.NIGHT_WORKERS)
        office = {number: actor for number, actor in everybody.items() if number not in elsewhere}
        with tenant(made.organization):
            leading = frozenset(office) & workdays.in_the_field()
        lived = history.History(setting, reps, office, leading)
        for day, photos in history.days(setting.today, days):
            with tenant(made.organization):
                if photos and not setting.template.steps[0]["required"]:
                    self._require_photos(made, setting, day)
                lived.live_through(day, photos=photos)
            if day.weekday() == 6 or day == setting.today:
                self.say(f"history up to {day}: {lived.sent} acts in the field")

    def _work_nights(self, made: company.Company, setting: Setting, first: date) -> None:
        with tenant(made.organization):
            actors = people.actors("phone")
            sent = workdays.live_through_nights(actors, setting, first)
        stored = workdays.finish(made, actors, setting, first)
        self.say(f"{sent} presses of the warehouse's nights; results of {stored} days are computed")

    def _require_photos(self, made: company.Company, setting: Setting, day: date) -> None:
        morning = setting.at(day, 0)
        with clock.at(morning):
            setting.template.steps = company.require_photos(made, setting.template, morning).steps
