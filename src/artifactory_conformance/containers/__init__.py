"""Containers of a run: the engine, a stack of an Artifactory with its catalogs, waiting until it is ready, leftovers.

Targets and the verbs import it; it knows nothing of checks.
"""
