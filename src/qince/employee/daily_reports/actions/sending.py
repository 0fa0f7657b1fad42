"""Sending a report, and changing it while there is time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from qince.core.files.models import Blob
from qince.core.letters.actions import recall
from qince.core.privacy.gate import BASIC, Standing
from qince.employee.daily_reports import filling, obliging, queries
from qince.employee.daily_reports.calendars import zone_here
from qince.employee.daily_reports.events import ReportSent, ReportTouched
from qince.employee.daily_reports.models import (
    Edition,
    Obligation,
    Report,
    ReportFile,
    Template,
    TemplateVersion,
)
from qince.employee.daily_reports.owing.periods import Period, period_from
from qince.employee.daily_reports.receiving import hand_out
from qince.employee.daily_reports.reminding import topic
from qince.employee.daily_reports.rules import WRITE
from qince.engines.forms import references
from qince.engines.forms.actions.submitting import AnswersRefused, each_answer
from qince.engines.forms.keeping import parted
from qince.engines.forms.schema import Kind, validate
from qince.engines.forms.schema.types import UPLOADS
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal, require_unchanged
from qince.kit.events import publish

FUNCTION = "daily_reports.report"
AFTERWARDS = timedelta(days=31)  # for so long what is missing can still be handed in


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: the answers, when they were sent, and as of when facts were filled in before."""

    data: Any
    sent_at: datetime
    filled_until: datetime
    version: int | None = None  # of the template that it was written by, if not the period's own

    @property
    def until(self) -> datetime:
        return min(self.filled_until, self.sent_at)


@action("daily_reports.send", permission=WRITE)
def send(
    actor: Actor, *, report_id: UUID, template_id: UUID, period_on: date, written: Written, now: datetime,
    standing: Standing | None = None,
) -> Report:  # fmt: skip
    """Send the report of a period. The same id twice is one report: the first is given back."""
    standing = _admitted(actor, standing)
    if found := _before(actor, report_id, template_id, period_on):
        return found
    template = Template.objects.filter(pk=template_id, is_active=True).first()
    if template is None:
        raise NotFound
    period = period_of(template, period_on)
    owed = _owed(actor, template, period, written, now)
    version = _version(template, period, written)
    made = Report(
        id=report_id, template=template, by_version=version, employee_id=actor.person_id, period_on=period.first,
        ends_on=period.last, sent_at=written.sent_at, received_at=now,
    )  # fmt: skip
    put(actor, made, period, written, standing)
    made.save(force_insert=True)
    keep_files(made)
    Obligation.objects.filter(pk=owed.pk).update(report=made, sent_at=made.sent_at)
    hand_out(made)
    recall(actor, dedupe=topic(template.pk, period.first), employee_ids=[actor.person_id], now=now)
    note(made, period=period.first, version=version.number)
    publish(ReportSent(made.pk, template.pk, actor.person_id, period.first, made.edition))
    return made


@action("daily_reports.revise", permission=WRITE)
def revise(
    actor: Actor, *, report_id: UUID, edition: int, written: Written, now: datetime,
    standing: Standing | None = None,
) -> Report:  # fmt: skip
    """Change one's own report while it would still count, read or not. What it said before stays readable."""
    standing = _admitted(actor, standing)
    rows: Any = Report.objects.select_for_update(of=("self",)).select_related("template", "by_version")
    found: Report | None = rows.filter(pk=report_id, employee=actor.person_id).first()
    if found is None:
        raise NotFound
    require_unchanged(found.edition, edition)
    period = period_of(found.template, found.period_on)
    if not period.is_taken(written.sent_at):
        raise Refusal(
            "no_longer", _("The time for changing this report is over. Say it in a comment instead.")
        )
    Edition.objects.create(
        report=found, number=found.edition, facts=found.facts, answers=found.answers, marks=found.marks,
        written_at=found.edited_at or found.sent_at, replaced_at=written.sent_at,
    )  # fmt: skip
    if written.version is not None:
        found.by_version = queries.version_of(found.template_id, written.version)
    put(actor, found, period, written, standing)
    found.edition += 1
    found.edited_at = written.sent_at
    found.save()
    keep_files(found)
    note(found, edition=found.edition)
    publish(ReportSent(found.pk, found.template_id, actor.person_id, found.period_on, found.edition))
    return found


