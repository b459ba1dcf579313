"""Writes the figures of a soak into its page."""

import datetime

from driver import document, sides

PAGE = sides.ROOT / "docs" / "soak.md"
MARK = "## Figures\n"


def write(text):
    """Replaces the figures by those of this soak."""
    before = PAGE.read_text().partition(MARK)[0]
    machine = f"Of {datetime.date.today().isoformat()}, on {document.machine()}; the driver and the embedded AWS share it."
    PAGE.write_text(f"{before}{MARK}\n{text}\n\n{machine}\n")
