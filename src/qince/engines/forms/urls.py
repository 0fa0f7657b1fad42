"""Addresses of forms: the console's pages, and OpenRosa's."""

from django.urls import include, path

from qince.engines.forms.openrosa import views as openrosa
from qince.engines.forms.screens import ASSIGNMENTS, FORMS, SUBMISSIONS
from qince.engines.forms.views import designing, filling, keys, results, submissions, tasks
from qince.kit.resource.guard import guarded

app_name = "forms"
OPENROSA = (
    ("formList", openrosa.form_list, "list"),
    ("forms/<slug:code>.xml", openrosa.form, "form"),
    ("forms/<slug:code>/manifest", openrosa.manifest, "manifest"),
    ("submission", openrosa.submission, "submission"),
)
urlpatterns = [
    path("forms/bring/", designing.bring, name="bring"),
    path("forms/filling/", filling.choose, name="choose"),
    path("forms/filling/file/", filling.keep_file, name="fill_file"),
    path("forms/filling/options/", filling.options, name="fill_options"),
    path("forms/filling/<uuid:key>/", filling.fill, name="fill"),
    path("forms/filling/<uuid:key>/ahead/", filling.fill_ahead, name="fill_ahead"),
    path("form-answers/<uuid:submission_id>/filling/", filling.change, name="change"),
    path("form-answers/<uuid:submission_id>/filling/ahead/", filling.change_ahead, name="change_ahead"),
    path("forms/keys/", keys.keys, name="keys"),
    path("forms/keys/<uuid:app_token_id>/revocation/", keys.revoke, name="revoke"),
    path("forms/<uuid:key>/", guarded(FORMS, "view", results.overview), name="form_detail"),
    path("forms/<uuid:key>/design/", designing.designer, name="designer"),
    path("forms/<uuid:key>/draft/", designing.draft, name="draft"),
    path("forms/<uuid:key>/publication/", designing.publication, name="publication"),
    path("forms/<uuid:key>/versions/", designing.versions, name="versions"),
    path("forms/<uuid:key>/xlsform/", designing.xlsform, name="xlsform"),
    path("forms/<uuid:key>/answers.xlsx", results.export, name="export"),
    path("forms/", include(FORMS.urls())),
    path(
        "form-answers/<uuid:key>/", guarded(SUBMISSIONS, "view", submissions.detail), name="submission_detail"
    ),
    path(
        "form-answers/<uuid:key>/print/",
        guarded(SUBMISSIONS, "view", submissions.paper),
        name="submission_print_one",
    ),
    path("form-answers/", include(SUBMISSIONS.urls())),
    path("form-tasks/<uuid:key>/", guarded(ASSIGNMENTS, "view", tasks.detail), name="assignment_detail"),
    path("form-tasks/", include(ASSIGNMENTS.urls())),
    *(path(f"odk/{address}", view, name=f"odk_{name}") for address, view, name in OPENROSA),
    *(path(f"odk/key/<str:token>/{address}", view, name=f"key_{name}") for address, view, name in OPENROSA),
]
