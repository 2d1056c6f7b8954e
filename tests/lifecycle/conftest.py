from tests.traps.given import byte_code, instance, project, workers

__all__ = ["byte_code", "instance", "project", "workers"]
