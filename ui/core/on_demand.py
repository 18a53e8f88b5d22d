"""What is imported when it is first wanted: a page that nobody opens costs nothing at the start."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(place: str) -> Any:
    """The object that `package.module:name` names."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
