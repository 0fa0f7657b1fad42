"""Every component on one page, for whoever builds screens: light, dark, narrow. Only in development."""

import math
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from qince.kit.actor import Actor
from qince.kit.flash import flash
from qince.kit.forms import DateInput

NANJING = (32.0415, 118.7781)
STATES = ["completed", "in_progress", "planned", "missed", "late"]
STATE_LABELS = {
    "completed": _("Done"),
    "in_progress": _("Under way"),
    "planned": _("Planned"),
    "missed": _("Missed"),
    "late": _("Late"),
}
PEOPLE = ["王芳", "张伟", "赵敏", "欧阳静怡", "吴婷", "Li Na", "周杰", "陈晓东"]
STORES = [
    "永辉超市(河西店)",
    "好又多便利(新街口店)",
    "苏果超市(夫子庙店)",
    "全家便利(珠江路店)",
    "大润发(江宁店)",
]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("As it stands on the shop sign."))
    mobile = forms.CharField(label=_("Mobile"), max_length=11)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("store", _("Store")), ("distributor", _("Distributor"))]
    )
    opened_on = forms.DateField(label=_("Opened on"), required=False, widget=DateInput)
    days = forms.MultipleChoiceField(
        label=_("Visit days"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", _("Monday")), ("2", _("Tuesday"))],
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea)
    is_key = forms.BooleanField(label=_("Key account"), required=False)

    def clean_mobile(self) -> str:
        if not self.cleaned_data["mobile"].startswith("1"):
            raise forms.ValidationError(_("A mobile number begins with 1 and has 11 digits."), code="mobile")
        return str(self.cleaned_data["mobile"])


def view(request: HttpRequest) -> HttpResponse:
    if getattr(request, "actor", None) is None:
        request.actor = Actor(UUID(int=1), None, name="王芳", is_system=True)  # type: ignore[attr-defined]
    if "flash" in request.GET:
        flash(request, _("Visit plan saved."), undo=request.path)
    return render(request, "kit/gallery.html", _context())


def _context() -> dict[str, Any]:
    return {
        "form": SampleForm({"name": "", "mobile": "23", "kind": "store"}),
        "breadcrumbs": [(_("Home"), "/"), (_("Gallery"), "")],
        "states": list(STATE_LABELS.items()),
        "rows": [_row(index) for index in range(8)],
        "chips": [
            {"label": _("Team"), "value": "华东一区", "remove_url": "?"},
            {"label": _("State"), "value": _("Late"), "remove_url": "?"},
        ],
        "tabs": [
            {"label": _("All"), "url": "?", "count": 1204, "current": True, "icon": ""},
            {"label": _("Under way"), "url": "?", "count": 38, "current": False, "icon": ""},
            {"label": _("Missed"), "url": "?", "count": 6, "current": False, "icon": ""},
        ],
        "facts": [
            (_("Distance"), "18 m"),
            (_("Accuracy"), "±12 m"),
            (_("Clock skew"), "0.4 s"),
            ("SHA-256", "9f2c 41d0 77ab"),
        ],
        "chart": _chart(),
        "line": _line(),
        "pie": _pie(),
        "places": _places(),
        "day": _day(),
    }


def _row(index: int) -> dict[str, Any]:
    state = STATES[index % len(STATES)]
    return {
        "id": index,
        "person": PEOPLE[index % len(PEOPLE)],
        "store": STORES[index % len(STORES)],
        "team": "华东一区" if index % 2 else "华东二区",
        "at": f"{9 + index}:{index * 7 % 60:02}",
        "steps": index * 13 % 101,
        "state": state,
        "state_label": STATE_LABELS[state],
        "amount": 1234 * (index + 1),
    }


def _chart() -> dict[str, Any]:
    hours = [f"{hour}:00" for hour in range(8, 18)]
    return {
        "type": "bar",
        "categories": hours,
        "series": [
            {"name": _("Done"), "tone": "green", "stack": "all", "values": [4, 9, 9, 10, 9, 6, 5, 12, 5, 5]},
            {
                "name": _("Exceptions"),
                "tone": "orange",
                "stack": "all",
                "values": [2, 3, 4, 1, 2, 5, 1, 3, 2, 1],
            },
        ],
    }


def _line() -> dict[str, Any]:
    days = [f"11-{day:02}" for day in range(1, 15)]
    shares = [0.62, 0.66, 0.64, 0.71, 0.7, 0.75, 0.73, 0.78, 0.81, 0.79, 0.83, 0.86, 0.84, 0.88]
    return {
        "type": "line",
        "percent": True,
        "categories": days,
        "series": [{"name": _("Adherence"), "values": shares}],
    }


def _pie() -> dict[str, Any]:
    return {
        "type": "pie",
        "categories": [_("Inside"), _("Uncertain"), _("Outside")],
        "tones": ["green", "orange", "red"],
        "series": [{"name": _("Verdict"), "values": [164, 12, 6]}],
    }


def _places() -> dict[str, Any]:
    """A few hundred stores spread evenly around Nanjing, by a fixed rule so that screenshots repeat."""
    tones = ["green", "green", "blue", "orange", "grey", "red"]
    points = []
    for index in range(420):
        angle, reach = index * 2.39996, 0.012 * index**0.5
        east = math.cos(angle) * reach * 1.4
        north = math.sin(angle) * reach
        points.append(
            {
                "lat": NANJING[0] + north,
                "lng": NANJING[1] + east,
                "label": f"{STORES[index % len(STORES)]} {index}",
                "tone": tones[index % len(tones)],
                "status_label": str(STATE_LABELS[STATES[index % 5]]),
                "hint": "南京市建邺区",
                "url": "#",
                "facts": [[str(_("Last visit")), "11-20"], [str(_("Distance")), f"{index} m"]],
            }
        )
    return {"points": points}


def _day() -> dict[str, Any]:
    offsets = [(0, 0), (0.004, 0.006), (0.009, 0.004), (0.012, 0.012), (0.006, 0.018), (-0.002, 0.02)]
    stops = [{"lat": NANJING[0] + a, "lng": NANJING[1] + b} for a, b in offsets]
    points: list[dict[str, Any]] = [
        stop | {"number": index + 1, "label": STORES[index % 5], "tone": "green" if index < 4 else "grey"}
        for index, stop in enumerate(stops)
    ]
    return {"points": points, "trail": stops[:5], "circles": [stops[3] | {"radius_m": 200, "tone": "blue"}]}
