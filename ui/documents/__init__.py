"""A paper on the screen: preview, print, signature."""
