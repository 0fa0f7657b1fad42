"""Making letters from what a sender says: whom they reach, what they hold, and which take an earlier one's place."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from qince.core.letters import settling, wishes
from qince.core.letters.models import Letter
from qince.core.letters.registry import ADDRESSED, OWED, Because, Kind, kinds, reasons
from qince.core.people.models import Employee
from qince.kit.errors import NotFound
from qince.kit.tenancy import current_organization_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """An employee, or somebody outside by what is known of them."""

    employee_id: UUID | None = None
    name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What all letters of one sending have in common."""

    kind: Kind
    values: Mapping[str, str]
    link: str
    is_urgent: bool
    because: Because
    dedupe: str


@dataclass(slots=True)
class Written:
    """`letters` in the order of the addressees; `new` are those that were not there before."""

    letters: list[Letter] = field(default_factory=list)
    new: list[Letter] = field(default_factory=list)


def content(
    kind: str, values: Mapping[str, str], link: str, *, urgent: bool, because: Because | str, dedupe: str
) -> Content:
    """Checked: mistakes of the sending feature are errors, not refusals."""
    if kind not in kinds:
        raise ValueError(f"no letter is declared as {kind}")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a letter links to a path of this service only")
    reason = Because(because) if isinstance(because, str) else because
    if not reason.code:
        reason = Because(OWED if kinds[kind].is_mandatory else ADDRESSED)
    if reason.code not in reasons:
        raise ValueError(f"no reason is declared as {reason.code}")
    return Content(
        kind=kinds[kind], values=values, link=link, is_urgent=urgent, because=reason, dedupe=dedupe
    )


def write(to: Sequence[Addressee], said: Content, *, now: datetime) -> Written:
    """Store a letter for each who wants it; one that is unread and about the same is renewed instead."""
    found = Written(letters=_letters(to, said, now))
    if not said.dedupe:
        found.new = found.letters
    else:
        _hold(said.dedupe)
        there = _unread(said.dedupe, found.letters, now)
        found.letters = [_renewed(there.get(each.employee_id), each) for each in found.letters]
        found.new = [each for each in found.letters if each._state.adding]
    Letter.objects.bulk_create(found.new, batch_size=500)
    return found


def _letters(to: Sequence[Addressee], said: Content, now: datetime) -> list[Letter]:
    people = _people(each.employee_id for each in to if each.employee_id)
    pushed = {} if said.kind.is_mandatory else wishes.pushed_of(people)
    wanted = [each for each in to if wishes.is_wanted(said.kind, _choice(pushed, each))]
    if said.dedupe:
        wanted = _once(wanted)
    return [
        Letter(
            employee=people[each.employee_id] if each.employee_id else None,
            name="" if each.employee_id else each.name,
            mobile="" if each.employee_id else each.mobile,
            email="" if each.employee_id else each.email,
            kind=said.kind.code,
            values=wishes.values_for(said.kind, _choice(pushed, each), said.values),
            link=said.link,
            is_urgent=said.is_urgent,
            because=said.because.code,
            because_values={name: str(value) for name, value in said.because.values.items()},
            dedupe=said.dedupe,
            created_at=now,
        )
        for each in wanted
    ]


def _once(to: Sequence[Addressee]) -> list[Addressee]:
    """Each employee once; people outside have no list of unread letters that could be looked into."""
    known = {each.employee_id: each for each in reversed(to) if each.employee_id}
    return [each for each in to if not each.employee_id or known[each.employee_id] is each]


def _choice(pushed: Mapping[UUID, wishes.Pushed], to: Addressee) -> wishes.Pushed | None:
    return pushed.get(to.employee_id) if to.employee_id else None


def _people(ids: Iterable[UUID]) -> dict[UUID, Employee]:
    wanted = set(ids)
    found: dict[UUID, Employee] = Employee.objects.in_bulk(list(wanted))
    if len(found) != len(wanted):
        raise NotFound
    return found


def _hold(dedupe: str) -> None:
    """One sending about the same at a time, so that two at once do not both find nothing."""
    named = f"letters.dedupe\0{current_organization_id()}\0{dedupe}".encode()
    key = int.from_bytes(hashlib.sha256(named).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _unread(dedupe: str, letters: Sequence[Letter], now: datetime) -> dict[UUID | None, Letter]:
    """The unread ones about the same, by employee; a calmer one than what comes now is recalled."""
    people = [each.employee_id for each in letters if each.employee_id]
    rows = Letter.objects.filter(
        dedupe=dedupe, employee__in=people, read_at__isnull=True, recalled_at__isnull=True
    )
    there = list(rows.select_for_update(of=("self",)))
    if letters and letters[0].is_urgent and (calm := [each.pk for each in there if not each.is_urgent]):
        settling.recall(calm, now=now)
        there = [each for each in there if each.is_urgent]
    return {each.employee_id: each for each in there}


def _renewed(there: Letter | None, fresh: Letter) -> Letter:
    if there is None:
        return fresh
    names = ["kind", "values", "link", "because", "because_values", "created_at"]
    for name in names:
        setattr(there, name, getattr(fresh, name))
    there.save(update_fields=names)
    return there
