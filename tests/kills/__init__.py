"""Runs that are killed while they change an instance, and what `cleanup` makes of what they leave.

A model and a fake catalog outlive every run. Things lie there that carry names like ours, and are not: they have to be
left alone. After each kill and its cleanup the whole state of the model has to be what it was before.
"""
