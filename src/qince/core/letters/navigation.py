"""The bell on every page, and the log among the administrator's pages."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.queries import unread
from qince.core.letters.rules import VIEW_LOG
from qince.core.letters.topics import TOPIC, topic_of
from qince.kit import navigation

navigation.entry(
    "messages", _("Messages"), icon="bell", url="letters:mine", place=navigation.TOPBAR, badge=unread,
    topics=lambda actor: f"{TOPIC} {topic_of(actor.employee_id)}", part="letters:bell",
    panel="letters:latest",
)  # fmt: skip
navigation.group("settings", _("Administration"), order=90)
navigation.entry(
    "sent_messages",
    _("Sent messages"),
    icon="mail",
    url="letters:delivery_list",
    permission=VIEW_LOG,
    group="settings",
    order=75,
)
navigation.command(
    "messages.mine", _("Messages"), icon="bell", url="letters:mine", words="inbox bell 消息 通知"
)
