"""The eight required parts of what is told after an incident (C5.6-01 to C5.6-03). None may be empty."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text

# Written in the workspace: field → (name of the part, what belongs there).
WRITTEN: dict[str, tuple[Text, Text]] = {
    "data_kinds": (_("Kinds of data"), _("Which kinds of personal data are concerned.")),
    "cause": (_("Cause"), _("Why it happened.")),
    "harm": (_("Possible harm"), _("Leak, tampering or loss, and what may come of it.")),
    "facts": (_("Basic facts and effects"), _("What happened, when, and what it may affect.")),
    "measures": (_("Measures taken or planned"), _("What has been done and what will be.")),
    "advice": (_("Advice for protecting oneself"), _("What the people concerned can do themselves.")),
    "remedies": (_("Remedies"), _("What is offered to them, and how to claim it.")),
}
CONTACTS = "contacts"


def contacts() -> str:
    """How to reach the operator, from its settings; empty unless a name and a way to reach it are set."""
    operator = settings.OPERATOR
    if not operator["name"] or not (operator["phone"] or operator["email"]):
        return ""
    return " · ".join(value for value in operator.values() if value)


def values_of(incident: Any) -> dict[str, str]:
    """Every part by name, as letters, announcement and report hold them."""
    return {name: getattr(incident, name).strip() for name in WRITTEN} | {CONTACTS: contacts()}


def missing(incident: Any) -> dict[str, Text]:
    """The parts that are empty: name → what to do about it."""
    titles: dict[str, Text] = {name: title for name, (title, _hint) in WRITTEN.items()}
    titles[CONTACTS] = _("Contact details")
    return {name: titles[name] for name, text in values_of(incident).items() if not text}


def shown(texts: dict[str, str]) -> list[tuple[Text, str]]:
    """Titles and texts of all eight parts in order, for letters on paper, announcement and report."""
    titled: list[tuple[Text, str]] = [(title, texts.get(name, "")) for name, (title, _h) in WRITTEN.items()]
    return [*titled, (_("Contact details"), texts.get(CONTACTS, ""))]
