"""Whether a change of the policy is considerable: worked out by comparing two snapshots (C8-04 to C8-08)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from qince.core.privacy.gate import WIDTH
from qince.core.privacy.retention import AT_ONCE

Snapshot = dict[str, Any]
IDENTITY = ("name", "owner")
# From what leaves nothing of a field to what leaves all of it.
ERASING = ("delete", "null", "pseudonym", "keep")
MONTH = 31  # days, at most: rules are compared, not dates
CONTACTS = ("department", "officer", "address", "email", "phone", "complaints")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that makes a release significant. `widens`: it needs renewed consent."""

    clause: str
    code: str
    subject: str
    widens: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def reasons(old: Snapshot, new: Snapshot) -> list[Reason]:
    """Why going from `old` to `new` is a considerable change; nothing when it is not."""
    found = [
        *_purposes(old, new),
        *_functions(old, new),
        *_fields(old, new),
        *_treatment(old, new),
        *_permissions(old, new),
        *_operator(old, new),
        *_recipients(old, new),
        *_rights(old, new),
    ]
    return list(dict.fromkeys(found))


def differs(found: Iterable[Reason]) -> bool:
    """Whether more is different than who runs the service and how they are reached: the policy itself."""
    return any(each.clause not in ("C8-05", "C8-08") for each in found)


def reduces_rights(old: Snapshot, new: Snapshot) -> bool:
    """Whether a right, or a way to use one, is taken away (C8-01)."""
    for code, right in old.get("rights", {}).items():
        kept = new.get("rights", {}).get(code)
        if kept is None or set(right["ways"]) - set(kept["ways"]):
            return True
    return False


