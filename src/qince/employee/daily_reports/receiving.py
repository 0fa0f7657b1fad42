"""To whom a report goes: the reporting line and heads as of its period, and whoever the template names."""

from datetime import date
from uuid import UUID

from qince.employee.daily_reports.models import Receipt, Report, Target, TemplateVersion
from qince.employee.daily_reports.people_at import Places, heads_at, leaders_at, present

Why = Receipt.Why
Found = dict[UUID, tuple[str, int]]


def receivers(version: TemplateVersion, employee_id: UUID, on: date) -> Found:
    """Each receiver with why, and of leaders the level. Of whoever has left, the one who leads in their place."""
    found: Found = {}
    line = leaders_at(employee_id, on)
    now_line: list[UUID] | None = None
    here = present(line)
    for level in sorted(version.levels):
        if level > len(line):
            continue
        leader = line[level - 1]
        if leader in here:
            found.setdefault(leader, (Why.LEADER, level))
            continue
        now_line = now_line if now_line is not None else leaders_at(employee_id, date.max)
        stand_in = next((each for each in now_line[level - 1 :] if each in present(now_line)), None)
        if stand_in is not None:
            found.setdefault(stand_in, (Why.HANDED_OVER, level))
    for head in _heads(version, employee_id, on):
        found.setdefault(head, (Why.HEAD, 0))
    named = Target.objects.filter(version=version, role=Target.Role.RECEIVER, employee__isnull=False)
    for person in sorted(present(list(named.values_list("employee_id", flat=True)))):
        found.setdefault(person, (Why.NAMED, 0))
    found.pop(employee_id, None)
    return found


def _heads(version: TemplateVersion, employee_id: UUID, on: date) -> list[UUID]:
    if not version.to_head:
        return []
    department = Places([employee_id]).main(employee_id, on)
    if department is None:
        return []
    heads = heads_at(department, on, but=employee_id)
    here = present(heads)
    return [each for each in heads if each in here]


def hand_out(report: Report) -> list[UUID]:
    """Receipts for those whom it goes to; how it was received before stays. The new receivers."""
    wanted = receivers(report.by_version, report.employee_id, report.ends_on)
    there = set(Receipt.objects.filter(report=report).values_list("employee_id", flat=True))
    new = [each for each in wanted if each not in there]
    Receipt.objects.bulk_create(
        Receipt(report=report, employee_id=each, why=wanted[each][0], level=wanted[each][1]) for each in new
    )
    return new


def hand_over(leaver: UUID, successor: UUID | None) -> None:
    """What a leaver received goes to the successor; unread stays unread."""
    if successor is None:
        return
    rows = list(Receipt.objects.filter(employee=leaver).exclude(report__employee=successor))
    there = set(Receipt.objects.filter(employee=successor).values_list("report_id", flat=True))
    Receipt.objects.bulk_create(
        Receipt(
            report_id=each.report_id, employee_id=successor, why=Why.HANDED_OVER, level=each.level,
            read_at=each.read_at, read_edition=each.read_edition,
        )
        for each in rows if each.report_id not in there
    )  # fmt: skip
