"""A stage's tab: customers on the left, the forms in the middle, what is open on the right."""
