"""What a defect stands for that keeps pip from installing."""

PIP = (
    *("ACCESS-01", "ACCESS-05", "ACCESS-07", "ACCESS-08", "TROUBLE-07", "H-10"),
    *(f"CLIENT-{number:02d}" for number in (2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14)),
    *("VIRTUAL-02", "VIRTUAL-03", "VIRTUAL-05", "VIRTUAL-09", "client C5", "client C23"),
)
"""What means an installation by pip."""
