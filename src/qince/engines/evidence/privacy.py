"""How the columns of `Evidenced` are declared: each feature calls this for its own table."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare


def declare_evidence(model: str, subject: str) -> None:
    """Declare the columns `model` (`app.Model`) inherits; `subject` leads from its rows to the employee."""
    position = Personal(
        _("Your position at an act: point, accuracy, distance to the place"),
        Kind.SENSITIVE,
        ("location",),
        subject,
        source="device",
        on_erase="null",
    )
    act = Personal(_("Time and outcome of acts in the field"), Kind.BASIC, ("basic",), subject, source="use")
    said = Personal(_("Place in your own words"), Kind.BASIC, ("basic",), subject)
    declare(model, "lat lng accuracy_m distance_m envelope", position)
    declare(model, "at device_time received_at skew_s verdict flags operation_hash", act)
    declare(model, "place_text", said)
    declare(model, "radius_m", NotPersonal("about the place"))
