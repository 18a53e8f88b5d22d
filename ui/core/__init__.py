"""What every room of the window stands on: work off the GUI thread, look, garbage, and how a person is told."""
