"""uv does not read pip's configuration; a machine set up for pip should need no second setting."""

import ast
import os
import subprocess
from pathlib import Path

from launcher.place import base_python

OWN_SETTINGS = (
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_CONFIG_FILE",
)
OWN_FILES = (Path("/etc/uv/uv.toml"), Path.home() / ".config/uv/uv.toml")


def for_uv() -> dict[str, str]:
    """Return the environment for uv: with pip's index settings where uv has none of its own."""
    env = dict(os.environ)
    if any(name in env for name in OWN_SETTINGS) or any(file.exists() for file in OWN_FILES):
        return env
    pip = pip_settings()
    translated = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(pip.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_NO_INDEX": pip.get("no-index", ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
    }
    if translated["UV_INDEX"]:  # pip looks at all indexes alike; the hashes decide what is accepted
        env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return {key: value for key, value in translated.items() if value} | env


def pip_settings() -> dict[str, str]:
    """What `pip config list` knows; environment variables win over files, as they do in pip."""
    command = [base_python(), "-m", "pip", "config", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ranked: dict[str, tuple[int, str]] = {}
    for line in done.stdout.splitlines():
        key, _equals, value = line.partition("=")
        section, _dot, name = key.rpartition(".")
        rank = (
            ("global", "install", ":env:").index(section) if section in ("global", "install", ":env:") else -1
        )
        if rank >= ranked.get(name, (0, ""))[0]:
            ranked[name] = (rank, _unquoted(value))
    return {name: value for name, (_rank, value) in ranked.items()}


def _unquoted(value: str) -> str:
    try:
        return str(ast.literal_eval(value))
    except (ValueError, SyntaxError):
        return value
