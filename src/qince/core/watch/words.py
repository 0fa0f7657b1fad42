"""Names of pages in words: `visits:visits_csv` is “Visits: export”."""

from django.apps import apps
from django.utils.translation import gettext as _

from qince.kit.errors import Text


def page_words(page: str) -> str:
    namespace, _colon, name = page.partition(":")
    if not page:
        return ""
    if namespace == "phone_api":
        return str(_("Phone app"))
    room: Text = next((each.verbose_name for each in apps.get_app_configs() if each.label == namespace), page)
    part = part_words(name.rpartition("_")[2] or name)
    return f"{room}: {part}" if part else str(room)


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