def _purposes(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """The service model: purposes (C8-04). A purpose that ends narrows, which needs nobody's consent."""
    for code, purpose, before in _pairs(old, new, "purposes"):
        if before is None:
            yield Reason("C8-04", "purpose_added", purpose["title"], True)
        elif purpose["kind"] != before["kind"] or purpose["basis"] != before["basis"]:
            yield Reason("C8-04", "purpose_changed", purpose["title"], True)
        elif set(purpose["circumstances"]) - set(before["circumstances"]):
            yield Reason("C8-04", "circumstances_added", purpose["title"], True)
        elif purpose["texts"] != before["texts"]:
            yield Reason("C8-04", "purpose_reworded", purpose["title"])
        del code


def _functions(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """The way data is used (C8-04)."""
    for _code, function, before in _pairs(old, new, "functions"):
        if before is None:
            yield Reason("C8-04", "function_added", function["title"], True)
        elif set(function["purposes"]) - set(before["purposes"]):
            yield Reason("C8-04", "function_widened", function["title"], True)


def _fields(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """Kinds of data (C8-04): a category that is new, becomes sensitive, or serves a purpose it did not serve."""
    before = _categories(old)
    for category, (kinds, purposes) in _categories(new).items():
        if category not in before:
            yield Reason("C8-04", "kind_added", category, True)
        elif "sensitive" in kinds - before[category][0]:
            yield Reason("C8-04", "kind_sensitive", category, True)
        elif purposes - before[category][1]:
            yield Reason("C8-04", "kind_used_further", category, True)


def _categories(snapshot: Snapshot) -> dict[str, tuple[set[str], set[str]]]:
    found: dict[str, tuple[set[str], set[str]]] = {}
    for field in snapshot.get("fields", {}).values():
        kinds, purposes = found.setdefault(field["category"], (set(), set()))
        kinds.add(field["kind"])
        purposes.update(field["purposes"])
    return found


def _treatment(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """The way data is used (C8-04): kept longer, taken from elsewhere, decided on by another. A field is compared with
    itself before, a new one with the others of its category; what is kept shorter than before needs nobody's consent.
    """
    length = _Lengths(old, new)
    for key, field in new.get("fields", {}).items():
        known = old.get("fields", {})
        alike = _alike(known, field)
        if not alike:
            continue  # a new kind, which is a reason by itself
        before = [known[key]] if key in known else alike
        category = field["category"]
        if all(length.is_longer(field, each) for each in before):
            yield Reason("C8-04", "kept_longer", category, True)
        if all(_outlives(field, each) for each in before):
            yield Reason("C8-04", "kept_when_erased", category, True)
        if all(field["source"] != each["source"] for each in before):
            yield Reason("C8-04", "source_changed", category, True)
        if all(field["controller"] != each["controller"] for each in before):
            yield Reason("C8-04", "controller_changed", category, True)


def _alike(fields: dict[str, Any], field: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in fields.values() if each["category"] == field["category"]]


def _outlives(field: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether less becomes of the field when its person is erased."""
    return ERASING.index(field["on_erase"]) > ERASING.index(before["on_erase"])


class _Lengths:
    """How long data is kept, by the rules of the release it stands in."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self.new = new.get("terms", {})
        self.old = old.get("terms") or self.new  # a release of before says only how the rules are called

    def is_longer(self, field: dict[str, Any], before: dict[str, Any]) -> bool:
        """Whether one of the ends comes later than it did, or counts from something else."""
        now, then = self._ends(field, self.new), self._ends(before, self.old)
        if "retention" not in then or "retention" not in now:
            return False
        later = now["retention"][0] != then["retention"][0] or now["retention"][1] > then["retention"][1]
        if "withdrawn" not in then:
            return later
        outlasts_narrowing = WIDTH[field.get("within", "")] < WIDTH[before.get("within", "")]
        return (
            later
            or outlasts_narrowing
            or "withdrawn" not in now
            or now["withdrawn"][1] > then["withdrawn"][1]
        )

    def _ends(self, field: dict[str, Any], terms: dict[str, Any]) -> dict[str, tuple[str, int]]:
        found = {}
        for name in ("retention", "withdrawn"):
            code = field.get(name, "")
            if code == AT_ONCE:
                found[name] = ("", 0)
            elif (term := terms.get(code)) is not None:
                found[name] = (term["trigger"], term["months"] * MONTH + term["days"])
        return found


def _permissions(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """What the device is asked for (C8-04): a permission, a use of one, or a platform more."""
    for code, permission, before in _pairs(old, new, "permissions"):
        title = permission.get("title", code)
        if before is None:
            yield Reason("C8-04", "permission_added", title, True)
        elif set(permission["uses"]) - set(before["uses"]) or set(permission["platforms"]) - set(
            before["platforms"]
        ):
            yield Reason("C8-04", "permission_widened", title, True)


def _operator(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """Who runs the service (C8-05), and how they are reached (C8-08)."""
    before, after = old.get("operator", {}), new.get("operator", {})
    for name in (*IDENTITY, *CONTACTS):
        if before.get(name, "") != after.get(name, ""):
            yield Reason("C8-05" if name in IDENTITY else "C8-08", f"operator_{name}", after.get(name, ""))


def _recipients(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """Who is given data (C8-06)."""
    for _code, recipient, before in _pairs(old, new, "recipients"):
        if before is None:
            yield Reason("C8-06", "recipient_added", recipient["name"], True)
        elif recipient != before:
            yield Reason("C8-06", "recipient_changed", recipient["name"], True)
    for code, recipient in old.get("recipients", {}).items():
        if code not in new.get("recipients", {}):
            yield Reason("C8-06", "recipient_removed", recipient["name"])


def _rights(old: Snapshot, new: Snapshot) -> Iterator[Reason]:
    """What people may ask for, and how (C8-07)."""
    for _code, right, before in _pairs(old, new, "rights"):
        if before is None:
            yield Reason("C8-07", "right_added", right["title"])
        elif set(before["ways"]) - set(right["ways"]):
            yield Reason("C8-07", "way_removed", right["title"])
        elif right["ways"] != before["ways"]:
            yield Reason("C8-07", "way_added", right["title"])
    for code, right in old.get("rights", {}).items():
        if code not in new.get("rights", {}):
            yield Reason("C8-07", "right_removed", right["title"])


def _pairs(old: Snapshot, new: Snapshot, part: str) -> Iterator[tuple[str, Any, Any]]:
    """Each entry now, with what it was before."""
    before = old.get(part, {})
    for code, entry in new.get(part, {}).items():
        yield code, entry, before.get(code)


WORDS: dict[str, Callable[[], str]] = {
    "purpose_added": lambda: _("New purpose: %(subject)s"),
    "purpose_changed": lambda: _("A purpose is of another kind, or rests on another basis: %(subject)s"),
    "purpose_reworded": lambda: _("A purpose is described differently: %(subject)s"),
    "circumstances_added": lambda: _("More circumstances can be chosen: %(subject)s"),
    "function_added": lambda: _("New function: %(subject)s"),
    "function_widened": lambda: _("A function serves another purpose, too: %(subject)s"),
    "kind_added": lambda: _("New kind of data: %(subject)s"),
    "kind_sensitive": lambda: _("A kind of data is now sensitive: %(subject)s"),
    "kind_used_further": lambda: _("Data serves another purpose, too: %(subject)s"),
    "kept_longer": lambda: _("Kept longer, or counted from something else: %(subject)s"),
    "kept_when_erased": lambda: _("More remains when a person is erased: %(subject)s"),
    "source_changed": lambda: _("Taken from another source: %(subject)s"),
    "controller_changed": lambda: _("Somebody else is responsible: %(subject)s"),
    "permission_added": lambda: _("The device is asked for another permission: %(subject)s"),
    "permission_widened": lambda: _("A permission of the device serves more: %(subject)s"),
    "operator_name": lambda: _("Another operator: %(subject)s"),
    "operator_owner": lambda: _("Another owner: %(subject)s"),
    "operator_department": lambda: _("Another responsible department: %(subject)s"),
    "operator_officer": lambda: _("Another protection officer: %(subject)s"),
    "operator_address": lambda: _("Another address: %(subject)s"),
    "operator_email": lambda: _("Another e-mail address: %(subject)s"),
    "operator_phone": lambda: _("Another telephone number: %(subject)s"),
    "operator_complaints": lambda: _("Another way to complain: %(subject)s"),
    "recipient_added": lambda: _("New recipient of data: %(subject)s"),
    "recipient_changed": lambda: _("A recipient has changed: %(subject)s"),
    "recipient_removed": lambda: _("A recipient is given nothing any more: %(subject)s"),
    "right_added": lambda: _("New right: %(subject)s"),
    "right_removed": lambda: _("A right is taken away: %(subject)s"),
    "way_added": lambda: _("A new way to use a right: %(subject)s"),
    "way_removed": lambda: _("A way to use a right is taken away: %(subject)s"),
    "high_risk": lambda: _("An impact assessment found a high risk: %(subject)s"),
}


def words(reason: dict[str, Any]) -> str:
    """A kept reason as a sentence in the active language."""
    sentence = WORDS.get(reason["code"])
    subject = _(reason["subject"]) if reason["subject"] else "–"
    return sentence() % {"subject": subject} if sentence else reason["code"]
