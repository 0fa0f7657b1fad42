"""Chinese for the launcher's messages; `tests/launcher/test_words.py` keeps the list complete."""

CHINESE: dict[str, str] = {}
