"""Real clients such as pip, run as subprocesses in a sealed home, on a leash and against a deadline.

The fixtures and the plugin may import it; it imports nothing else of the package.
"""
