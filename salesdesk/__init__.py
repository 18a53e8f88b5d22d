"""SalesDesk: the offline sales desktop."""

__version__ = "0.1.0"
