"""Addresses of the notice and of one's own privacy."""

from django.urls import path

from qince.core.privacy.views import entering, mine, reading

app_name = "privacy"
urlpatterns = [
    path("notice/", reading.current, {"kind": "privacy"}, name="notice"),
    path("notice/terms/", reading.current, {"kind": "terms"}, name="terms"),
    path("notice/privacy.pdf", reading.paper, {"kind": "privacy"}, name="notice_pdf"),
    path("notice/terms.pdf", reading.paper, {"kind": "terms"}, name="terms_pdf"),
    path("notice/life/", reading.life, name="life"),
    path("notice/cookies/", reading.cookies, name="cookies"),
    path("notice/versions/", reading.versions, name="versions"),
    path("notice/versions/<str:text_hash>/", reading.version, name="version"),
    path("notice/agreement/", entering.agreement, name="agreement"),
    path("me/privacy/", mine.mine, name="mine"),
    path("me/privacy/<slug:code>/", mine.decide, name="decide"),
    path("me/privacy/<slug:code>/anew/", mine.decide_anew, name="decide_anew"),
]
