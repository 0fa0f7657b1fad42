"""How reports read on a page."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qince.employee.daily_reports import words
from qince.employee.daily_reports.models import Report
from qince.employee.daily_reports.presenting import Line

register = template.Library()


@register.filter
def report_period(report: Report) -> str:
    return words.period(report.period_on, report.ends_on)


@register.simple_tag
def photos(report: Report, line: Line) -> SafeString:
    """The pictures of a line; those whose bytes are still on the phone are said to be."""
    blobs = dict(
        report.files.filter(sha256__in=line.files, blob__isnull=False).values_list("sha256", "blob_id")
    )
    found = [
        (reverse("files:original", args=[key]), reverse("files:thumbnail", args=[key]), line.label)
        for each in line.files
        if (key := blobs.get(each)) is not None
    ]
    missing = len(line.files) - len(found)
    shown = format_html_join("", '<a href="{}"><img src="{}" alt="{}" loading="lazy"></a>', found)
    if missing:
        said = _("%(n)d photos are still on the phone") % {"n": missing}
        shown += format_html('<span class="q-hint">{}</span>', said)
    return shown
