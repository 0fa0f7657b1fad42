"""The work of an erasure, step by step, resumable at any point, and the proof at its end."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qince.core.audit import erasing
from qince.core.erasure import proof, steps
from qince.core.erasure.models import Erasure
from qince.core.erasure.plan import plan_for
from qince.core.erasure.subjects import Kind, Subject
from qince.core.people.models import Employee
from qince.kit import clock
from qince.kit.tenancy import tenant

WORDS = "words"


def subject_of(erasure: Erasure) -> Subject:
    """The person, from what the erasure keeps while it works and what the employee's row still says."""
    named: dict[str, str] = dict(erasure.match)
    if erasure.kind == Kind.EMPLOYEE:
        row = Employee.objects.filter(pk=_still(erasure)).values_list("name", "mobile", "email").first()
        said = dict(zip(("name", "mobile", "email"), map(str, row or ()), strict=False))
        named = {key: value for key, value in said.items() if value != erasure.pseudonym}
    return Subject(
        kind=Kind(erasure.kind),
        organization_id=erasure.organization_id,  # type: ignore[arg-type]
        id=erasure.subject_id,
        account_id=erasure.account_id,
        **named,
    )


def _still(erasure: Erasure) -> UUID:
    """The person's id; an erasure that is done has forgotten it."""
    if erasure.subject_id is None:
        raise ValueError("this erasure is done")
    return erasure.subject_id


def carry_out(organization_id: UUID, erasure_id: UUID, *, now: datetime) -> Erasure:
    """Do whatever is left of an erasure. Each chunk commits by itself; run again after a crash it goes on.

    The trail is read once for everybody who waits: of ten thousand people who leave together each would else have it
    read again.
    """
    with tenant(organization_id):
        erasure: Erasure = Erasure.objects.get(pk=erasure_id)
        if erasure.state == Erasure.State.DONE:
            return erasure
        subject = subject_of(erasure)
        names = [name for name in steps.step_names(subject) if steps.has_work(name, subject)]
    erase_words(organization_id, unfinished(organization_id))
    for name in names:
        _step(organization_id, erasure_id, name, now)
    with tenant(organization_id):
        return _finish(erasure_id, now=now)


def erase_words(organization_id: UUID, erasure_ids: Iterable[UUID]) -> None:
    """Take the people's names and numbers out of what others' acts say: one pass of the trail for all of them."""
    with tenant(organization_id):
        waiting = [
            erasure
            for erasure in Erasure.objects.filter(pk__in=list(erasure_ids))
            if WORDS not in erasure.steps
        ]
        words: dict[str, str] = {}
        for erasure in waiting:
            words |= steps.words_of(subject_of(erasure))
        done = erasing.erase_words(words)
        for erasure in waiting:
            erasure.steps[WORDS] = done if len(waiting) == 1 else 0
            erasure.save(update_fields=["steps"])


def _step(organization_id: UUID, erasure_id: UUID, name: str, now: datetime) -> None:
    """All chunks of a step. What it counts is rows done by whoever did them, so a second run adds only the rest."""
    with tenant(organization_id):
        erasure = _locked(erasure_id)
        subject = subject_of(erasure)
        if name in steps.OUTSIDE:
            _count(erasure, name, steps.OUTSIDE[name](subject))
            return
        part = steps.part_called(name)
        pages = steps.pages(part, subject, now.date())
        first = next(pages, None)
        if first is not None:
            _count(erasure, name, steps.treat(part, first, subject))
    while first is not None:
        with tenant(organization_id):
            first = next(pages, None)
            if first is not None:
                _count(_locked(erasure_id), name, steps.treat(part, first, subject))


def _locked(erasure_id: UUID) -> Erasure:
    found: Erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure_id)
    return found


def _count(erasure: Erasure, name: str, rows: int) -> None:
    erasure.steps[name] = erasure.steps.get(name, 0) + rows
    erasure.save(update_fields=["steps"])


def _finish(erasure_id: UUID, *, now: datetime) -> Erasure:
    """Sign the proof and forget whom it was about; with a record held, wait for the hold instead."""
    erasure = _locked(erasure_id)
    subject = subject_of(erasure)
    left = _left(subject, now.date())
    if left["held"]:
        erasure.state = Erasure.State.HELD
        erasure.save(update_fields=["state"])
        return erasure
    erasure.finished_at = now
    erasure.state = Erasure.State.DONE
    erasure.proof = proof.of(erasure, subject, left["kept"])
    erasure.signature = proof.signed(erasure.proof)
    erasure.subject_id, erasure.account_id, erasure.match = None, None, {}
    erasure.save()
    return erasure


def _left(subject: Subject, on: date) -> dict[str, Any]:
    """What still leads to the person: rows that are held, and fields kept for a duty."""
    held, kept = 0, []
    for line in plan_for(subject, on=on).lines:
        if line.held and (line.deletes or line.empties or line.pseudonyms):
            held += line.held
        if line.rows:
            kept += [
                {"model": line.model, "rows": line.rows, "rule": each.rule, "until": str(each.until)}
                for each in line.kept
            ]
    return {"held": held, "kept": kept}


def unfinished(organization_id: UUID) -> list[UUID]:
    """Erasures to go on with: cut short, or waiting for a hold that is over."""
    with tenant(organization_id):
        rows = Erasure.objects.exclude(state=Erasure.State.DONE).order_by("begun_at")
        return list(rows.values_list("pk", flat=True))


def erase_account(subject: Subject) -> int:
    """What the operator keeps of an account that no organization holds any more. The ledger has its line already."""
    done = 0
    for name in steps.step_names(subject):
        if name in steps.OUTSIDE:
            done += steps.OUTSIDE[name](subject)
            continue
        part = steps.part_called(name)
        for keys in steps.pages(part, subject, clock.now().date()):
            done += steps.treat(part, keys, subject)
    return done
