"""Starting and ending: access, the application object, reminders, the office of the sample."""
