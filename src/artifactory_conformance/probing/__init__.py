"""Facts that a diagnosis needs beside verdicts: few requests after the checks, at a run's own level and rights.

What was not asked, or not answered, is absent. Only the plugin imports this package.
"""

from artifactory_conformance.probing.gather import View, gather

__all__ = ["View", "gather"]
