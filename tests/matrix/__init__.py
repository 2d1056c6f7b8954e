"""The proof that every check can fail: each fault in turn, and which checks notice it."""
