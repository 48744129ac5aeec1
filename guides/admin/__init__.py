"""The editors' pages of guides, roles, skills and topics."""

from guides.admin import articles, profiles, vocabulary

__all__ = ["articles", "profiles", "vocabulary"]
