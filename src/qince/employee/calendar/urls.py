"""Addresses of the calendar: the console's pages, the address to subscribe to, and CalDAV's."""

from django.urls import path

from qince.employee.calendar.caldav import views as caldav
from qince.employee.calendar.ical import views as ical
from qince.employee.calendar.views import agenda, importing, planning, settings

app_name = "calendar"
urlpatterns = [
    path("calendar/", agenda.agenda, name="agenda"),
    path("calendar/new/", planning.new, name="new"),
    path("calendar/import/", importing.choose, name="import"),
    path("calendar/import/<uuid:upload_id>/", importing.preview, name="import_preview"),
    path("calendar/settings/", settings.settings, name="settings"),
    path("calendar/settings/shares/", settings.share, name="share"),
    path("calendar/settings/shares/<uuid:key>/end/", settings.unshare, name="unshare"),
    path("calendar/settings/keys/", settings.make_key, name="make_key"),
    path("calendar/settings/keys/<uuid:key>/revocation/", settings.revoke, name="revoke_key"),
    path("calendar/events/<uuid:key>/", agenda.event, name="event"),
    path("calendar/events/<uuid:key>/edit/", planning.edit, name="edit"),
    path("calendar/events/<uuid:key>/removal/", planning.remove, name="remove"),
    path("calendar/events/<uuid:key>/answer/", planning.answer, name="answer"),
    path("calendar/events/<uuid:key>/reminder/", planning.remind, name="remind"),
    path("calendar/feed/<str:token>.ics", ical.feed, name="feed"),
    path(".well-known/caldav", caldav.well_known, name="dav_well_known"),
    path("caldav/", caldav.root, name="dav_root"),
    path("caldav/principal/", caldav.principal, name="dav_principal"),
    path("caldav/home/", caldav.home, name="dav_home"),
    path("caldav/home/<slug:collection>/", caldav.collection, name="dav_collection"),
    path("caldav/home/<slug:collection>/<str:name>", caldav.item, name="dav_item"),
]
