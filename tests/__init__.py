"""The machinery's own tests, mirroring the package."""
