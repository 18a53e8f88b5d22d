"""Tables of all records of a form: filter, bulk edit, import, attachments."""
