"""Files by content: cut anywhere, checked as a whole, closed to other territories."""

import hashlib
import os

import pytest

from salesdesk.sync.protocol import Refusal, unpack


@pytest.fixture
def laptop(device):
    bare = device()
    bare.http.headers["Authorization"] = f"Bearer {bare.token}"
    return bare.http


def path(data, territory="east"):
    return f"/v1/blobs/{territory}/{hashlib.sha256(data).hexdigest()}"


def patch(laptop, data, start, piece, **headers):
    sent = {"Upload-Offset": str(start), "Upload-Length": str(len(data))} | headers
    return laptop.patch(path(data), content=piece, headers=sent)


def test_a_file_goes_up_in_pieces_and_comes_down_whole(laptop):
    data = os.urandom(700_000)
    assert laptop.head(path(data)).headers["Upload-Offset"] == "0"
    assert laptop.get(path(data)).status_code == 404
    assert patch(laptop, data, 0, data[:500_000]).headers["Upload-Offset"] == "500000"
    here = laptop.head(path(data))
    assert (here.headers["Upload-Offset"], here.headers["Upload-Complete"]) == ("500000", "?0")
    assert laptop.get(path(data)).status_code == 404
    assert patch(laptop, data, 500_000, data[500_000:]).status_code == 204
    done = laptop.head(path(data)).headers
    assert (done["Upload-Offset"], done["Upload-Length"], done["Upload-Complete"]) == ("700000", "700000", "?1")
    assert laptop.get(path(data)).content == data
    rest = laptop.get(path(data), headers={"Range": "bytes=699990-"})
    assert (rest.status_code, rest.content) == (206, data[-10:])


def test_a_piece_whose_answer_was_lost_may_come_again(laptop):
    data = os.urandom(3000)
    for start in (0, 0, 1000, 1000, 500, 1500):
        assert patch(laptop, data, start, data[start : start + 1000]).status_code == 204
    assert patch(laptop, data, 2500, data[2500:]).headers["Upload-Offset"] == "3000"
    assert patch(laptop, data, 0, data[:1000]).headers["Upload-Offset"] == "3000"
    assert laptop.get(path(data)).content == data


def test_a_gap_is_refused_and_says_where_to_go_on(laptop):
    data = os.urandom(3000)
    patch(laptop, data, 0, data[:1000])
    refused = patch(laptop, data, 2000, data[2000:])
    assert refused.status_code == 416
    assert unpack(refused.content, Refusal).params == {"offset": 1000}


def test_content_that_is_not_its_hash_never_counts(laptop):
    data = os.urandom(3000)
    refused = patch(laptop, data, 0, bytes(3000))
    assert (refused.status_code, unpack(refused.content, Refusal).message) == (422, "sync.blob_damaged")
    assert laptop.head(path(data)).headers["Upload-Offset"] == "0"
    assert patch(laptop, data, 0, data).status_code == 204
    assert laptop.get(path(data)).content == data


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Length": "0"}, 413),
        ({"Upload-Length": "10"}, 413),
        ({"Upload-Length": str(2**40)}, 413),
    ],
)
def test_strange_offsets_are_refused(laptop, headers, status):
    data = os.urandom(3000)
    assert patch(laptop, data, 0, data, **headers).status_code == status
    assert laptop.head(path(data)).headers["Upload-Offset"] == "0"


def test_a_piece_too_large_is_not_read(laptop):
    data = bytes(2 * 1024 * 1024)
    assert patch(laptop, data, 0, data).status_code == 413


@pytest.mark.parametrize("name", ["0" * 63, "0" * 65, "A" * 64, "%2e%2e%2f" + "0" * 64, "%00" * 64])
def test_a_name_that_is_no_hash_is_not_found(laptop, name):
    assert laptop.get(f"/v1/blobs/east/{name}").status_code == 404
    assert laptop.patch(f"/v1/blobs/east/{name}", content=b"x").status_code in {400, 404}


def test_files_of_another_territory_are_closed_whether_they_exist_or_not(laptop):
    data = os.urandom(100)
    patch(laptop, data, 0, data)
    for method in ("GET", "HEAD"):
        answers = [laptop.request(method, path(data, "west")), laptop.request(method, path(b"nothing", "west"))]
        assert [answer.status_code for answer in answers] == [403, 403]
