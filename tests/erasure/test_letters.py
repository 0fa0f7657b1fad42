"""Letters to others name people by their id: whoever is erased has no name there either."""

import re

from django.core.cache import cache

from qince.core.guardians.models import AgeReview
from qince.core.guardians.reviewing import open_review
from qince.core.letters.models import Letter
from qince.core.letters.registry import kinds, render
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.vault import api as vault

# What stands for somebody in a letter's text.
NAMING = {"name", "who", "minor", "child", "applicant", "person", "by", "people", "employee"}
# Names of the operator, its staff and its successor: nobody's employees, and not erased.
OF_THE_SERVICE = {
    "lifecycle.succession",
    "lifecycle.taken_over",
    "lifecycle.taken_over_anew",
    "watch.staff_access",
}


def test_no_kind_of_letter_holds_a_name_as_text():
    named = {
        (code, name)
        for code, each in kinds.items()
        for name in re.findall(r"%\((\w+)\)s", f"{each.title} {each.body}")
        if name in NAMING and name not in each.words and code not in OF_THE_SERVICE
    }
    assert named == set()


def test_a_letter_about_somebody_reads_without_the_name_once_they_are_erased(inside):
    boss = people.employee("周主任", roles=["administrator"])
    person = people.employee("林小满", roles=["rep"])
    how = {"source": AgeReview.Source.REPORT, "reason": "看起来很小", "now": clock.now()}
    open_review(people.actor(boss), employee=person, **how)
    letter = Letter.objects.filter(kind="guardians.review", employee=boss).get()
    assert "林小满" not in str(letter.values)
    assert "林小满" in render(letter.kind, letter.values).body
    vault.destroy_subject(inside.pk, person.pk)
    person.name = "—"
    person.save()
    cache.clear()  # a process keeps a name for half a minute
    assert "林小满" not in render(letter.kind, letter.values).body
