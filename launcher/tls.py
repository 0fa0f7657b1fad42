"""The certificate of `./qince up --tls-certificate`: without it plain HTTP, to this machine or a proxy."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from launcher.problem import Problem
from launcher.words import _

WEAKEST = "tls1.2"  # what browsers of the last ten years speak; older versions are refused


@dataclass(frozen=True)
class Pair:
    """A certificate with its chain, and its private key; both PEM files."""

    certificate: Path
    key: Path

    def environment(self) -> dict[str, str]:
        return {"QINCE_TLS_CERTIFICATE": str(self.certificate), "QINCE_TLS_KEY": str(self.key)}

    def options(self) -> list[str]:
        """What the web server is told."""
        files = ["--ssl-certificate", str(self.certificate), "--ssl-keyfile", str(self.key)]
        return [*files, "--ssl-protocol-min", WEAKEST]


def pair(certificate: str, key: str) -> Pair | None:
    """The two files, checked; None where neither is named. Raises `Problem` for what cannot be served with."""
    if not certificate and not key:
        return None
    if not certificate or not key:
        raise Problem(
            _("A certificate needs its key, and a key its certificate."),
            _("Name both: --tls-certificate FILE --tls-key FILE"),
        )
    found = Pair(Path(certificate).expanduser().resolve(), Path(key).expanduser().resolve())
    _check_privacy(found.key)
    _check_form(found.key)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(found.certificate, found.key)
    except (OSError, ssl.SSLError) as error:
        raise Problem(
            _("{certificate} and {key} do not work together: {reason}").format(
                certificate=found.certificate, key=found.key, reason=error
            ),
            _("Both must be PEM files, the certificate with its chain, and belong to each other."),
        ) from error
    return found


def _check_privacy(key: Path) -> None:
    if not key.is_file():
        raise Problem(_("{path} is not there.").format(path=key), _("Give the path of the private key."))
    if key.stat().st_mode & 0o077:
        raise Problem(
            _("{path} can be read by others on this machine.").format(path=key),
            _("Make it yours alone: chmod 600 {path}").format(path=key),
        )


def _check_form(key: Path) -> None:
    """The web server reads PKCS #8 alone."""
    if "-----BEGIN PRIVATE KEY-----" not in key.read_text(errors="replace"):
        raise Problem(
            _("{path} is not a private key in PKCS #8 without a password.").format(path=key),
            _("Convert it: openssl pkcs8 -topk8 -nocrypt -in {path} -out key.pem").format(path=key),
        )
