"""The environment, read through typed functions. Every setting an operator may change passes here."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if value not in ("", "0", "1", "true", "false", "yes", "no"):
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")
    return default if not value else value in ("1", "true", "yes")


def number(name: str, default: int) -> int:
    value = text(name)
    if value and not value.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value) if value else default


def positive(name: str, default: int) -> int:
    value = number(name, default)
    if value <= 0:
        raise ImproperlyConfigured(f"{name} must be above zero, not {value}")
    return value


def items(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str, file: Path) -> str:
    """The secret `name` from the environment, else from `file` (mode 0600, made once)."""
    if value := text(name):
        return value
    if file.exists():
        return file.read_text().strip()
    file.parent.mkdir(parents=True, exist_ok=True)
    value = secrets.token_urlsafe(48)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(value)
    return value


# Values travel apart from the statement, so that the server parses and plans a repeated statement once per connection.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def smtp(url: str) -> dict[str, str | int | bool]:
    """Host, port, user, password and how it is encrypted, of `smtp://`, `starttls://` or `smtps://user:pass@host:port`."""
    if not url:
        return {}
    parts = urlsplit(url)
    ports = {"smtp": 25, "starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "QINCE_SMTP_URL must look like smtp://host, starttls://host or smtps://host"
        )
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": parts.scheme == "starttls",
        "tls": parts.scheme == "smtps",
    }


def database(url: str, engine: str) -> dict[str, object]:
    """Django's settings for a `postgresql://user:password@host:port/name?host=/socket/folder` address."""
    if not url:
        return {"ENGINE": engine, "NAME": "qince", "OPTIONS": PREPARED}
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("QINCE_DATABASE_URL must start with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path.lstrip("/")) or "qince",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "OPTIONS": {**PREPARED, **query},
    }
