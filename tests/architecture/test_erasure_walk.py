"""Whatever is declared personal can be found from its person, and what erasing shall do to it can be done."""

from dataclasses import replace

import pytest
from django.db import models

from qince.core.erasure.leads import LeadsNowhere
from qince.core.erasure.steps import SPECIAL
from qince.core.erasure.treatment import Impossible
from qince.core.erasure.walk import parts
from qince.core.privacy.registry import declared


def unreachable():
    found = []
    for part in parts():
        try:
            assert part.lead.kinds
        except LeadsNowhere as error:
            found.append(str(error))
    return found


def impossible():
    found = []
    for part in parts():
        try:
            assert part.treatment
        except Impossible as error:
            found.append(str(error))
    return found


def plant(monkeypatch, key, **changes):
    monkeypatch.setitem(declared.fields, key, replace(declared.personal()[key], **changes))


@pytest.mark.clause("C1.1-13")
def test_the_walk_reaches_every_personal_field():
    assert unreachable() == []
    reached = {f"{part.model._meta.label_lower}.{name}" for part in parts() for name in part.fields}
    assert reached == set(declared.personal())


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("visits.photo.step_id", "step_id"),  # a text that names nobody
        ("visits.photo.step_id", "visit.customer"),  # a reference that does not end at a person
        ("routes.route.name", "self"),  # a row that is no person
    ],
)
def test_a_path_that_leads_to_nobody_would_be_found(monkeypatch, key, subject):
    plant(monkeypatch, key, subject=subject)
    assert len(unreachable()) == 1


def test_what_erasing_shall_do_is_possible_for_every_field():
    assert impossible() == []


@pytest.mark.parametrize(
    ("key", "on_erase"),
    [
        ("visits.visit.on", "null"),  # a date that must be there
        ("visits.visit.steps_done", "pseudonym"),  # a number
        ("visits.visit.checked_in_at", "delete"),  # the row stays, and the time cannot be emptied
    ],
)
def test_what_a_field_cannot_hold_would_be_found(monkeypatch, key, on_erase):
    plant(monkeypatch, key, on_erase=on_erase)
    assert len(impossible()) == 1


def holding():
    """References of rows that stay to rows that go, which the database would refuse to let go."""
    by_model = {}
    for part in parts():
        by_model.setdefault(part.model, []).append(part.treatment)
    going = {model for model, found in by_model.items() if all(each.deletes for each in found)}
    kept = [(part.model, part.treatment) for part in parts() if not part.treatment.deletes]
    return [
        f"{model._meta.label}.{each.name}"
        for model, treatment in kept
        for each in model._meta.local_concrete_fields
        if each.related_model in going
        and each.remote_field.on_delete is models.PROTECT
        and each.name not in treatment.empties
        and each.related_model._meta.label_lower not in SPECIAL
    ]


def test_no_row_that_stays_holds_one_that_goes():
    assert holding() == []


def test_a_row_that_would_hold_another_is_found(monkeypatch):
    for name in ("employee", "customer", "route", "on", "sequence", "status", "version"):
        plant(monkeypatch, f"routes.plannedvisit.{name}", on_erase="delete")
    assert holding() == ["visits.Visit.planned_visit"]
