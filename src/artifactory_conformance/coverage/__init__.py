"""What the suite covers: all its checks as data, and generated accounts of the clauses and facts that they are about.

Pure: the plugin collects the checks, this package tells about them.
"""
