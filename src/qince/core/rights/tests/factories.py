"""Cases for tests, made by the same acts that people use."""

from qince.core.people.tests import factories as people
from qince.core.rights.actions import opening
from qince.kit import clock
from qince.kit.ids import uuid7


def officer(name="周专员"):
    """A privacy officer, as an actor."""
    return people.actor(people.employee(name, roles=["privacy_officer"]))


def own(employee, kind="query", *, now=None, **fields):
    """A request by the person's own act on the phone."""
    if kind == "delete":
        fields = {"ground": "ended", **fields}
    if kind in ("correct", "supplement", "support", "feedback"):
        fields = {"details": "手机号码写错了", **fields}
    actor = people.actor(employee, client="phone")
    return opening.open_own(actor, id=uuid7(), kind=kind, now=now or clock.now(), **fields)


def entered(actor, kind="query", *, now=None, channel="post", **fields):
    """A request written down by staff."""
    if kind == "delete":
        fields = {"ground": "ended", **fields}
    if kind in ("correct", "supplement", "support", "feedback"):
        fields = {"details": "手机号码写错了", **fields}
    if kind in ("relative", "outside"):
        fields = {"asked": "copy", **fields}
    values = {"contact_name": "王芳", "contact_mobile": "13900001111", **fields}
    return opening.enter(actor, kind=kind, channel=channel, now=now or clock.now(), **values)
