"""The words that the console's JavaScript says, in the reader's language; sent with the page as JSON."""

from django.utils.translation import gettext as _


def strings() -> dict[str, str]:
    """Words by the name under which `qince/strings` looks them up; `{n}` stands for a number."""
    return {
        "undo": _("Undo"),
        "close": _("Close"),
        "pages": _("Pages"),
        "actions": _("Actions"),
        "nothing": _("Nothing found"),
        "found": _("{n} found"),
        "searching": _("Searching…"),
        "offline": _("No connection. Please try again."),
        "failed": _("Something went wrong. Please try again."),
        "denied": _("You are not allowed to do this."),
        "selected": _("{n} selected"),
        "all_selected": _("All {n} selected"),
        "map_failed": _("The map data could not be loaded."),
        "chart_failed": _("The chart could not be loaded."),
        "points": _("{n} points here"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "open": _("Open"),
        "unsaved": _("Changes are not saved yet."),
        "others": _("Others"),
        "push_denied": _(
            "This browser does not allow it. You can change that in its settings for this site."
        ),
        "push_failed": _("This browser could not be reached by its push service. Please try again later."),
    }
