"""Which of Windows' messages say that nobody sits here any more."""

import pytest

from ui.app.windows_signs import WindowsSigns, tells_of_leaving


@pytest.mark.parametrize(
    ("message", "about", "leaves"),
    [
        (0x0218, 0x0004, True),  # the computer goes to sleep
        (0x0218, 0x0012, False),  # it is awake again
        (0x02B1, 0x7, True),  # the session is locked
        (0x02B1, 0x8, False),  # and unlocked
        (0x02B1, 0x2, True),  # another person at the screen
        (0x02B1, 0x4, True),  # a remote desktop was left
        (0x02B1, 0x1, False),  # this one is at the screen again
        (0x0219, 0x0004, False),
    ],
)
def test_messages_of_leaving(message, about, leaves):
    assert tells_of_leaving(message, about) is leaves


def test_its_window_is_never_shown(qapp):
    signs = WindowsSigns(lambda: True)
    assert not signs._window.isVisible()
    qapp.removeNativeEventFilter(signs._filter)
