"""The sentences of message ids, and words for moments in time. Knows no widget."""
