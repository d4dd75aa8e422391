"""What a user can mend."""

__all__ = ["UserError"]


class UserError(Exception):
    """Something a user can mend; its message says in a sentence what and where."""
