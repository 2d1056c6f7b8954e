"""Real clients such as pip, run as subprocesses in a sealed home, on a leash and against a deadline.

Fixtures and claims may import it; it imports evidence and limits.
"""
