"""The suite against other people's servers: real proxies of simple indexes in front of the fake catalog.

`python -m tests.peers` (or `make peers`) starts each of them in a temporary folder, runs the suite at its index and
compares every verdict with the fingerprint that is kept of it. Nothing of theirs is part of this project.
"""
