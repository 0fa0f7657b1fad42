"""Saying who sends (RFC 8292): a short-lived token, signed by the service's key, for one push service."""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from qince.engines.notifications.push import keys
from qince.engines.notifications.push.encoding import encoded

VALID_FOR = timedelta(hours=12)


def authorization(endpoint: str, *, now: datetime) -> str:
    """The `Authorization` header for the push service that `endpoint` lies at."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + VALID_FOR).timestamp()),
        "sub": _contact(),
    }
    signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    r, s = decode_dss_signature(keys.private_key().sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={keys.public_key()}"


def _part(content: dict[str, object]) -> str:
    return encoded(json.dumps(content, separators=(",", ":")).encode())


def _contact() -> str:
    """Whom the push service may turn to: the operator, else the service's own address."""
    mail = settings.OPERATOR["email"]
    return f"mailto:{mail}" if mail else settings.PUBLIC_URL
