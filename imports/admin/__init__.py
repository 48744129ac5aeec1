"""The operator's pages: sources, and what their runs did."""

from imports.admin.runs import RunAdmin
from imports.admin.sources import SourceAdmin

__all__ = ["RunAdmin", "SourceAdmin"]
