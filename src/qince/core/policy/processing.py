"""The record of processing: one activity per feature, made from the declarations (RoPA)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.policy.models import Assessment
from qince.core.privacy.functions import Function
from qince.core.privacy.inventory import kind_words
from qince.core.privacy.language import joined
from qince.core.privacy.lifecycle import app_of
from qince.core.privacy.recipients import Recipient, given, recipients_of
from qince.core.privacy.registry import SOURCES, Basis, Personal, declared


@dataclass(frozen=True, slots=True)
class Activity:
    """What one feature does with the data one side decides about (C1.1-15), in words."""

    name: str
    controller: str
    processor: str
    functions: str
    purposes: str
    bases: str
    categories: str
    subjects: str
    sources: str
    recipients: str
    terms: str
    measures: str
    assessment: str
    reasons: str
    clauses: str
    has_sensitive: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def headings() -> list[tuple[str, str]]:
    return [
        ("name", _("Activity")),
        ("controller", _("Decides (controller)")),
        ("processor", _("Acts on behalf (processor)")),
        ("functions", _("Functions")),
        ("purposes", _("Purposes")),
        ("bases", _("Legal basis")),
        ("categories", _("Kinds of data")),
        ("subjects", _("People concerned")),
        ("sources", _("Sources")),
        ("recipients", _("Recipients")),
        ("terms", _("Terms")),
        ("measures", _("Protection")),
        ("assessment", _("Impact assessment")),
        ("reasons", _("Why the organization takes more")),
        ("clauses", _("Requirements of the agreement")),
    ]


def activities(organization: Organization) -> list[Activity]:
    """Every activity, in the active language; call inside the organization."""
    recipients = recipients_of(organization)
    assessed = _assessed()
    return [_activity(key, fields, organization, recipients, assessed) for key, fields in _grouped()]


def _grouped() -> Iterator[tuple[tuple[str, str], dict[str, Personal]]]:
    found: dict[tuple[str, str], dict[str, Personal]] = {}
    for key, meaning in declared.personal().items():
        found.setdefault((app_of(key), meaning.controller), {})[key] = meaning
    yield from sorted(found.items())


def _assessed() -> dict[str, Assessment]:
    """The latest assessment of each purpose or function."""
    return {each.subject: each for each in Assessment.objects.order_by("assessed_at")}


def _activity(
    key: tuple[str, str],
    fields: dict[str, Personal],
    organization: Organization,
    recipients: tuple[Recipient, ...],
    assessed: dict[str, Assessment],
) -> Activity:
    label, controller = key
    app = apps.get_app_config(label)
    functions = [each for each in declared.functions.values() if each.app == label]
    purposes = sorted({code for each in fields.values() for code in each.purposes})
    operator = settings.OPERATOR.get("name") or _("the operator")
    found = [assessed[code] for code in (*purposes, *(each.code for each in functions)) if code in assessed]
    return Activity(
        name=_name(app, [str(each.title) for each in functions]),
        controller=organization.name if controller == "organization" else operator,
        processor=operator if controller == "organization" else _("nobody: the operator acts itself"),
        functions=_list(str(each.title) for each in functions),
        purposes=_list(str(declared.purposes[code].title) for code in purposes),
        bases=_list(
            _bases()[basis] for basis in sorted({declared.purposes[code].basis for code in purposes})
        ),
        categories=_list(
            f"{category} ({kind_words(kind)})"
            for category, kind in sorted({(str(each.category), each.kind) for each in fields.values()})
        ),
        subjects=_list(sorted({_subject(name, each) for name, each in fields.items()})),
        sources=_list(sorted({str(SOURCES[each.source]) for each in fields.values()})),
        recipients=_list(given(fields, recipients)) or _("with nobody outside"),
        terms=_list(sorted({str(each.term.label) for each in fields.values()})),
        measures=_measures(any(each.is_sensitive for each in fields.values())),
        assessment=_list(_verdict(each) for each in found) or _("none recorded"),
        reasons=_list(_reasons(functions, Settings.of(organization).reasons)) or "—",
        clauses=" ".join(sorted({clause for each in fields.values() for clause in each.clauses})),
        has_sensitive=any(each.is_sensitive for each in fields.values()),
    )


def _reasons(functions: list[Function], given: dict[str, str]) -> list[str]:
    """What the organization said when it switched on what these functions take (C2.2.5-08)."""
    return [f"{each.title}: {given[each.setting]}" for each in functions if each.setting in given]


def _name(app: AppConfig, functions: list[str]) -> str:
    """The app's name, where it was given one in words; else what it does."""
    given = capfirst(str(app.verbose_name))
    is_given = given != app.label.title()
    return given if is_given or not functions else functions[0]


def _list(words: Any) -> str:
    return joined(list(dict.fromkeys(words)), _("; "))


def _bases() -> dict[Basis, str]:
    return {
        Basis.CONSENT: _("consent"),
        Basis.CONTRACT: _("needed to provide the service"),
        Basis.DUTY: _("a legal duty"),
    }


def _subject(key: str, meaning: Personal) -> str:
    """Whom the field is about: members, or people outside."""
    is_outside = meaning.subject == "self" and meaning.retention.startswith("contact")
    return _("people outside: contacts at customers") if is_outside else _("members of the organization")


def _measures(has_sensitive: bool) -> str:
    common = [
        _("each organization walled off by the database"),
        _("access by role and reach"),
        _("every change on record in a chained trail"),
    ]
    sensitive = [_("separate consent"), _("asked at the gate before it is taken")]
    return _list(common + (sensitive if has_sensitive else []))


def _verdict(assessment: Assessment) -> str:
    state = _("signed") if assessment.signed_at else _("not signed")
    return _("%(subject)s: %(risk)s, %(state)s") % {
        "subject": assessment,
        "risk": assessment.get_risk_display(),
        "state": state,
    }
