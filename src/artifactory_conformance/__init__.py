"""Proves, or disproves, that an Artifactory proxies the ActiveState Curated Catalog as ActiveState's guide says."""

__version__ = "0.1.0"
