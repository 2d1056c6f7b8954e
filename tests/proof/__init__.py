"""Whole runs of the suite, many of them: any order, any part, any profile, any answer to the open questions.

`python -m tests.proof` makes them (`make prove`, `make switches`); nothing imports it but its own tests.
"""
