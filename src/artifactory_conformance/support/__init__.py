"""What somebody sends to support after a run, and what its receiver makes of it.

The plugin and the verb `explain` call it; it imports reporting, settings and evidence.
"""

from artifactory_conformance.support.bundle import Leaked, bundle_name, remove_bundle, write_bundle
from artifactory_conformance.support.contents import Surroundings

__all__ = ["Leaked", "Surroundings", "bundle_name", "remove_bundle", "write_bundle"]
