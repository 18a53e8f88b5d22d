"""A rep's day played through the real widgets. The window never loads this room."""
