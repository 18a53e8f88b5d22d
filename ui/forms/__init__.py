"""One form on the screen: its editors, its child rows, its draft and what the rules say of it."""
