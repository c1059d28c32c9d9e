"""What the export does to a cell."""

from __future__ import annotations

import pytest

from cli.audit import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Nordlicht", "1-1", "a=b"])
def test_other_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell
