"""The suite at a real Artifactory beside the reference model: every exchange kept, every difference named by its facts.

Nothing but the verb imports it. It reads the model's tables, and runs `verify` in processes of its own.
"""
