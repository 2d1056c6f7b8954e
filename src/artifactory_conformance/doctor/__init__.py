"""What keeps the clients of this machine from installing through one index, safely: read, never changed, nothing sent.

The verb `doctor` calls it; it imports clients and the reader of TOML files.
"""
