"""Which slot a press belongs to. The windows of the shifts decide, never the calendar day.

Where the windows of two slots overlap: leaving belongs to the earlier one unless the later has been begun; coming
belongs to the later one unless the earlier still runs and has not been begun; a press that says neither belongs to
the slot whose end or beginning is nearer.
"""

from collections.abc import Sequence

from qince.employee.attendance.replay.planning import Placed
from qince.employee.attendance.replay.shapes import Punch

FARTHEST = 24 * 3600  # no window opens earlier before its slot (definitions see to it)


def assign(slots: Sequence[Placed], punches: Sequence[Punch]) -> tuple[list[list[Punch]], list[Punch]]:
    """The presses of each slot, in order, and those outside every window. Both sequences are in order of time."""
    found: list[list[Punch]] = [[] for _ in slots]
    left: list[Punch] = []
    begin, count = 0, len(slots)
    for punch in punches:
        at = punch.at
        while begin < count and slots[begin].closes < at:
            begin += 1
        chosen, index = -1, begin
        while index < count and slots[index].on - FARTHEST <= at:
            slot = slots[index]
            if slot.opens <= at <= slot.closes:
                chosen = index if chosen < 0 else _between(chosen, index, slots, found, punch)
            index += 1
        if chosen < 0:
            left.append(punch)
        else:
            found[chosen].append(punch)
    return found, left


def _between(
    earlier: int, later: int, slots: Sequence[Placed], found: list[list[Punch]], punch: Punch
) -> int:
    if punch.kind == "out":
        return later if found[later] else earlier
    if punch.kind == "in":
        return earlier if punch.at < slots[earlier].off and not found[earlier] else later
    return earlier if 2 * punch.at < slots[earlier].off + slots[later].on else later


def ends(
    presses: Sequence[Punch], due_on: int, due_off: int, slot: Placed, early: int
) -> tuple[Punch | None, Punch | None]:
    """The press of coming and that of leaving among a slot's: the first and the last that may be it.

    A single press that says neither is the nearer end. `early`: how much before its beginning work may end, too.
    """
    if len(presses) == 1 and not presses[0].kind:
        only = presses[0]
        return (only, None) if 2 * only.at < due_on + due_off else (None, only)
    coming = next((each for each in presses if each.kind != "out" and each.at < slot.off), None)
    for each in reversed(presses):
        if each is coming or (coming is not None and each.at < coming.at):
            break
        if each.kind == "out" or (not each.kind and each.at >= slot.on - early):
            return coming, each
    return coming, None
