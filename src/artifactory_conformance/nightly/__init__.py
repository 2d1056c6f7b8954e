"""The suite over versions of Artifactory that are new since the last time, and what changed with them.

Nothing but the verb imports it; it runs `verify` in processes of its own and reads what that writes.
"""
