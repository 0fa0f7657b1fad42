"""Sealed files: any content comes back, any change is found, memory stays within a frame or two."""

import io
import tracemalloc
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from qince.kit.vault import api
from qince.kit.vault.errors import Damaged, SubjectErased
from qince.kit.vault.files import FRAME, HEAD, TAG, SealedContent, open_file

ORGANIZATION, SUBJECT = uuid4(), uuid4()
# Around the edges of frames, where mistakes would be.
SIZES = [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 17]


def content(size):
    return bytes(n % 251 for n in range(size))


def sealed(data, label="file", subject=SUBJECT):
    return b"".join(SealedContent(io.BytesIO(data), ORGANIZATION, subject, label).chunks())


def read(data, label="file"):
    return open_file(io.BytesIO(data), label).read()


@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_any_size_comes_back(size):
    data = content(size)
    kept = sealed(data)
    assert read(kept) == data
    assert len(kept) == HEAD + size + TAG * max(1, -(-size // FRAME))
    assert size < 32 or data[:32] not in kept


@given(st.integers(0, 3 * FRAME), st.integers(0, 3 * FRAME), st.integers(1, FRAME))
@effort(max_examples=60, deadline=None)
def test_reading_from_anywhere_gives_what_is_there(size, at, length):
    data = content(size)
    with open_file(io.BytesIO(sealed(data)), "file") as stream:
        assert stream.seek(0, io.SEEK_END) == size
        stream.seek(at)
        assert stream.read(length) == data[at : at + length]


@given(st.data())
@effort(max_examples=60, deadline=None)
def test_any_flipped_bit_is_found(draw):
    kept = bytearray(sealed(content(FRAME + 100)))
    at = draw.draw(st.integers(0, len(kept) - 1))
    kept[at] ^= 1 << draw.draw(st.integers(0, 7))
    if 4 <= at < 20:  # the key's id: a key nobody has
        assert open_file(io.BytesIO(kept), "file") is None
    else:
        with pytest.raises(Damaged):
            read(bytes(kept))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("cut", [1, TAG, 100, FRAME + TAG])
def test_a_cut_file_is_found(size, cut):
    kept = sealed(content(size))
    with pytest.raises(Damaged):
        read(kept[:-cut])


def test_exchanged_frames_are_found():
    kept, width = sealed(content(3 * FRAME)), FRAME + TAG
    first, second, rest = (kept[HEAD + n * width : HEAD + (n + 1) * width] for n in range(3))
    with pytest.raises(Damaged):
        read(kept[:HEAD] + second + first + rest)


def test_a_file_opens_only_under_its_own_label():
    with pytest.raises(Damaged):
        read(sealed(b"a", "photo of one visit"), "photo of another")


def test_a_destroyed_key_makes_the_file_absent():
    subject = uuid4()
    kept = sealed(b"a", subject=subject)
    api.destroy_subject(ORGANIZATION, subject)
    assert open_file(io.BytesIO(kept), "file") is None
    with pytest.raises(SubjectErased):
        sealed(b"b", subject=subject)


def test_memory_stays_bounded():
    size = 20 * 1024 * 1024
    with io.BytesIO(bytes(size)) as source, io.BytesIO() as kept:
        tracemalloc.start()
        for piece in SealedContent(source, ORGANIZATION, SUBJECT, "file").chunks():
            kept.seek(0)
            kept.write(piece)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1024 * 1024
