"""What an XLSForm asks for that is not to be had here: which sheet, row and column, what it is, how to mend it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.engines.forms import words
from qince.engines.forms.schema import Layout, Problem
from qince.kit.errors import Text

ERROR, NOTICE = "error", "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """`level`: an error keeps the form out, a notice tells what was left out. `row` counts as the program shows it."""

    level: str
    sheet: str
    row: int | None
    column: str
    what: str
    remedy: str

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


# Types that cannot be taken over: what to do instead.
TYPES: dict[str, Text] = {
    "geotrace": gettext_lazy("Use “geopoint”; lines are not supported."),
    "geoshape": gettext_lazy("Use “geopoint”; areas are not supported."),
    "rank": gettext_lazy("Use one “select_one” for each place, or “select_multiple”."),
    "xml-external": gettext_lazy("Put the options on the choices sheet."),
    "csv-external": gettext_lazy("Put the options on the choices sheet."),
    "background-audio": gettext_lazy("Remove the row; nothing is recorded in the background."),
    "background-geopoint": gettext_lazy("Use “geopoint”; positions are read at the press of a button only."),
    "start-geopoint": gettext_lazy("Use “geopoint”; positions are read at the press of a button only."),
    "audit": gettext_lazy("Remove the row; what a person does while filling in is not recorded."),
    "audio": gettext_lazy("Use “file” or “text”; sounds are not kept."),
    "video": gettext_lazy("Use “image”; films are not kept."),
    "osm": gettext_lazy("Remove the row."),
    "select one external": gettext_lazy("Use “select_one” with the options on the choices sheet."),
}
# What a device or account says of its owner, and times that are kept anyway.
LEFT_OUT: dict[str, Text] = {
    "start": gettext_lazy("When it was filled in is kept with every submission."),
    "end": gettext_lazy("When it was filled in is kept with every submission."),
    "username": gettext_lazy("Who filled it in is kept with every submission."),
    "email": gettext_lazy("Who filled it in is kept with every submission."),
    "phonenumber": gettext_lazy("The number of the device is not collected."),
    "phone number": gettext_lazy("The number of the device is not collected."),
    "deviceid": gettext_lazy("The device's identifier is not collected."),
    "imei": gettext_lazy("The device's identifier is not collected."),
    "simserial": gettext_lazy("The SIM card's number is not collected."),
    "subscriberid": gettext_lazy("The SIM card's number is not collected."),
}
_MATRIX = gettext_lazy("Use one “select_one” for each line.")
# Types of Kobo's designer that its server turns into others before it publishes a form.
INVENTED: dict[str, Text] = {
    **dict.fromkeys(("begin_kobomatrix", "begin_score", "score__row"), _MATRIX),
    "select_one_external": TYPES["select one external"],
    **dict.fromkeys(("begin_rank", "rank__level"), gettext_lazy("Use one “select_one” for each place.")),
}
# Our parts of a field, and the columns they come from.
COLUMNS = {
    "required": "required", "visible_if": "relevant", "constraint": "constraint", "formula": "calculation",
    "choice_filter": "choice_filter", "repeat_count": "repeat_count", "default": "default",
}  # fmt: skip


def of_type(kind: str, written: str, row: int | None) -> Finding:
    return Finding(
        ERROR,
        "survey",
        row,
        "type",
        _("The type “%(type)s” is not supported.") % {"type": written},
        str(TYPES[kind]),
    )


def strange(kind: str, row: int | None) -> Finding:
    """A type that nobody knows, or that other programs have invented."""
    what = _("The type “%(type)s” is not supported.") % {"type": kind}
    remedy = INVENTED.get(kind.split()[0], gettext_lazy("Use another type, or remove the row."))
    return Finding(ERROR, "survey", row, "type", what, str(remedy))


def left_out(kind: str, written: str, row: int | None) -> Finding:
    what = _("“%(type)s” was left out.") % {"type": written}
    return Finding(NOTICE, "survey", row, "type", what, str(LEFT_OUT[kind]))


def of_problem(problem: Problem, layout: Layout, row: int | None) -> Finding:
    """A fault of our own check, at the cell that caused it."""
    part = str(problem.facts.get("part", ""))
    column = COLUMNS.get(
        part, {"no_label": "label", "no_options": "type", "name_twice": "name"}.get(problem.code, "type")
    )
    what = words.sentence(problem)
    remedy = _("Write it with fields, options, plain values and the functions that are supported.")
    return Finding(ERROR, "survey", row, column, what, remedy if part else _("Mend this cell."))