@action("daily_reports.withdraw", permission=WRITE)
def withdraw(actor: Actor, *, report_id: UUID, now: datetime) -> None:
    """Take one's own report back while it would still count. It opens for nobody any more, comments and all; the trail
    keeps that there was one, and it is owed as before.
    """
    rows: Any = Report.objects.select_for_update(of=("self",)).select_related("template", "by_version")
    found: Report | None = rows.filter(pk=report_id, employee=actor.person_id).first()
    if found is None:
        raise NotFound
    if not period_of(found.template, found.period_on).is_taken(now):
        raise Refusal("no_longer", _("The time for withdrawing this report is over."))
    note(found, period=found.period_on, edition=found.edition)
    touched = (actor.person_id, *found.receipts.values_list("employee_id", flat=True))
    Obligation.objects.filter(report=found).update(report=None, sent_at=None)
    found.delete()
    publish(ReportTouched(touched))


def period_of(template: Template, first: date) -> Period:
    versions = [each.as_version for each in template.versions.all()]
    found = period_from(versions, first, zone_here())
    if found is None:
        raise Refusal("no_such_period", _("No report is due for that period."), field="period_on")
    return found


def _admitted(actor: Actor, standing: Standing | None) -> Standing:
    if actor.is_restricted:
        raise Forbidden(_("The use of your data is restricted; nothing new is taken from you meanwhile."))
    standing = standing or Standing(actor.person_id)
    standing.require(BASIC, function=FUNCTION)
    return standing


def _before(actor: Actor, report_id: UUID, template_id: UUID, period_on: date) -> Report | None:
    """The report that has this id already. Another one of the same period is a conflict that names it."""
    found: Report | None = (
        Report.objects.select_related("template", "by_version").filter(pk=report_id).first()
    )
    if found is not None:
        if found.employee_id != actor.employee_id:
            raise Conflict("id_taken", _("This id belongs to something else. Send it as a new one."))
        return found
    own = Report.objects.filter(template=template_id, employee=actor.person_id, period_on=period_on)
    if other := own.values_list("pk", flat=True).first():
        raise Conflict(
            "sent_already", _("You have sent this report already. Change that one."), report_id=str(other)
        )
    return None


def _owed(actor: Actor, template: Template, period: Period, written: Written, now: datetime) -> Obligation:
    found = obliging.ensure(template, actor.person_id, period, now=now)
    if found is None:
        raise NotFound(_("You do not report by this template."))
    if local_date(written.sent_at, zone_here()) < period.first:
        raise Refusal("too_early", _("This period has not begun yet."), field="period_on")
    if written.sent_at > period.late_until + AFTERWARDS:
        raise Refusal("too_late", _("This period is too long ago to report on."), field="period_on")
    return found


def _version(template: Template, period: Period, written: Written) -> TemplateVersion:
    number = period.version.number if written.version is None else written.version
    return queries.version_of(template.pk, number)


def put(actor: Actor, report: Report, period: Period, written: Written, standing: Standing) -> None:
    """The answers, judged anew whatever the client says, beside what the records said when they were begun."""
    version = report.by_version
    snapshot = filling.prefill(version, actor.person_id, period, until=written.until, standing=standing)
    found = validate(
        version.form, written.data, now=written.sent_at.astimezone(ZoneInfo(zone_here())),
        lookup=_lookup(actor, version, snapshot),
    )  # fmt: skip
    if found.problems:
        raise AnswersRefused(found.problems, version.form)
    columns = parted(version.form, found.answers)
    report.facts, report.answers = columns["facts"], columns["answers"]
    report.autofill, report.filled_until = snapshot, written.until
    report.marks = filling.marks(version, found.answers, snapshot)


def _lookup(
    actor: Actor, version: TemplateVersion, snapshot: dict[str, Any]
) -> Callable[[Kind, set[str]], set[str]]:
    """Who was called at may be reported on, even where the customer has passed to somebody else since."""
    usual = references.lookup_for(actor)
    visited = {
        str(answer) for _key, kind, answer in each_answer(version.form, snapshot) if kind is Kind.CUSTOMER
    }

    def lookup(kind: Kind, wanted: set[str]) -> set[str]:
        known = wanted & visited if kind is Kind.CUSTOMER else set()
        return known | (usual(kind, wanted - known) if wanted - known else set())

    return lookup


def keep_files(report: Report) -> None:
    """Note which pictures the answers name, and tie those that have arrived."""
    named = {
        (key, file["sha256"])
        for key, kind, answer in each_answer(report.by_version.form, report.data)
        if kind in UPLOADS
        for file in answer
    }
    blobs = dict(
        Blob.objects.filter(sha256__in={sha256 for _key, sha256 in named}).values_list("sha256", "pk")
    )
    ReportFile.objects.bulk_create(
        (ReportFile(report=report, field_id=key, sha256=sha, blob_id=blobs.get(sha)) for key, sha in named),
        ignore_conflicts=True,
    )
