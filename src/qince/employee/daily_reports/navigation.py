"""Where daily reports are found."""

from qince.core.files import viewers
from qince.employee.daily_reports import queries

viewers.provide(queries.shows_file)
