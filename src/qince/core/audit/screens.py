"""The trail on screen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.audit import queries, words
from qince.core.audit.models import Entry, Head
from qince.core.audit.rules import VIEW
from qince.core.people.queries import employees_visible_to
from qince.kit.actor import Actor
from qince.kit.resource import Column, Permissions, Resource, timeline
from qince.kit.resource.filters import Filter, choice, dates, reference

CLIENTS = {"console": _("Console"), "phone": _("Phone"), "system": _("System")}


def act_words(entry: Entry) -> str:
    return words.act_words(entry.action)


def _act_filter(actor: Actor, typed: str) -> list[tuple[str, Any]]:
    pairs = [(act, f"{words.act_words(act)} ({act})") for act in queries.acts_in_use(actor)]
    return [pair for pair in pairs if typed.casefold() in pair[1].casefold()]


def _kind_filter(actor: Actor, typed: str) -> list[tuple[str, Any]]:
    return [(kind, timeline.kind_words(kind)) for kind in queries.kinds_in_use(actor)]


def _values(name: str, label: Any, menu: Any, words: Any) -> Filter:
    return Filter(
        name=name,
        label=label,
        menu=menu,
        words=lambda actor, value: str(words(value)),
        apply=lambda rows, actor, values: rows.filter(**{f"{name}__in": values}),
        is_searchable=name == "action",
    )


AT = Column("at", _("Time"), is_link=True)
ACTOR = Column("actor_name", _("By"))
ACT = Column("action", _("Act"), value=act_words, sort="action")
KIND = Column(
    "target_kind", _("Kind"), value=lambda entry: timeline.kind_words(entry.target_kind), sort="target_kind"
)
TARGET = Column("target_name", _("Object"))
CLIENT = Column("client", _("Sent from"), text=lambda entry: CLIENTS.get(entry.client, entry.client))
SEQUENCE = Column("sequence", _("Number in the chain"), is_numeric=True)
CODE = Column("code", _("Code of the act"), value=lambda entry: entry.action, is_shown=False)

TRAIL = Resource(
    namespace="audit",
    purposes=("security",),
    name="entry",
    model=Entry,
    title=_("Audit trail"),
    singular=_("entry"),
    icon="shield-check",
    hint=_("Every change made in the console or on a phone is written down here."),
    rows=queries.entries_visible_to,
    permissions=Permissions(view=VIEW, export=VIEW),
    columns=(AT, ACTOR, ACT, KIND, TARGET, CLIENT, SEQUENCE, CODE),
    order="-id",
    search=("actor_name", "target_name", "action"),
    filters=(
        dates("at", _("Time"), is_instant=True),
        reference("actor_id", _("By"), employees_visible_to),
        _values("action", _("Act"), _act_filter, words.act_words),
        _values("target_kind", _("Kind"), _kind_filter, timeline.kind_words),
        choice("client", _("Sent from"), CLIENTS.items()),
    ),
)

HEADS = Resource(
    namespace="audit",
    name="heads",
    model=Head,
    title=_("Signed days"),
    singular=_("signed day"),
    icon="rubber-stamp",
    hint=_("Once a day the end of the trail is signed. Export the list and keep it elsewhere."),
    rows=queries.heads_visible_to,
    permissions=Permissions(view=VIEW, export=VIEW),
    columns=(
        Column("on", _("Day"), is_link=True),
        Column("at", _("Signed at")),
        Column("sequence", _("Number in the chain"), is_numeric=True),
        Column("link", _("Link"), value=lambda head: bytes(head.link).hex(), sort=""),
        Column(
            "signature",
            _("Signature"),
            value=lambda head: bytes(head.signature).hex(),
            sort="",
            is_shown=False,
        ),
    ),
    order="-on",
    filters=(dates("on", _("Day")),),
)
timeline.name_kinds({"audit.head": _("Signed day")})
