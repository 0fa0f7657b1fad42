"""Speaking to a server by TLS of a chosen version, or in clear; and a certificate to serve with."""

import http.client
import socket
import ssl
from datetime import UTC, datetime, timedelta
from http.client import HTTPMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from launcher.tls import Pair

FORMS = serialization.PrivateFormat


def tls_pair(folder: Path, form: serialization.PrivateFormat = FORMS.PKCS8) -> Pair:
    """A certificate for this machine that signs itself, valid for a day."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pair = Pair(folder / "certificate.pem", folder / "key.pem")
    pair.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pair.key.touch(mode=0o600)
    plain = serialization.NoEncryption()
    pair.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    return pair


def context(version: ssl.TLSVersion) -> ssl.SSLContext:
    """A client that speaks this version alone, be it ever so weak, and trusts everybody."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version = made.maximum_version = version
    return made


def spoken(port: int, version: ssl.TLSVersion) -> str:
    """The version agreed on; empty where the server would not speak it."""
    with socket.create_connection(("127.0.0.1", port), 10) as plain:
        try:
            with context(version).wrap_socket(plain) as wrapped:
                return str(wrapped.version())
        except (ssl.SSLError, ConnectionResetError):
            return ""


def in_clear(port: int) -> bytes:
    """What a plain request is answered; empty where the server just hangs up."""
    with socket.create_connection(("127.0.0.1", port), 10) as plain:
        plain.sendall(b"GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        try:
            answer = plain.recv(4096)
        except ConnectionResetError:
            return b""
    return answer if answer.startswith(b"HTTP/") else b""


def over_tls(port: int, path: str) -> tuple[int, HTTPMessage]:
    connection = http.client.HTTPSConnection(
        "127.0.0.1", port, timeout=10, context=context(ssl.TLSVersion.TLSv1_3)
    )
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.headers
