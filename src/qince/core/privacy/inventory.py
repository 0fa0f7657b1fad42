"""The parts of the notice that are generated: purposes, fields, functions, recipients, the operator.

Sensitive items come out bold because their declaration says so, never by hand (C0-10).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qince.core.privacy import tables
from qince.core.privacy.documents import HEADING, ITEM, Generated, Paragraph
from qince.core.privacy.functions import FAMILIES, Function
from qince.core.privacy.language import joined
from qince.core.privacy.recipients import Recipient
from qince.core.privacy.registry import (
    CIRCUMSTANCES,
    CONTROLLERS,
    SOURCES,
    Basis,
    Kind,
    Personal,
    Purpose,
    declared,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a notice is made of besides the declarations: one organization's choices, the operator's words."""

    purposes: tuple[Purpose, ...]
    functions: tuple[Function, ...]
    recipients: tuple[Recipient, ...]
    operator: dict[str, str]
    officers: tuple[str, ...]
    certificates: tuple[str, ...]
    tiles: str


def generated(facts: Facts) -> Generated:
    codes = {purpose.code for purpose in facts.purposes}
    return {
        "purposes": lambda: [each for purpose in facts.purposes for each in _purpose(purpose)],
        "fields": lambda: [_group(each) for each in groups(codes)],
        "functions": lambda: _functions(facts.functions),
        "permissions": tables.permissions,
        "cookies": tables.cookies,
        "libraries": tables.libraries,
        "recipients": lambda: [*tables.recipients(facts.recipients), *_tiles(facts.tiles)],
        "terms": lambda: tables.terms(codes),
        "responsible": tables.responsible,
        "roles": tables.roles,
        "rights": tables.rights,
        "decisions": tables.decisions,
        "certificates": lambda: tables.certificates(facts.certificates),
        "operator": lambda: _operator(facts.operator, facts.officers),
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
        alike = (meaning.kind, meaning.purposes, meaning.source, meaning.controller, meaning.kept)
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
        "kind": kind_words(meaning.kind),
        "source": SOURCES[meaning.source],
        "retention": meaning.kept,
        "controller": CONTROLLERS[meaning.controller],
        "purposes": joined([str(declared.purposes[code].title) for code in meaning.purposes]),
    }
    return Paragraph(text % values, meaning.kind is Kind.SENSITIVE, ITEM)


def kind_words(kind: Kind) -> str:
    return {Kind.BASIC: _("necessary"), Kind.ADDITIONAL: _("your choice"), Kind.SENSITIVE: _("sensitive")}[
        kind
    ]


def _functions(functions: Sequence[Function]) -> list[Paragraph]:
    """By family, each with its four texts (C1.2-03)."""
    found = []
    for family, title in FAMILIES.items():
        mine = [each for each in functions if each.family is family]
        if mine:
            found.append(Paragraph(str(title), style=HEADING))
            found += [_function(each) for each in mine]
    return found


def _function(function: Function) -> Paragraph:
    text = _("%(title)s. Which data: %(scope)s Why: %(why)s How: %(method)s If you refuse: %(if_refused)s")
    values = {name: getattr(function, name) for name in ("title", "scope", "why", "method", "if_refused")}
    is_sensitive = any(declared.purposes[code].kind is Kind.SENSITIVE for code in function.purposes)
    return Paragraph(text % values, is_sensitive, ITEM)


def _tiles(tiles: str) -> list[Paragraph]:
    if not tiles:
        return [Paragraph(_("The service draws its maps itself; no map provider sees your device."))]
    host = tiles.split("/")[2] if "//" in tiles else tiles
    text = _(
        "Map pictures come from %(host)s, which sees the network address of your device and the area shown."
    )
    return [Paragraph(text % {"host": host}, True)]


def _operator(operator: dict[str, str], officers: Sequence[str]) -> list[Paragraph]:
    labels = {
        "name": _("Operator"),
        "owner": _("Owner"),
        "address": _("Address"),
        "department": _("Responsible department"),
        "officer": _("Personal information protection officer"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "complaints": _("Complaints"),
    }
    known = [(label, operator.get(key, "")) for key, label in labels.items() if operator.get(key)]
    if not known:
        known_paragraphs = [Paragraph(_("The operator of this service has not given contact details yet."))]
    else:
        known_paragraphs = [
            Paragraph(_("%(label)s: %(text)s") % {"label": label, "text": text}, False, ITEM)
            for label, text in known
        ]
    if officers:
        text = _("Privacy officers of your organization: %(names)s") % {"names": joined(officers)}
        known_paragraphs.append(Paragraph(text, style=ITEM))
    return known_paragraphs
