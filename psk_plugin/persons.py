"""People as any site's user model knows them: it has an e-mail address, and may know neither names nor user names."""

from typing import Any


def full_name(user: Any) -> str:
    """The person's name; empty where the model, or the person, has none."""
    return user.get_full_name().strip() if hasattr(user, "get_full_name") else ""
