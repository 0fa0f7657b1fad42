"""What readers do: read, comment, remind."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.letters.actions import Addressee, Because
from qince.core.letters.actions import send as send_letter
from qince.core.people.models import Employee
from qince.core.privacy.gate import BASIC, Standing
from qince.employee.daily_reports import letters, queries, words
from qince.employee.daily_reports.actions.sending import FUNCTION
from qince.employee.daily_reports.events import ReportTouched
from qince.employee.daily_reports.models import Comment, Mention, Obligation, Receipt, Report
from qince.employee.daily_reports.reminding import OWN, topic, values_of
from qince.employee.daily_reports.rules import REMIND, VIEW
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.events import publish

LONGEST = 1000


@action("daily_reports.read", permission=VIEW)
def mark_read(actor: Actor, *, report_id: UUID, now: datetime) -> None:
    """Mark a report read as it is now, for whoever it went to; others may look without a trace here."""
    report = queries.get_report(actor, report_id)
    rows = Receipt.objects.filter(report=report, employee=actor.person_id, read_edition__lt=report.edition)
    if rows.update(read_at=now, read_edition=report.edition):
        note(report, read=report.edition)
        publish(ReportTouched((report.employee_id, actor.person_id)))


@action("daily_reports.comment", permission=VIEW)
def comment(
    actor: Actor, *, comment_id: UUID, report_id: UUID, text: str, mentions: Sequence[UUID] = (), now: datetime,
    standing: Standing | None = None,
) -> Comment:  # fmt: skip
    """Say something about a report in sight. The same id twice is one comment."""
    if actor.is_restricted:
        raise Forbidden(_("The use of your data is restricted; nothing new is taken from you meanwhile."))
    (standing or Standing(actor.person_id)).require(BASIC, function=FUNCTION)
    report = queries.get_report(actor, report_id)
    if found := _before(actor, comment_id, report):
        return found
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise Refusal("invalid", _("Write between 1 and 1000 characters."), field="text")
    spoken_to = _mentioned(report, mentions)
    made = Comment.objects.create(id=comment_id, report=report, author_id=actor.person_id, text=said, at=now)
    Mention.objects.bulk_create(Mention(comment=made, employee_id=each) for each in spoken_to)
    note(made, report=str(report), mentions=len(spoken_to))
    _tell(actor, report, made, spoken_to, now)
    publish(ReportTouched((report.employee_id, actor.person_id)))
    return made


def _before(actor: Actor, comment_id: UUID, report: Report) -> Comment | None:
    found: Comment | None = Comment.objects.filter(pk=comment_id).first()
    if found is not None and (found.author_id != actor.employee_id or found.report_id != report.pk):
        raise Conflict("id_taken", _("This id belongs to something else. Send it as a new one."))
    return found


def circle(report: Report) -> set[UUID]:
    """Whom a comment may speak to: whoever wrote the report, and whoever it went to."""
    received = Receipt.objects.filter(report=report).values_list("employee_id", flat=True)
    return {report.employee_id, *received}


def _mentioned(report: Report, mentions: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(mentions))
    if wanted and not set(wanted) <= circle(report):
        message = _("Mention only whoever wrote the report or received it.")
        raise Refusal("not_in_circle", message, field="mentions")
    return wanted


def _tell(actor: Actor, report: Report, made: Comment, spoken_to: list[UUID], now: datetime) -> None:
    """Whoever is mentioned, and whoever wrote the report; the writer's answer reaches those who commented before."""
    values = {
        "name": str(actor.person_id),
        "author": str(report.employee_id),
        "template": report.template.name,
        "period": words.period(report.period_on, report.ends_on),
    }
    link, because = f"/daily-reports/{report.pk}/", Because(letters.SPOKEN_TO)
    told = [each for each in spoken_to if each != actor.person_id]
    if told:
        to = [Addressee(employee_id=each) for each in told]
        send_letter(actor, to=to, kind=letters.MENTIONED, values=values, link=link, because=because, now=now)
    if actor.person_id != report.employee_id:
        others = {report.employee_id}
    else:
        earlier = Comment.objects.filter(report=report, taken_back_at__isnull=True).exclude(pk=made.pk)
        others = {*earlier.values_list("author_id", flat=True)} - {actor.person_id}
    present = Employee.objects.present().filter(pk__in=others - set(told)).order_by("pk")
    to = [Addressee(employee_id=each.pk) for each in present]
    if to:
        send_letter(
            actor, to=to, kind=letters.COMMENTED, values=values, link=link, because=because, now=now,
            dedupe=f"daily_reports.comment:{report.pk}",
        )  # fmt: skip


@action("daily_reports.take_back", permission=VIEW)
def take_back(actor: Actor, *, comment_id: UUID, now: datetime) -> Comment:
    """Take one's own comment back: that there was one stays, its words do not."""
    found: Comment | None = (
        Comment.objects.select_for_update(of=("self",)).select_related("report")
        .filter(pk=comment_id, author=actor.person_id).first()
    )  # fmt: skip
    if found is None:
        raise NotFound
    if found.taken_back_at is None:
        found.text, found.taken_back_at = "", now
        found.save()
        note(found, taken_back=True)
        publish(ReportTouched((found.report.employee_id, actor.person_id)))
    return found


@action("daily_reports.remind", permission=REMIND)
def remind(actor: Actor, row: Obligation, *, now: datetime) -> None:
    """Ask somebody for a report that is owed and has not come."""
    found: Obligation | None = (
        queries.obligations_visible_to(actor, REMIND, now)
        .select_related("template", "employee")
        .filter(pk=row.pk)
        .first()
    )
    if found is None:
        raise NotFound
    if found.sent_at is not None or found.reason:
        raise Refusal("nothing_owed", _("This report is there, or is not owed."))
    values = {**values_of(found), "name": str(actor.employee_id or "")}
    send_letter(
        actor, to=[Addressee(employee_id=found.employee_id)], kind=letters.NUDGED, values=values, link=OWN,
        because=letters.ASKED, dedupe=topic(found.template_id, found.period_on), now=now,
    )  # fmt: skip
    note(found, reminded=str(found.employee))
