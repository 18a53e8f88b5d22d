"""The window around the pages: bar, tabs, commands and the palette."""
