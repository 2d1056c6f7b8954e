"""The confusion matrix: every misconfiguration, seen from several standpoints, and what the diagnosis says of it.

world: an instance that somebody uses, made wrong. standpoints: who looks at it, and with what. looking: a run there.
facts: what it leaves for the diagnosis. rows: what is kept of each. pairs: which two mistakes can be there at once.
chosen: which looks are made. series: many of them. expected, answers: what is right, and what is said.
"""
