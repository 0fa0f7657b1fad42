"""What the rules on annual leave give, and other ways of granting."""

from datetime import date
from decimal import Decimal

import pytest

from qince.employee.leave.reckoning.granting import Career, grants
from qince.employee.leave.reckoning.templates import TEMPLATES
from qince.employee.leave.reckoning.terms import Granting, GrantOn, Rounding, Service, Terms, complaints

D = Decimal
ANNUAL = TEMPLATES["annual"].terms
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def amounts(terms, career, first=YEAR[0], last=YEAR[1]):
    return [each.amount for each in grants(terms, career, first, last)]


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (date(2025, 12, 31), [5]),  # a year of work is completed on the last day: 1/365 of 5, nothing
        (date(2024, 6, 1), [5]),
        (date(2016, 1, 2), [9]),  # ten years on 2 January: 1/365 × 5 + 364/365 × 10 = 9.98, fractions dropped
        (date(2016, 1, 1), [10]),
        (date(2006, 1, 1), [15]),
        (date(1990, 1, 1), [15]),
    ],
)
def test_cumulative_years_of_work_give_5_10_and_15_days(since, days):
    career = Career(hired_on=date(2024, 6, 1), working_since=since)
    expected = [] if since == date(2025, 12, 31) else days
    assert amounts(ANNUAL, career) == expected


def test_who_comes_during_the_year_gets_its_share_and_fractions_are_dropped():
    # 1 July to 31 December: 184 of 365 days of 10 are 5.04
    assert amounts(ANNUAL, Career(date(2026, 7, 1), working_since=date(2010, 1, 1))) == [5]
    # 1 November: 61 of 365 days of 5 are 0.84
    assert amounts(ANNUAL, Career(date(2026, 11, 1), working_since=date(2020, 1, 1))) == []


def test_the_first_year_of_work_gives_nothing_until_it_is_completed():
    found = grants(ANNUAL, Career(date(2025, 4, 1)), *YEAR)
    # 1 April to 31 December: 275 of 365 days of 5 are 3.77; not to be spent before.
    assert [(each.amount, each.valid_from) for each in found] == [(3, date(2026, 4, 1))]


def test_who_goes_gets_the_share_of_the_days_worked():
    career = Career(date(2024, 1, 1), date(2026, 6, 30), date(2010, 1, 1))
    assert amounts(ANNUAL, career) == [4]  # 181 of 365 days of 10 are 4.96


def test_anniversaries_count_from_the_day_of_employment():
    terms = Terms(grant=Granting.FIXED, grant_on=GrantOn.ANNIVERSARY, amount=D(12))
    found = grants(terms, Career(date(2024, 2, 29)), date(2026, 3, 1), date(2027, 3, 1))
    assert [(each.valid_from, each.valid_to, each.amount) for each in found] == [
        (date(2026, 3, 1), date(2027, 2, 28), 12),
        (date(2027, 3, 1), date(2028, 2, 28), 12),
    ]


def test_each_month_gives_its_part_and_the_first_its_share():
    terms = Terms(grant=Granting.ACCRUAL, grant_on=GrantOn.MONTH, amount=D(1), step=D("0.5"))
    found = grants(terms, Career(date(2026, 1, 16)), date(2026, 1, 1), date(2026, 3, 31))
    assert [(each.key, each.amount, each.valid_from) for each in found] == [
        ("2026/01", D("0.5"), date(2026, 1, 16)),
        ("2026/02", 1, date(2026, 2, 1)),
        ("2026/03", 1, date(2026, 3, 1)),
    ]
    assert {each.valid_to for each in found} == {date(2026, 12, 31)}


def test_here_and_cumulative_service_are_two_things():
    career = Career(date(2020, 1, 1), working_since=date(2000, 1, 1))
    here = Terms(grant=Granting.TENURE, tiers=ANNUAL.tiers, service=Service.HERE)
    assert (amounts(ANNUAL, career), amounts(here, career)) == ([15], [5])


def test_rounding_goes_the_way_it_is_told():
    terms = Terms(step=D("0.5"))
    assert [terms.rounded(D("2.74"), how) for how in Rounding] == [D("2.5"), D("2.5"), D("3.0")]
    assert terms.rounded(D("2.75"), Rounding.NEAREST) == 3


def test_templates_are_without_complaint_and_nonsense_is_named():
    assert [complaints(each.terms) for each in TEMPLATES.values()] == [{}] * len(TEMPLATES)
    wrong = Terms(grant=Granting.TENURE, step=D(0), negative_limit=D(-1), longest=D(0))
    assert complaints(wrong) == {
        "step": "not_positive", "tiers": "not_rising", "negative_limit": "negative", "longest": "not_positive",
    }  # fmt: skip
