"""Rendered pages beside those that were looked at; `python -m tests.documents.golden` makes them anew."""

import pytest
from PIL import Image, ImageChops

from tests.documents.golden import FOLDER, PAPERS, pages

CHANGED = 48  # of 255 shades: less is rounding
MOST_CHANGED = 8  # pixels; one changed stroke of a character gives about 20


def differing(one, other):
    assert one.size == other.size
    return sum(ImageChops.difference(one, other).histogram()[CHANGED:])


@pytest.mark.parametrize("name", PAPERS)
def test_the_pages_are_as_they_were_looked_at(name, tmp_path):
    now = pages(PAPERS[name]())
    now.save(tmp_path / "now.png")  # to be looked at beside the other
    with Image.open(FOLDER / f"{name}.png") as before:
        assert differing(now, before.convert("L")) <= MOST_CHANGED


def test_a_single_changed_character_is_seen(make_letter):
    before = pages(PAPERS["letter-zh"]())
    assert differing(before, pages(make_letter(explicit_needs="需要统一的客户管理平合"))) > MOST_CHANGED
    assert differing(before, pages(make_letter(explicit_needs="需要统一的客户管理平台"))) == 0
