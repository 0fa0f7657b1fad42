"""Presses in templates."""

from typing import Any

from django import template

from qince.employee.attendance import words

register = template.Library()
register.filter("punch_time", words.time_of)
register.filter("moment", words.moment_of)
register.filter("flag_word", words.flag_word)


@register.simple_tag(takes_context=True)
def punch_place(context: Any, value: Any) -> str:
    """Where it was pressed; what was typed, for whom the role shows positions."""
    return words.place_shown(context["request"].actor, value)


@register.inclusion_tag("attendance/_punch.html", takes_context=True)
def punch(context: Any, value: Any) -> dict[str, Any]:
    """One press: time, verdict, place, and how far from it for whoever may see that."""
    actor = context["request"].actor
    distance = words.distance_shown(actor, value)
    return {
        "punch": value,
        "time": words.time_of(value),
        "place": words.place_shown(actor, value),
        "zone": words.zone_of(value),
        "distance": distance,
    }


@register.inclusion_tag("attendance/_result.html")
def result(value: Any) -> dict[str, Any]:
    """The result of a day as a badge."""
    return {"words": value.get_status_display(), "tone": words.STATUS_TONES.get(value.status, "grey")}
