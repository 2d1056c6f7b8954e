"""Every client at its oldest and its newest supported version: the suite's checks with them, and what each really asks.

`make clients` runs it; nothing imports it but its own tests.
"""
