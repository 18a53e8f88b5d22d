"""Every kind of field has its room and its editor; one that nobody decided on does not become a line by itself."""

import typing
from dataclasses import dataclass

import pytest

from salesdesk.records import kinds
from salesdesk.records.field import AnyKind, Field
from salesdesk.records.kinds import Kind
from salesdesk.records.language import Language
from salesdesk.records.registry import fields_of, form_named, forms
from ui.forms.editors import make_editor
from ui.forms.kind_layout import PARTS, layout_of

FIELDS = [field for form in forms() for field in fields_of(form).values()]


@dataclass(frozen=True)
class ColourKind(Kind):
    """A kind of a later day."""

    column_type = None

    def parse(self, text):
        return text

    def from_wire(self, wire):
        return wire


def test_the_list_of_kinds_is_complete():
    declared = {kind for kind in vars(kinds).values() if isinstance(kind, type) and issubclass(kind, Kind)} - {Kind}
    assert set(typing.get_args(AnyKind)) == declared


def test_every_kind_has_room():
    for field in FIELDS:
        room = layout_of(field)
        assert 1 <= room.parts <= PARTS
        assert min(room.width, room.stretch) > 0


@pytest.mark.parametrize("decide", [layout_of, lambda field: make_editor(field, Language.ZH)])
def test_a_new_kind_is_refused(qtbot, decide):
    with pytest.raises(AssertionError):
        decide(Field("色", "Colour", ColourKind()))


@pytest.mark.parametrize(
    ("form", "name", "short", "parts"),
    [
        ("contact", "name", True, 3),
        ("contact", "phone", True, 3),
        ("customer", "need", False, 12),
        ("customer", "employees", True, 2),
        ("customer", "follow_up_on", True, 4),
        ("needs_analysis", "participants", False, 4),
        ("decision_role", "met", True, 2),
    ],
)
def test_room_follows_what_is_written(form, name, short, parts):
    room = layout_of(fields_of(form_named(form))[name])
    assert (room.short, room.parts) == (short, parts)
