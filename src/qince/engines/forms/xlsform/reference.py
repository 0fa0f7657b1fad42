"""What becomes of each column, setting, parameter and appearance of an XLSForm: taken over, told of, or refused.

Whatever is in no table is told of as well, so nothing is dropped in silence.
"""

import re

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text

GO_WITHOUT = _("Nothing to do, if you can go without.")
CHOICES_SHEET = _("Put the options on the choices sheet.")

# --- Columns of the survey sheet, by head, or head and part. ---

TAKEN = {
    "type", "command", "name", "tag", "value", "label", "caption", "hint", "required", "required_message",
    "requiredmsg", "relevant", "relevance", "constraint", "constraint_message",
    "constraining_message", "calculation", "calculate", "default", "read_only", "readonly",
    "choice_filter", "appearance", "parameters", "count", "repeat_count", "jr:count", "disabled",
    "bind::relevant", "bind::readonly", "bind::required", "bind::constraint", "bind::calculate",
    "bind::jr:constraintmsg", "bind::jr:requiredmsg", "control::appearance", "body::appearance", "control::jr:count",
    "body::jr:count",
}  # fmt: skip
MEDIA = ("image", "big-image", "audio", "video", "media")
COLUMNS: dict[str, tuple[Text, Text]] = {
    **dict.fromkeys(MEDIA, (_("Pictures, sounds and films beside a question were left out."), _("Say it in words."))),
    "trigger": (_("When a calculation is worked out cannot be chosen; it always is."), GO_WITHOUT),
    "guidance_hint": (_("Guidance hints were left out; put them into the hint."), _("Put them into the hint.")),
    "save_to": (_("Entities are not supported."), _("Use a customer, product or person field of the designer.")),
}  # fmt: skip

# --- Columns of the choices sheet. Any other is an attribute that a choice_filter may ask for. ---

CHOICE_MEDIA = (_("Pictures and sounds of options were left out."), _("Say it in words."))

# --- Settings. ---

SETTINGS_TAKEN = {
    "form_title", "title", "set_form_title", "form_id", "id_string", "set_form_id", "default_language", "version",
}  # fmt: skip
SETTINGS_REFUSED: dict[str, tuple[Text, Text]] = {
    "public_key": (
        _("A form cannot be encrypted with a key of its own."),
        _("Remove the key; mark the questions as sensitive, and their answers are kept sealed."),
    ),
}
SETTINGS: dict[str, tuple[Text, Text]] = {
    "submission_url": (_("Answers go to this server, not to another address."), GO_WITHOUT),
    "instance_name": (_("A submission is named by its form, person and time."), GO_WITHOUT),
    "allow_choice_duplicates": (_("An option stands once in a list."), _("Give each option a value of its own.")),
}  # fmt: skip

# --- Parameters. Of a question that cannot be taken over at all, only that is said. ---

PARAMETERS_TAKEN = {"start", "end", "step"}
PARAMETERS: dict[str, tuple[Text, Text]] = {
    "randomize": (_("Options keep their order; they are not shuffled."), GO_WITHOUT),
    "seed": (_("Options keep their order; they are not shuffled."), GO_WITHOUT),
    "max-pixels": (_("Photos have the size that the organization has set."), GO_WITHOUT),
    "app": (_("No other app is opened."), GO_WITHOUT),
    "capture-accuracy": (_("A position is taken as it is read, with its accuracy beside it."), GO_WITHOUT),
    "warning-accuracy": (_("A position is taken as it is read, with its accuracy beside it."), GO_WITHOUT),
    "allow-mock-accuracy": (_("A position is taken as it is read, with its accuracy beside it."), GO_WITHOUT),
    "rows": (_("How many lines a text has cannot be set."), _("Use the appearance “multiline”.")),
}

# --- Appearances: which have an effect here, on which types; what the others meant. ---

SELECT_ONE = ("select_one", "select one", "select1")
APPEARANCES_TAKEN: dict[str, tuple[str, ...]] = {
    "signature": ("image", "photo"),
    "new": ("image", "photo"),  # no gallery: so it is always
    "multiline": ("text", "string"),
    "minimal": SELECT_ONE,
    "field-list": (
        "begin_group",
        "begin group",
        "begin_repeat",
        "begin repeat",
    ),  # all on one page: so it is always
}
APPEARANCES_REFUSED = (
    (re.compile(r"search\(.*"), _("Options from a file are not supported."), CHOICES_SHEET),
)
WHOLE_DATE = _("A whole date is asked.")
COMMON_CALENDAR = _("Dates are asked by the common calendar.")
NO_MAP = _("A position is read at the press of a button, not chosen on a map.")
APPEARANCES: dict[str, Text] = {
    "month-year": WHOLE_DATE,
    "year": WHOLE_DATE,
    **dict.fromkeys(
        ("coptic", "ethiopian", "islamic", "bikram-sambat", "myanmar", "persian"), COMMON_CALENDAR
    ),
    **dict.fromkeys(("maps", "placement-map"), NO_MAP),
    "draw": _("A photo is taken; nothing is drawn on it."),
    "annotate": _("A photo is taken; nothing is drawn on it."),
    **dict.fromkeys(("masked", "hidden-answer"), _("The answer stays visible.")),
    "bearing": _("The compass is not read; the number is typed."),
    **dict.fromkeys(("new-front", "selfie", "front"), _("The camera at the back is used.")),
    **dict.fromkeys(("map", "image-map"), _("Options are shown as a list.")),
}
APPEARANCE_KINDS = (
    (re.compile(r"ex:.*"), _("No other app is opened; the answer is typed.")),
    (re.compile(r"(printer|bt_printer).*"), _("Nothing is printed.")),
)
