"""The fake catalog and, with the other layout, the fake public index: a simple index per organization, made to order.

A service of its own: it imports nothing of the project but `distributions` and `serving`, and nobody imports it.
"""
