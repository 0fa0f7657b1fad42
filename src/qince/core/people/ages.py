"""The three ages of the agreement, and the one rule at every place where a birthday comes in (C1.1-12, C7).

Nothing here is kept: who is 18 leaves no birthday behind. What follows from 16 and 17 is the work of `core.guardians`,
which hears of it by `BirthdayEntered`.
"""

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.kit.errors import Refusal

CHILD, WORKING, ADULT = 14, 16, 18
EARLIEST = date(1900, 1, 1)

# Until which day a person is known to be a minor, by employee; answered by `core.guardians`.
known: list[Callable[[Collection[UUID]], dict[UUID, date]]] = []


def age_on(birthday: date, day: date) -> int:
    """Full years on `day`. Who was born on 29 February is a year older on 1 March where there is no such day."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))


def reaches(birthday: date, age: int) -> date:
    """The first day on which somebody is `age` years old."""
    try:
        return birthday.replace(year=birthday.year + age)
    except ValueError:
        return date(birthday.year + age, 3, 1)


def check_birthday(birthday: date, today: date) -> None:
    if not EARLIEST <= birthday <= today:
        raise Refusal("invalid_birthday", _("This day cannot be a birthday."), field="birthday")


def admit(birthday: date, organization: Organization, today: date) -> None:
    """Refuse whoever may not be entered at all: below working age, even with a guardian (C7-04); and minors where
    the organization takes none. Nothing was written before, so nothing stays (C1.2-02).
    """
    check_birthday(birthday, today)
    age = age_on(birthday, today)
    if age < WORKING:
        raise Refusal(
            "below_working_age",
            _("Nobody under 16 can be entered, even with a guardian. Nothing was kept."),
            field="birthday",
        )
    if age < ADULT and not Settings.of(organization).admits_minors:
        raise Refusal("minors_not_admitted", _("Your organization takes nobody under 18."), field="birthday")


def minors_known(employee_ids: Collection[UUID]) -> dict[UUID, date]:
    """Of these employees the known minors, each with the day on which they turn 18."""
    return {key: day for ask in known for key, day in ask(employee_ids).items()}
