"""Reactions of attendance."""

from qince.employee.attendance.events import Punched
from qince.engines.live.topics import changed
from qince.kit.events import subscribe


@subscribe(Punched)
def refresh_pages(event: Punched) -> None:
    changed("attendance")
