"""Every stored field says whether it is personal; whatever is said of it makes sense."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models

from qince.core.privacy.registry import (
    BACKGROUND,
    CIRCUMSTANCES,
    CONTROLLERS,
    ON_ERASE,
    SOURCES,
    Kind,
    NotPersonal,
    Personal,
    declared,
)
from qince.core.privacy.retention import AT_ONCE, REASONS, RETENTIONS, Reason, Trigger
from tests.clauses.table import known_ids

# Tables of the frameworks, with the reason why nothing personal can be in them.
FRAMEWORK = {
    "contenttypes": "names of models",
    "auth": "Django's own groups and permissions, unused",
    "procrastinate": "arguments of jobs are ids, removed with the job",
}


def stored_fields():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in FRAMEWORK and model._meta.managed:
            for field in model._meta.local_concrete_fields:
                yield f"{model._meta.label_lower}.{field.name}"


def undeclared(fields):
    return sorted(set(fields) - set(declared.fields))


@pytest.mark.clause("C1.1-09")
def test_every_stored_field_is_declared():
    assert undeclared(stored_fields()) == []


def test_a_field_nobody_declared_would_be_found():
    assert undeclared([*stored_fields(), "people.employee.shoe_size"]) == ["people.employee.shoe_size"]


def test_nothing_is_declared_that_is_not_stored():
    assert sorted(set(declared.fields) - set(stored_fields())) == []


def test_every_personal_field_names_rows_of_the_agreement_it_follows():
    wrong = [key for key, each in personal_fields() if not each.clauses or set(each.clauses) - known_ids()]
    assert wrong == []


def personal_fields():
    return [(key, each) for key, each in declared.fields.items() if isinstance(each, Personal)]


def test_every_personal_field_names_known_things():
    """Purposes, source, responsible party, retention and what erasing does: all of them, all known."""
    wrong = [
        key
        for key, each in personal_fields()
        if not set(each.purposes) <= set(declared.purposes)
        or not each.purposes
        or each.source not in SOURCES
        or each.controller not in CONTROLLERS
        or each.retention not in RETENTIONS
        or each.on_erase not in ON_ERASE
        or not str(each.category)
    ]
    assert wrong == []


def without_an_end(fields):
    """Fields that rest on a consent alone and would stay when it is taken back, or the other way round."""
    known = {code for code, rule in RETENTIONS.items() if rule.trigger is Trigger.PURPOSE_ENDED} | {AT_ONCE}
    return [key for key, each in fields if (each.withdrawn in known) != each.rests_on_consent]


def test_what_rests_on_a_consent_alone_ends_with_it():
    fields = personal_fields()
    assert without_an_end(fields) == []
    (key, track) = next(pair for pair in fields if pair[0] == "tracking.fix.lat")
    assert without_an_end([(key, replace(track, withdrawn=""))]) == [key]
    assert without_an_end([(key, replace(track, withdrawn="30d"))]) == [key]


def narrowed_below_nothing(fields):
    """Fields that name circumstances which none of their consents offers, or that no consent ends at all."""
    return [
        key
        for key, each in fields
        if each.within
        and not (
            each.withdrawn in RETENTIONS
            and any(each.within in declared.purposes[code].circumstances for code in each.purposes)
        )
    ]


def test_what_needs_the_wider_consent_names_one_that_can_be_narrowed():
    fields = personal_fields()
    assert narrowed_below_nothing(fields) == []
    (key, track) = next(pair for pair in fields if pair[0] == "tracking.fix.lat")
    assert track.within == BACKGROUND
    assert narrowed_below_nothing([(key, replace(track, purposes=("tracking",)))]) == [key]


def leads_to_a_person(key, subject):
    """Whether `subject` is the row itself or a path of fields that exists."""
    if subject == "self":
        return True
    model = apps.get_model(key.rsplit(".", 1)[0])
    for name in subject.split("."):
        field = model._meta.get_field(name)
        model = field.related_model
    return isinstance(field, models.Field)


def without_maximum(rules):
    return [
        rule.code
        for rule in rules
        if rule.reason is Reason.SAFETY and 31 * rule.maximum_months < 31 * rule.months + rule.days
    ]


@pytest.mark.clause("C5.4-06", "C5.4-07")
def test_every_retention_says_why_and_safety_needs_a_maximum():
    assert all(rule.reason in REASONS for rule in RETENTIONS.values())
    assert without_maximum(RETENTIONS.values()) == []
    unbounded = replace(RETENTIONS["revoked+6m"], code="planted", maximum_months=0)
    assert without_maximum([unbounded]) == ["planted"]


@pytest.mark.clause("C5.4-04")
def test_every_personal_field_has_a_term_whose_clock_can_be_read():
    """What counts from recording names the field of the row that tells when that was."""
    assert unreadable(declared.personal()) == []
    planted = {"people.employee.name": replace(declared.personal()["people.employee.name"], retention="30d")}
    assert unreadable(planted) == ["people.employee.name"]


def unreadable(fields):
    return [
        key
        for key, each in fields.items()
        if each.retention not in RETENTIONS
        or (each.term.trigger is Trigger.RECORDED and not is_time(key, each.aged_by))
    ]


def is_time(key, name):
    fields = {field.name: field for field in apps.get_model(key.rsplit(".", 1)[0])._meta.fields}
    return isinstance(fields.get(name), models.DateField)


def test_every_personal_field_leads_to_its_person():
    assert [key for key, each in personal_fields() if not leads_to_a_person(key, each.subject)] == []


def test_every_field_that_is_not_personal_says_why():
    assert [
        k for k, each in declared.fields.items() if isinstance(each, NotPersonal) and not each.because
    ] == []


def test_sensitive_fields_serve_sensitive_purposes_only():
    """A sensitive field under the basic agreement would be taken without a question of its own."""
    wrong = [
        key
        for key, each in personal_fields()
        if each.kind is Kind.SENSITIVE
        and any(declared.purposes[code].kind is not Kind.SENSITIVE for code in each.purposes)
    ]
    assert wrong == []


@pytest.mark.clause("C2.2.1-04")
def test_a_customers_place_is_declared_apart_from_the_visitors_whereabouts():
    assert isinstance(declared.fields["customers.customer.lat"], NotPersonal)
    whereabouts = declared.fields["visits.checkevent.lat"]
    assert isinstance(whereabouts, Personal)
    assert (whereabouts.kind, whereabouts.subject) == (Kind.SENSITIVE, "visit.employee")


def test_the_purposes_are_a_closed_list_and_improvement_can_be_declined():
    assert {"basic", "operation", "security", "improvement"} <= set(declared.purposes)
    assert declared.purposes["improvement"].kind is Kind.ADDITIONAL
    assert not any("improvement" in each.purposes for _, each in personal_fields())


def test_circumstances_are_known():
    offered = {each for purpose in declared.purposes.values() for each in purpose.circumstances}
    assert offered <= set(CIRCUMSTANCES)
