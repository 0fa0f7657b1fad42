"""Attendance once more, as a clerk would do it: minute by minute with a pencil, one rule after the other.

Deliberately slow and plain, sharing nothing with `replay` but the shapes. Instants are whole minutes here.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


def clerk(case):
    """`{date: figures}` of one person."""
    return Clerk(case).work()


@cache  # noted on a slip: it is asked for thousands of times
def minute_of(day, minutes, zone):
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001
    return int(wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).timestamp()) // 60


class Clerk:
    def __init__(self, case):
        self.case = case
        self.days = [plan for plan in case.plans if plan.rule]
        self.presses = [(each.at // 60, each.kind, each) for each in case.punches]
        self.slots = sorted(
            ((self.minute(plan, slot.on), plan.on, number)
             for plan in self.days if plan.shift and plan.state != "off"
             for number, slot in enumerate(plan.shift.slots)),
        )  # fmt: skip
        self.plan_of = {plan.on: plan for plan in self.days}
        self.belongs = {}
        for press in self.presses:
            self.belongs[press[2].id] = self.slot_of(press)

    def minute(self, plan, minutes):
        return minute_of(plan.on, minutes, plan.rule.zone)

    def times(self, key):
        """A slot's beginning and end, and its window."""
        _on, day, number = key
        plan = self.plan_of[day]
        slot = plan.shift.slots[number]
        return (
            self.minute(plan, slot.on),
            self.minute(plan, slot.off),
            self.minute(plan, slot.on - slot.on_advance),
            self.minute(plan, slot.off + slot.off_delay),
        )

    def slot_of(self, press):
        at, kind, _ = press
        fits = [key for key in self.slots if self.times(key)[2] <= at <= self.times(key)[3]]
        while len(fits) > 1:
            first, second = fits[0], fits[1]
            fits.remove(second if self.is_earlier(first, second, at, kind) else first)
        return fits[0] if fits else None

    def is_earlier(self, first, second, at, kind):
        begun = {self.belongs[other[2].id] for other in self.presses if other[2].id in self.belongs}
        if kind == "out":
            return second not in begun
        if kind == "in":
            return at < self.times(first)[1] and first not in begun
        return at - self.times(first)[1] < self.times(second)[0] - at

    def work(self):
        found, late_night = {}, {}
        for plan in self.days:
            if plan.shift and plan.state == "due":
                figures, left = self.shift_day(plan, late_night.get(plan.on, 0))
                if left is not None:
                    end = self.minute(plan, plan.shift.slots[-1].off)
                    allowed = [
                        each.may_come_later for each in plan.shift.graces if left - end >= each.left_after
                    ]
                    late_night[plan.on + timedelta(days=1)] = max(allowed, default=0)
            elif plan.state == "due":
                figures = self.free_day(plan)
            else:
                figures = {"status": plan.state, "overtime": 0}
                if plan.state == "off":
                    loose = self.loose(plan)
                    stayed = set(range(loose[0][0], loose[-1][0])) if len(loose) > 1 else set()
                    figures["overtime"] = self.overtime(plan, stayed)
            if self.case.first <= plan.on <= self.case.last:
                found[plan.on.isoformat()] = figures
        return found

    # --- A day with a shift ---

    def shift_day(self, plan, grace):
        ends, totals, flexed, left = [], {"worked": 0, "absent": 0, "leave": 0, "away": 0}, 0, None
        resting, covers = self.rest_minutes(plan), []
        for number in range(len(plan.shift.slots)):
            key = (self.minute(plan, plan.shift.slots[number].on), plan.on, number)
            on, off, _opens, closes = self.times(key)
            slot = plan.shift.slots[number]
            instead = self.standing(on, off)
            leave = self.standing(on, off, "leave")
            working = set(range(on, off)) - resting
            due_on, due_off = on, off
            if grace and number == 0:
                due_on += grace
            moved_on, moved_off = bool(grace and number == 0), False
            free = instead | (resting if instead else set())
            if due_on in instead or (due_on in resting and self.touches(due_on, free, instead)):
                moved_on = True
                while due_on in free:
                    due_on += 1
            if due_off - 1 in instead or (
                due_off - 1 in resting and self.touches(due_off - 1, free, instead)
            ):
                moved_off = True
                while due_off - 1 in free:
                    due_off -= 1
            covered = due_on >= due_off
            covers.append(covered)
            mine = [press for press in self.presses if self.belongs[press[2].id] == key]
            coming, leaving = self.pick(mine, due_on, due_off, on, off, plan.shift.flex_early)
            for each in self.case.fixes:
                if each.on == plan.on.isoformat() and each.slot == number:
                    if each.end == "on":
                        coming = each.at // 60
                    else:
                        leaving = each.at // 60
            flex = plan.shift.flex_late if number == 0 and not moved_on else 0
            if number == 0 and not moved_on and coming is not None and not covered and not slot.no_need_on:
                flexed = max(-plan.shift.flex_early, min(plan.shift.flex_late, coming - due_on))
            if number == len(plan.shift.slots) - 1:
                left = leaving
                if not moved_off:
                    due_off += flexed
            first = self.coming(
                plan, slot, coming, due_on, due_off - (0 if moved_off else flexed), flex, covered
            )
            last = self.leaving(plan, slot, leaving, due_off, closes, covered)
            ends += [first, last]
            totals["leave"] += len(working & leave)
            totals["away"] += len(working & (instead - leave))
            if first[0] == last[0] == "lack":
                totals["absent"] += len(working - instead)
            if not covered and {first[0], last[0]}.isdisjoint({"lack", "pending"}):
                start = due_on if coming is None else coming
                end = due_off if leaving is None else leaving
                start, end = max(start, on + min(flexed, 0)), min(end, off + max(flexed, 0))
                totals["worked"] += len(set(range(start, end)) - resting - instead)
        end = (
            self.minute(plan, plan.shift.slots[-1].off) + max(flexed, 0) + getattr(plan.rule, plan.kind).after
        )
        stayed = set(range(end, left)) if left is not None and left > end else set()
        totals["overtime"] = self.overtime(plan, stayed)
        return {"status": self.status(ends, totals, covers), "ends": ends, **totals}, left

    def touches(self, minute, free, instead):
        """Whether the rest at `minute` is joined, without a gap, to something that stands in."""
        down = up = minute
        while down - 1 in free:
            down -= 1
        while up + 1 in free:
            up += 1
        return bool(instead & set(range(down, up + 1)))

    def pick(self, mine, due_on, due_off, on, off, early):
        if len(mine) == 1 and not mine[0][1]:
            at = mine[0][0]
            return (at, None) if at - due_on < due_off - at else (None, at)
        coming = leaving = None
        for at, kind, _ in mine:
            if coming is None and kind != "out" and at < off:
                coming = at
        used = False
        for at, kind, _ in mine:
            if at == coming and kind != "out" and not used:
                used = True
                continue
            if kind == "out" or (not kind and at >= on - early):
                leaving = at if coming is None or at >= coming else leaving
        return coming, leaving

    def coming(self, plan, slot, at, due, end, flex, covered):
        if covered or slot.no_need_on:
            return ("no_need", 0)
        if at is None:
            closes = due + flex + slot.late_as_lack if slot.late_as_lack else end
            return ("lack" if self.is_known(plan, closes) else "pending", 0)
        late = at - due - flex
        if slot.late_as_lack and late > slot.late_as_lack:
            return ("lack", late)
        if slot.late_as_serious and late > slot.late_as_serious:
            return ("serious_late", late)
        return ("late", late) if late > slot.late_as_late else ("normal", 0)

    def leaving(self, plan, slot, at, due, closes, covered):
        if covered or slot.no_need_off:
            return ("no_need", 0)
        if at is None:
            return ("lack" if self.is_known(plan, closes) else "pending", 0)
        early = due - at
        if slot.early_as_lack and early > slot.early_as_lack and self.is_known(plan, closes):
            return ("lack", early)
        return ("early", early) if early > slot.early_as_early else ("normal", 0)

    def is_known(self, plan, closes):
        return self.case.as_of >= (closes + plan.rule.sync_grace) * 60

    def status(self, ends, totals, covers):
        results = [result for result, _ in ends]
        if "pending" in results:
            return "pending"
        if "lack" in results:
            return "absent" if set(results) <= {"lack", "no_need"} and totals["absent"] else "lack"
        late = "late" in results or "serious_late" in results
        if late or "early" in results:
            return (
                ("late" if late else "")
                + ("_" if late and "early" in results else "")
                + ("early" if "early" in results else "")
            )
        if all(covers):
            return "leave" if totals["leave"] else "away"
        return "normal"

    # --- Minutes ---

    def rest_minutes(self, plan):
        return {
            minute
            for rest in plan.shift.rests
            for minute in range(self.minute(plan, rest.start), self.minute(plan, rest.end))
        }

    def standing(self, start, end, kind=""):
        """Minutes near these for which something stands in; a stretch counts only if it touches the slot."""
        return {
            minute
            for each in self.case.segments
            if each.kind != "overtime" and (not kind or each.kind == kind)
            if each.start < end * 60 and each.end > start * 60
            for minute in range(each.start // 60, each.end // 60)
        }

    def bounds(self, plan):
        return self.minute(plan, plan.rule.day_starts), self.minute(plan, plan.rule.day_starts + 1440)

    def loose(self, plan):
        start, end = self.bounds(plan)
        return [each for each in self.presses if self.belongs[each[2].id] is None and start <= each[0] < end]

    def free_day(self, plan):
        start, end = self.bounds(plan)
        due = plan.rule.free_minutes
        window = set(range(start, end))
        leave = min(due, len(window & self.standing(start, end, "leave")))
        away = min(
            due - leave, len(window & (self.standing(start, end) - self.standing(start, end, "leave")))
        )
        if leave + away >= due:
            return {"status": "leave" if leave >= away else "away", "leave": leave, "away": away}
        loose = self.loose(plan)
        comings = [each for each in loose if each[1] != "out"]
        coming = comings[0] if comings else None
        leavings = [each for each in loose if each[1] != "in" and each is not coming]
        leaving = leavings[-1] if leavings else None
        for each in self.case.fixes:
            if each.on == plan.on.isoformat():
                if each.end == "on":
                    coming = (each.at // 60,)
                else:
                    leaving = (each.at // 60,)
        known = self.is_known(plan, end)
        missing = [each is None for each in (coming, leaving)]
        status = (
            "normal" if not any(missing) else "pending" if not known else "absent" if all(missing) else "lack"
        )
        worked = max(0, leaving[0] - coming[0]) if coming and leaving else 0
        stayed = set(range(coming[0] + due, leaving[0])) if worked > due else set()
        return {
            "status": status, "leave": leave, "away": away, "worked": min(worked, due),
            "absent": due - leave - away if status == "absent" else 0, "overtime": self.overtime(plan, stayed),
        }  # fmt: skip

    # --- Overtime ---

    def overtime(self, plan, stayed):
        rule = getattr(plan.rule, plan.kind)
        approved = {
            minute
            for each in self.case.segments
            if each.kind == "overtime" and self.date_of(each.start // 60) == plan.on
            for minute in range(each.start // 60, each.end // 60)
        }
        sets = {"none": set(), "approval": approved, "punch": stayed, "lesser": approved & stayed}
        count = len(sets[rule.basis])
        return count - count % rule.step if count >= rule.least else 0

    def date_of(self, minute):
        for plan in self.days:
            if plan.shift and plan.state != "off":
                begins = self.minute(plan, plan.shift.slots[0].on)
                closes = self.minute(plan, plan.shift.slots[-1].off + plan.shift.slots[-1].off_delay)
                if begins <= minute <= closes:
                    return plan.on
        for plan in self.days:
            start, end = self.bounds(plan)
            if start <= minute < end:
                return plan.on
        return None
