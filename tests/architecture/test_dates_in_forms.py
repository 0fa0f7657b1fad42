"""A browser's calendar reads ISO dates alone: a date said otherwise, as Chinese formats do, shows as no date at all."""

from datetime import date, datetime, time

from django import forms
from django.utils import translation

DAY, HOUR = date(2026, 3, 9), time(8, 5)
SHOWN = {"date": DAY, "time": HOUR, "datetime-local": datetime.combine(DAY, HOUR)}
READ = {"date": "2026-03-09", "time": "08:05", "datetime-local": "2026-03-09T08:05"}


def every(kind):
    for each in kind.__subclasses__():
        yield each
        yield from every(each)


def test_every_date_and_time_of_a_form_is_shown_so_that_a_browser_reads_it():
    wrong, seen = [], 0
    for form in every(forms.Form):
        for name, field in form.base_fields.items():
            kind = field.widget.attrs.get("type") or getattr(field.widget, "input_type", "")
            if kind not in SHOWN:
                continue
            seen += 1
            with translation.override("zh-hans"):
                if field.widget.format_value(SHOWN[kind]) != READ[kind]:
                    wrong.append(f"{form.__module__}.{form.__name__}.{name}")
    assert wrong == []
    assert seen > 30
