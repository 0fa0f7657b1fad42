"""Names of pages in words: `visits:visits_csv` is “Visits: export”."""

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qince.kit.errors import Text
from qince.kit.resource import timeline


def page_words(page: str) -> str:
    namespace, _colon, name = page.partition(":")
    if not page:
        return ""
    if namespace == "phone_api":
        return str(_("Phone app"))
    room: Text = next((each.verbose_name for each in apps.get_app_configs() if each.label == namespace), page)
    part = part_words(name.rpartition("_")[2] or name)
    return f"{room}: {part}" if part else str(room)


_FACTS: dict[str, Text] = {
    "rows": lazy("rows"), "limit": lazy("limit"), "people": lazy("people"), "kmh": lazy("km/h"),
    "tries": lazy("tries"), "devices": lazy("devices before"),
}  # fmt: skip


def fact_words(name: str) -> Text:
    """A number that a rule compared, as people call it."""
    return _FACTS.get(name, name)


def part_words(part: str) -> str:
    words = {
        "list": _("list"),
        "detail": _("detail"),
        "csv": _("export"),
        "xlsx": _("export"),
        "export": _("export"),
        "print": _("print"),
        "map": _("map"),
        "photo": _("photo"),
        "original": _("original photo"),
    }
    return str(words.get(part, ""))


timeline.name_acts(
    {
        "watch.change_alert": _("Alert changed"),
    }
)
timeline.name_kinds(
    {
        "watch.outsideaccess": _("Request from outside"),
        "watch.staff": _("Staff of the operator"),
        "watch.undertaking": _("Undertaking of confidentiality"),
        "watch.stafftraining": _("Training of the staff"),
        "watch.training": _("Training"),
        "watch.staffaccess": _("Access of the staff"),
    }
)
timeline.name_facts(
    {
        "locked": _("locked"),
        "closed": _("closed"),
    }
)
