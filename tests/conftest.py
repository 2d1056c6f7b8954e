"""What all tests of the machinery have in common."""

from hypothesis import HealthCheck, settings

# A busy machine is no finding: nothing here is about how long a property takes.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
