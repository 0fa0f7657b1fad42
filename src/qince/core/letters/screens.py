"""The log of what was sent: to whom, which kind, by which channel, how it went. Never the text."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.core.letters.models import Delivery
from qince.core.letters.queries import deliveries_visible_to
from qince.core.letters.registry import kind_of
from qince.core.letters.rules import EXPORT_LOG, VIEW_LOG
from qince.core.letters.words import DECISIONS, decision_words, reason_words
from qince.kit.resource import Column, Permissions, Resource, timeline
from qince.kit.resource.filters import choice, dates


def _kind(delivery: Any) -> str:
    """The kind's title with its values left out."""
    return str(kind_of(delivery.letter.kind).short)


AT = Column("at", _("Time"), is_link=True)
TO = Column("to", _("To"), value=lambda row: row.letter.to_name)
KIND = Column("kind", _("Message"), value=_kind)
CODE = Column("code", _("Kind"), value=lambda row: row.letter.kind, is_shown=False)
CHANNEL = Column("channel", _("Channel"), value=lambda row: row.get_channel_display(), sort="channel")
STATE = Column("state", _("State"), value=lambda row: row.get_state_display(), sort="state")
REASON = Column("reason", _("Reason"), value=lambda row: reason_words(row.reason))
DECIDED_BY = Column("decided_by", _("Decided by"), value=lambda row: decision_words(row.decided_by))
NOT_BEFORE = Column("not_before", _("Not before"), is_shown=False)
ATTEMPTS = Column("attempts", _("Attempts"), is_numeric=True)

LOG = Resource(
    namespace="letters",
    name="delivery",
    model=Delivery,
    title=_("Sent messages"),
    singular=_("sent message"),
    icon="mail",
    hint=_("Every letter, e-mail and text message to a person is listed here, without its text."),
    rows=deliveries_visible_to,
    permissions=Permissions(view=VIEW_LOG, export=EXPORT_LOG),
    columns=(AT, TO, KIND, CHANNEL, STATE, REASON, DECIDED_BY, NOT_BEFORE, ATTEMPTS, CODE),
    order="-id",
    filters=(
        dates("at", _("Time"), is_instant=True),
        choice("channel", _("Channel"), Delivery.Channel.choices),
        choice("state", _("State"), Delivery.State.choices),
        choice("decided_by", _("Decided by"), DECISIONS.items()),
    ),
)

timeline.name_acts(
    {
        "letters.send": _("Message sent"),
        "letters.mark_read": _("Messages read"),
        "letters.recall": _("Messages recalled"),
        "letters.hand_over": _("Message handed over"),
        "letters.choose_channels": _("Message channels chosen"),
        "letters.try_again": _("Address works again"),
    }
)
timeline.name_kinds(
    {
        "letters.letter": _("Message"),
        "letters.delivery": _("Sent message"),
        "letters.unreachable": _("Address that refuses messages"),
    }
)
