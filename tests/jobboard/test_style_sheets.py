"""The style sheets that ship."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_ends_with_its_last_rule(sheet):
    """Browsers forgive a sheet that was cut, and leave out what it lost."""
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL).strip()
    assert rules.endswith("}")
    assert rules.count("{") == rules.count("}")
