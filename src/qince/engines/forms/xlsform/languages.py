"""Languages of XLSForm's columns, such as `label::English (en)`, and ours, which are codes alone."""

import re

NAMES = {
    "en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "fr": "Français", "es": "Español", "ar": "العربية",
    "pt": "Português", "sw": "Kiswahili", "ru": "Русский", "hi": "हिन्दी",
}  # fmt: skip
SAME = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-hans": "zh-Hans", "zh-tw": "zh-Hant", "zh-hant": "zh-Hant"}
CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")


def code_of(column: str, fallback: str) -> str:
    """The code of a language as a column names it; `fallback` for columns without one."""
    if column in ("default", ""):
        return fallback
    found = CODE.search(column)
    code = (
        found[1]
        if found
        else next((key for key, name in NAMES.items() if name.lower() == column.lower()), column)
    )
    return SAME.get(code.lower(), code)


def column_of(code: str) -> str:
    return f"{NAMES.get(code, code)} ({code})"
