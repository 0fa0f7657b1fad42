"""The rules that call an account's use unusual: machine decisions, each registered with its logic in plain words.

A rule compares numbers and raises an alert. It blocks nothing by itself, unless the organization chose that accounts
are locked until a person has looked (agreement 2.2, 6.5).
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registers import Decision, decision, registered
from qince.kit.errors import Text

VERSION = "1"
FAILED_TRIES = 10  # within 15 minutes: where sign-in stops taking more (accounts.limits)
IMPOSSIBLE_KMH = 1000.0
FAR_KM = 50.0  # below this, vague positions alone can make any speed
CONSEQUENCE: Text = _(
    "You and your organization's administrators get a message. Where the organization chose so, the account is "
    "locked until a person has looked."
)  # fmt: skip


def _rule(code: str, title: Text, logic: Text, inputs: Text) -> str:
    return decision(
        Decision(
            code=code, title=title, logic=logic, inputs=inputs, consequence=CONSEQUENCE, version=VERSION,
            outcomes=(code,),
        )
    )  # fmt: skip


NEW_DEVICE = _rule(
    "watch-new-device",
    _("Sign-in on a new device"),
    _("A device that was never used before signs in to an account that has another one already."),
    _("The devices bound to the account."),
)
FAILED_SIGN_INS = _rule(
    "watch-failed-sign-ins",
    _("Many failed sign-ins"),
    _("Ten wrong passwords or codes for one account within fifteen minutes."),
    _("The number of failed tries."),
)
IMPOSSIBLE_TRAVEL = _rule(
    "watch-impossible-travel",
    _("Faster than an aeroplane"),
    _("Two acts with positions, one after the other, more than 50 km apart and faster than 1,000 km/h."),
    _("Time and position of check-ins and clock-ins of the last twelve hours."),
)
MASS_EXPORT = _rule(
    "watch-mass-export",
    _("Unusually large export"),
    _("More rows exported by one person within an hour than the organization's limit."),
    _("The number of rows of each export."),
)
UNUSUAL_READING = _rule(
    "watch-unusual-reading",
    _("Unusually many people's data opened"),
    _("Sensitive data of more people opened by one person within an hour than the organization's limit."),
    _("The number of people whose data was opened."),
)
RULES = (NEW_DEVICE, FAILED_SIGN_INS, IMPOSSIBLE_TRAVEL, MASS_EXPORT, UNUSUAL_READING)
# Locking on wrong passwords would let anybody lock anybody out (S5).
LOCKING = frozenset({IMPOSSIBLE_TRAVEL, MASS_EXPORT, UNUSUAL_READING})


def title_of(rule: str) -> str:
    found = registered.decisions.get(rule)
    return str(found.title) if found else rule


def holds(rule: str, facts: Mapping[str, int]) -> bool:
    """What the rule says of the numbers it compared, asked again."""
    return _HOLDS[rule](facts)


_HOLDS: dict[str, Callable[[Mapping[str, int]], bool]] = {
    NEW_DEVICE: lambda facts: facts.get("devices", 1) > 0,
    FAILED_SIGN_INS: lambda facts: facts["tries"] >= FAILED_TRIES,
    IMPOSSIBLE_TRAVEL: lambda facts: facts["kmh"] > IMPOSSIBLE_KMH,
    MASS_EXPORT: lambda facts: facts["rows"] > facts["limit"],
    UNUSUAL_READING: lambda facts: facts["people"] > facts["limit"],
}
