"""What a defect stands for that keeps pip from installing."""

PIP = (
    *("ACCESS-01", "ACCESS-05", "ACCESS-07", "ACCESS-08", "PERM-03", "TROUBLE-04", "TROUBLE-07"),
    *(f"CLIENT-{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14)),
    *("VIRTUAL-02", "VIRTUAL-03", "VIRTUAL-05", "VIRTUAL-08", "VIRTUAL-09"),
    *("H-10", "M-08", "V-01", "T27", "B-09", "B-10", "client C5", "client C16", "client C23"),
)
"""What means an installation by pip."""
