"""The real socket server: it tells what changed, and hangs up on a phone that is signed out from elsewhere."""

import json

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.walks.server import Server

pytestmark = pytest.mark.browser
MOBILE = "+8619900000071"
WITHIN_S = 5  # S6: a revocation holds within five seconds


def test_a_phone_signed_out_from_elsewhere_hears_nothing_more_within_five_seconds(server: Server):
    token = server.script("tests.walks.story", "phone_of", MOBILE)
    with server.background():
        address = f"ws://127.0.0.1:{server.socket_port}/"
        with connect(address, origin=server.address) as socket:
            socket.send(json.dumps({"token": token}))
            heard = None
            for _attempt in range(20):  # it may not be let in yet when the first word is said
                assert server.script("tests.walks.story", "say_changed", "visits")
                try:
                    heard = json.loads(socket.recv(timeout=1))
                    break
                except TimeoutError:
                    continue
            assert heard == {"topic": "visits"}
            assert server.script("tests.walks.story", "sign_out", MOBILE) == 1
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    socket.recv(timeout=WITHIN_S)
            assert closed.value.rcvd
            assert closed.value.rcvd.code == 1008
