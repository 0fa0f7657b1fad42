"""The rights of whoever data is kept about, and the ways to use each. Taking a way away is a considerable change."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text

PHONE, CONSOLE, CONTACT, ADMINISTRATOR = "phone", "console", "contact", "administrator"
WAYS: dict[str, Text] = {
    PHONE: _("phone: Me → Settings → Privacy"),
    CONSOLE: _("console: My privacy"),
    CONTACT: _("the contact at the end of this policy"),
    ADMINISTRATOR: _("your administrator"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    code: str
    title: Text
    meaning: Text
    ways: tuple[str, ...]


RIGHTS: dict[str, Right] = {
    right.code: right
    for right in (
        Right(
            code="query", title=_("See"), meaning=_("what is kept about you, and who received it"),
            ways=(PHONE, CONSOLE, CONTACT),
        ),
        Right(
            code="correct", title=_("Correct and supplement"), meaning=_("what is wrong or missing"),
            ways=(PHONE, CONTACT, ADMINISTRATOR),
        ),
        Right(
            code="copy", title=_("Copy"), meaning=_("a copy you can read, and one a program can"),
            ways=(PHONE, CONTACT),
        ),
        Right(
            code="delete", title=_("Delete"), meaning=_("what is no longer needed or was not lawful"),
            ways=(PHONE, CONTACT, ADMINISTRATOR),
        ),
        Right(
            code="withdraw", title=_("Take consent back or narrow it"),
            meaning=_("at once; what was lawfully done before stays lawful"), ways=(PHONE, CONSOLE, CONTACT),
        ),
        Right(
            code="cancel", title=_("Close the account"),
            meaning=_("your account ends, and your data is deleted or made anonymous"),
            ways=(PHONE, CONTACT, ADMINISTRATOR),
        ),
        Right(
            code="decisions", title=_("Decisions by machine"),
            meaning=_("have each explained, refuse it, and have a person decide"), ways=(PHONE, CONTACT),
        ),
        Right(
            code="legacy", title=_("After death"),
            meaning=_("leave instructions; without them close relatives may ask"), ways=(PHONE, CONTACT),
        ),
        Right(
            code="complain", title=_("Complain"), meaning=_("about an answer, to somebody else than who gave it"),
            ways=(PHONE, CONTACT),
        ),
    )
}  # fmt: skip
