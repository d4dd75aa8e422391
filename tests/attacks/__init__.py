"""A corpus of hostile and broken submissions, and what each may fairly get."""
