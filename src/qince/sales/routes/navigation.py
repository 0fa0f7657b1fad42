"""Where routes are found."""

from django.utils.translation import gettext_lazy as _

from qince.kit import navigation
from qince.sales.routes import rules

navigation.group("sales", _("Sales"), order=20)
navigation.entry(
    "routes",
    _("Routes"),
    icon="route",
    url="routes:route_list",
    permission=rules.VIEW,
    group="sales",
    order=30,
    key="r",
)
navigation.entry(
    "plans",
    _("Visit plans"),
    icon="calendar-event",
    url="routes:plan_list",
    permission=rules.VIEW,
    group="sales",
    order=20,
)
navigation.command("routes.new", _("New route"), icon="plus", url="routes:route_new", permission=rules.PLAN,
                   words="new weekly route 新建路线")  # fmt: skip
