"""Marks on evidence in words, for people who decide about other people; and which columns tell where somebody was."""

from django.utils.translation import gettext_lazy

from qince.kit.errors import Text

MARKS: dict[str, tuple[Text, Text]] = {
    "clock_skew": (
        gettext_lazy("Clock differs"),
        gettext_lazy("The phone's clock was off. The time shown is the server's reading, not the phone's."),
    ),
    "future": (
        gettext_lazy("Time in the future"),
        gettext_lazy(
            "By the phone the act lay in the future; the time it reached the server is shown instead."
        ),
    ),
    "long_ago": (
        gettext_lazy("Sent very late"),
        gettext_lazy("The record arrived more than 60 days after the act."),
    ),
    "mock": (
        gettext_lazy("Simulated position"),
        gettext_lazy(
            "The phone itself says the position came from a test app. It is evidence to ask about, not a proof."
        ),
    ),
    "approximate": (
        gettext_lazy("Approximate position"),
        gettext_lazy(
            "The phone gives its position only to the kilometre: precise positions are switched off there."
        ),
    ),
}


def whereabouts(model: str) -> list[str]:
    """The fields of an `Evidenced` `model` (`app.model`) that tell where a person was, measured or typed."""
    names = ("lat", "lng", "accuracy_m", "distance_m", "place_text", "envelope")
    return [f"{model}.{name}" for name in names]
