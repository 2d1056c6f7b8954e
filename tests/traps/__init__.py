"""Runs that must not end with 0: each is a pytest of its own, judged by its exit code and its results file.

The projects and servers of these tests may be used by the tests of a run's life cycle too.
"""
