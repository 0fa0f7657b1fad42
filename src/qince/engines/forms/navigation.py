"""Where forms are found in the console, and which of the phone's modules the designer shares."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.files import viewers
from qince.engines.forms import queries, rules
from qince.kit import assets, navigation

navigation.group("forms", _("Forms"), order=30)
navigation.entry(
    "forms",
    _("Forms"),
    icon="checklist",
    url="forms:form_list",
    permission=rules.VIEW,
    group="forms",
    order=10,
)
navigation.entry(
    "form_filling", _("Fill in a form"), icon="pencil", url="forms:choose", permission=rules.FILL, group="forms",
    order=5,
)  # fmt: skip
navigation.entry(
    "form_submissions", _("Filled-in forms"), icon="notes", url="forms:submission_list", permission=rules.VIEW,
    group="forms", order=20,
)  # fmt: skip
navigation.entry(
    "form_tasks", _("Form tasks"), icon="calendar-event", url="forms:assignment_list", permission=rules.VIEW,
    group="forms", order=30,
)  # fmt: skip
navigation.entry(
    "form_keys",
    _("Keys of apps"),
    icon="key",
    url="forms:keys",
    permission=rules.TOKENS,
    group="forms",
    order=40,
)
navigation.command("forms.new", _("New form"), icon="plus", url="forms:form_new", permission=rules.DESIGN)

viewers.provide(queries.shows_file)

# The preview is drawn by the phone's own code, so those modules are importable on console pages, too.
SHARED = ("body", "question", "filling", "signature")
for _name in ("preact", "preact/hooks", "@preact/signals", "@preact/signals-core", "htm"):
    assets.module(
        _name,
        {
            "preact": "vendor/preact/dist/preact.mjs",
            "preact/hooks": "vendor/preact/hooks/dist/hooks.mjs",
            "@preact/signals": "vendor/signals/dist/signals.mjs",
            "@preact/signals-core": "vendor/signals-core/dist/signals-core.mjs",
            "htm": "vendor/htm/dist/htm.mjs",
        }[_name],
    )
assets.module("#kit/html", "pwa/kit/html.js")
assets.module("#kit/i18n", "forms/words.js")
for _path in sorted((Path(settings.ROOT) / "pwa/features/forms/engine").glob("*.js")):
    assets.module(f"#features/forms/engine/{_path.stem}", f"pwa/features/forms/engine/{_path.name}")
for _name in SHARED:
    assets.module(f"#features/forms/{_name}", f"pwa/features/forms/{_name}.js")
for _name in ("designer", "editor", "fill", "outline", "preview", "store"):
    assets.module(f"qince/forms/{_name}", f"forms/{_name}.js")
