"""A push service on a port of this machine, and a browser that is subscribed at it.

Written from the standards, apart from the code it judges: it checks the sender's signature (RFC 8292), and the
browser opens what it kept (RFC 8291) with its private key.
"""

import hmac
import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def raw(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text_of(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def point(key):
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def hkdf(salt, material, info, length):
    """RFC 5869 for up to one block of output."""
    extracted = hmac.new(salt, material, sha256).digest()
    return hmac.new(extracted, info + b"\x01", sha256).digest()[:length]


class Browser:
    """A subscribed browser: its keys, and how it opens a message."""

    def __init__(self, service):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = uuid4().bytes
        self.name = uuid4().hex
        self.endpoint = f"{service.url}/push/{self.name}"
        self.service = service

    @property
    def subscription(self):
        keys = {"p256dh": text_of(point(self.key.public_key())), "auth": text_of(self.secret)}
        return {"endpoint": self.endpoint, **keys}

    @property
    def received(self):
        return [
            json.loads(self.opened(body)) for name, _headers, body in self.service.kept if name == self.name
        ]

    def opened(self, body):
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert int.from_bytes(body[16:20], "big") >= len(sealed), "one record holds it all"
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        info = b"WebPush: info\x00" + point(self.key.public_key()) + sender
        material = hkdf(self.secret, shared, info, 32)
        key = hkdf(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = hkdf(salt, material, b"Content-Encoding: nonce\x00", 12)
        opened = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert opened[-1:] == b"\x02", "the last record ends so"
        return opened[:-1]


class Service:
    """`status`: what it answers instead of taking a message; `is_down`: it hangs up. `key`: the sender it knows."""

    def __init__(self):
        self.kept, self.status, self.is_down, self.gone, self.asked = [], 201, False, set(), 0
        self.key = None
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                service.asked += 1
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if service.is_down:
                    self.close_connection = True
                    return self.connection.close()
                self.send_response(service.answer(self.path, dict(self.headers), body))
                self.send_header("Content-Length", "0")
                return self.end_headers()

            def log_message(self, *args):
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.address}"

    def answer(self, path, headers, body):
        name = path.removeprefix("/push/")
        if name in self.gone:
            return 410
        if self.status != 201:
            return self.status
        if headers.get("Content-Encoding") != "aes128gcm" or not headers.get("TTL", "").isdigit():
            return 400
        if not self.is_signed(headers.get("Authorization", "")):
            return 403
        self.kept.append((name, headers, body))
        return 201

    def is_signed(self, header):
        scheme, _blank, rest = header.partition(" ")
        parts = dict(each.strip().split("=", 1) for each in rest.split(","))
        head, claims, signature = parts["t"].split(".")
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(parts["k"]))
        r, s = (int.from_bytes(raw(signature)[at : at + 32], "big") for at in (0, 32))
        try:
            public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        self.claims = json.loads(raw(claims))
        is_known = self.key is None or parts["k"] == self.key
        return scheme == "vapid" and is_known and self.claims["aud"] == self.url

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
