"""The launcher's own words in the operator's language.

Django's catalogues are compiled only after the environment exists, so the few launcher messages carry
their Chinese in `words_zh.py`. The language is the one of the shell: LC_ALL, LC_MESSAGES or LANG.
"""

import os
from collections.abc import Mapping


def _catalogue() -> Mapping[str, str]:
    language = next(
        (value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(key))), ""
    )
    if not language.lower().startswith("zh"):
        return {}
    from launcher.words_zh import CHINESE  # read only where somebody reads it

    return CHINESE


_chosen = _catalogue()


def _(message: str) -> str:
    """Return `message` in the operator's language; English stands where a translation is missing."""
    return _chosen.get(message, message)
