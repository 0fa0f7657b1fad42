"""Addresses of one's own notification settings."""

from django.urls import path

from qince.engines.notifications.views import mine

app_name = "notifications"
urlpatterns = [
    path("me/notifications/", mine.mine, name="mine"),
    path("me/notifications/channels/", mine.choose, name="choose"),
    path("me/notifications/quiet/", mine.set_quiet, name="set_quiet"),
    path("me/notifications/push/", mine.switch_on, name="switch_on"),
    path("me/notifications/push/<uuid:subscription_id>/", mine.switch_off, name="switch_off"),
    path("me/notifications/worker.js", mine.worker, name="worker"),
]
