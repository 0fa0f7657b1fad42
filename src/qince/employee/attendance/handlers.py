"""Reactions of attendance."""

from qince.core.rights import registry as rights
from qince.employee.attendance import decisions
from qince.employee.attendance.events import Punched
from qince.engines.live.topics import changed
from qince.kit.events import subscribe

rights.decide(decisions.PLACE, find=decisions.find, replay=decisions.replay)


@subscribe(Punched)
def refresh_pages(event: Punched) -> None:
    changed("attendance")
