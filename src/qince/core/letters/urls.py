"""Addresses of letters: one's own, the log, and those that mails and text messages lead to."""

from django.urls import include, path

from qince.core.letters.screens import LOG
from qince.core.letters.views import mine, public

app_name = "letters"
urlpatterns = [
    path("messages/", mine.mine, name="mine"),
    path("messages/bell/", mine.bell, name="bell"),
    path("messages/latest/", mine.latest, name="latest"),
    path("messages/read/", mine.read_all, name="read_all"),
    path("messages/channels/", mine.choose, name="choose"),
    path("messages/again/<slug:channel>/", mine.again, name="again"),
    path("messages/<uuid:letter_id>/", mine.detail, name="detail"),
    path("sent-messages/", include(LOG.urls())),
    path("unsubscribe/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("mail/link/<str:token>/", public.follow, name="link"),
    path("mail/picture/<str:token>/", public.picture, name="picture"),
    path("mail/read/<str:token>/", public.read, name="read"),
]
