"""Where one's own information is found, and colleagues by their nickname."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.files import viewers
from qince.core.people.rules import VIEW
from qince.core.profile import queries
from qince.kit import navigation, search
from qince.kit.actor import Actor
from qince.kit.resource import timeline

navigation.entry(
    "profile.mine",
    _("My personal information"),
    icon="user",
    url="profile:mine",
    place=navigation.USER,
    order=55,
)
viewers.provide(queries.shows_picture)
timeline.name_acts(
    {
        "profile.change": _("Own information changed"),
        "profile.set_picture": _("Own picture changed"),
        "profile.clear_picture": _("Own picture removed"),
        "profile.change_mobile": _("Own number changed"),
    }
)


def called(actor: Actor, text: str) -> Iterator[search.Found]:
    if not actor.may(VIEW):
        return
    for found in queries.called(actor, text):
        url = reverse("people:employees_detail", args=[found.employee_id])
        yield search.Found(found.employee.name, url, found.nickname, "user")


search.provide(_("Colleagues"), called)
