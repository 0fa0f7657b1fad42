"""How the columns of `Evidenced` are declared: each feature calls this for its own table."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registers import Decision, decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare

TIME = decision(
    Decision(
        code="evidence.time",
        title=_("When an act happened"),
        logic=_(
            "The phone's clock and its steady clock at the act are compared with those at sending. A difference of "
            "more than two minutes, a time in the future and an age of more than sixty days are marked."
        ),
        inputs=_("the phone's clocks at the act and at sending, the server's clock"),
        consequence=_("the time shown is the server's reading; a mark that somebody may ask about"),
        version="1",
        outcomes=("clock_skew", "future", "long_ago"),
    )
)
MOCK = decision(
    Decision(
        code="evidence.simulated_position",
        title=_("Simulated position"),
        logic=_("The phone itself says that the position came from a test app."),
        inputs=_("the phone's own statement: yes, no or unknown; no list of apps is read"),
        consequence=_("a mark for a person to look at; no sanction follows by itself"),
        version="1",
        outcomes=("mock",),
    )
)
APPROXIMATE = decision(
    Decision(
        code="evidence.approximate_position",
        title=_("Approximate position"),
        logic=_("A position whose accuracy is a kilometre or more is marked as approximate."),
        inputs=_("the accuracy your device reported with the position"),
        consequence=_("a mark beside the act, which counts all the same"),
        version="1",
        outcomes=("approximate",),
    )
)


def declare_evidence(model: str, subject: str) -> None:
    """Declare the columns `model` (`app.Model`) inherits; `subject` leads from its rows to the employee."""
    position = Personal(
        _("Your position at an act: point, accuracy, distance to the place"),
        Kind.SENSITIVE,
        ("location",),
        subject,
        source="device",
        on_erase="null",
        withdrawn="consent+6m",
        clauses=("C2.2.1-02", "C2.2.1-03", "C2.2.4-12"),
    )
    act = Personal(
        _("Time and outcome of acts in the field"),
        Kind.BASIC,
        ("basic",),
        subject,
        source="use",
        clauses=("C2.2.1-01",),
    )
    said = Personal(
        _("Place in your own words"),
        Kind.BASIC,
        ("basic",),
        subject,
        clauses=("C2.2.4-16",),
    )
    declare(model, "lat lng accuracy_m distance_m envelope", position)
    declare(model, "at device_time received_at skew_s verdict flags operation_hash", act)
    declare(model, "place_text", said)
    declare(model, "radius_m", NotPersonal("about the place"))
