"""The parts of the notice that are generated: purposes, fields, functions, recipients, the operator.

Sensitive items come out bold because their declaration says so, never by hand (C0-10).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qince.core.privacy.documents import HEADING, ITEM, Generated, Paragraph
from qince.core.privacy.registry import (
    CIRCUMSTANCES,
    CONTROLLERS,
    SOURCES,
    Basis,
    Kind,
    Personal,
    Purpose,
    Use,
    declared,
)


def generated(
    purposes: list[Purpose], uses: Sequence[Use], operator: dict[str, str], tiles: str
) -> Generated:
    return {
        "purposes": lambda: [each for purpose in purposes for each in _purpose(purpose)],
        "fields": lambda: [_group(each) for each in groups({purpose.code for purpose in purposes})],
        "uses": lambda: _uses(uses),
        "recipients": lambda: _recipients(tiles),
        "operator": lambda: _operator(operator),
    }


def _purpose(purpose: Purpose) -> list[Paragraph]:
    bold = purpose.kind is Kind.SENSITIVE
    return [
        Paragraph(str(purpose.title), bold, HEADING),
        Paragraph(_("Why: %(text)s") % {"text": purpose.why}, bold, ITEM),
        Paragraph(_("Which data: %(text)s") % {"text": purpose.scope}, bold, ITEM),
        Paragraph(_("How: %(text)s") % {"text": purpose.method}, bold, ITEM),
        *_choices(purpose, bold),
        Paragraph(_refusal(purpose), bold, ITEM),
    ]


def _choices(purpose: Purpose, bold: bool) -> list[Paragraph]:
    if not purpose.circumstances:
        return []
    choices = _("; ").join(str(CIRCUMSTANCES[each]) for each in purpose.circumstances)
    return [Paragraph(_("You choose: %(choices)s") % {"choices": choices}, bold, ITEM)]


def _refusal(purpose: Purpose) -> str:
    if purpose.basis is Basis.CONTRACT:
        return _("Basis: needed to provide the service. %(text)s") % {"text": purpose.if_refused}
    if purpose.basis is Basis.DUTY:
        return _("Basis: a legal duty. %(text)s") % {"text": purpose.if_refused}
    return _("If you refuse: %(text)s") % {"text": purpose.if_refused}


@dataclass(slots=True)
class Group:
    """Kinds of data that are treated alike, as a reader sees them: one line."""

    meaning: Personal
    names: list[str] = field(default_factory=list)


def groups(open_purposes: set[str]) -> list[Group]:
    """The personal data kept for any of `open_purposes`, by how it is treated; sensitive data last."""
    found: dict[tuple[object, ...], Group] = {}
    for meaning in declared.fields.values():
        if not isinstance(meaning, Personal) or not open_purposes.intersection(meaning.purposes):
            continue
        alike = (meaning.kind, meaning.purposes, meaning.source, meaning.controller, meaning.retention)
        group = found.setdefault(alike, Group(meaning))
        if (name := str(meaning.category)) not in group.names:
            group.names.append(name)
    order = list(Kind)
    return sorted(found.values(), key=lambda each: order.index(each.meaning.kind))


def _group(group: Group) -> Paragraph:
    meaning = group.meaning
    text = _(
        "%(names)s — %(kind)s; %(source)s; kept %(retention)s; responsible: %(controller)s; for: %(purposes)s."
    )
    values = {
        "names": _("; ").join(sorted(group.names)),
        "kind": _kinds()[meaning.kind],
        "source": SOURCES[meaning.source],
        "retention": meaning.term.label,
        "controller": CONTROLLERS[meaning.controller],
        "purposes": _join([str(declared.purposes[code].title) for code in meaning.purposes]),
    }
    return Paragraph(text % values, meaning.kind is Kind.SENSITIVE, ITEM)


def _kinds() -> dict[Kind, str]:
    return {Kind.BASIC: _("necessary"), Kind.ADDITIONAL: _("your choice"), Kind.SENSITIVE: _("sensitive")}


def _uses(uses: Sequence[Use]) -> list[Paragraph]:
    if not uses:
        return [Paragraph(_("None."))]
    return [
        Paragraph(str(use.title), declared.purposes[use.purpose].kind is Kind.SENSITIVE, ITEM) for use in uses
    ]


def _recipients(tiles: str) -> list[Paragraph]:
    if not tiles:
        return [
            Paragraph(_("At present no personal data leaves this service; it draws the maps itself, too."))
        ]
    host = tiles.split("/")[2] if "//" in tiles else tiles
    text = _(
        "Map pictures come from %(host)s, which sees the network address of your device and the area shown."
    )
    return [Paragraph(text % {"host": host}, True)]


def _operator(operator: dict[str, str]) -> list[Paragraph]:
    labels = {"name": _("Operator"), "address": _("Address"), "email": _("E-mail"), "phone": _("Telephone")}
    known = [(label, operator.get(key, "")) for key, label in labels.items() if operator.get(key)]
    if not known:
        return [Paragraph(_("The operator of this service has not given contact details yet."))]
    return [
        Paragraph(_("%(label)s: %(text)s") % {"label": label, "text": text}, False, ITEM)
        for label, text in known
    ]


def _join(words: list[str]) -> str:
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(words)
