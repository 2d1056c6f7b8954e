"""Whether public content can come through a repository: what can be seen of it, rung by rung, and the word for it.

Checks and fixtures may import it. Rungs are the numbers of the evidence ladder (users 3.3).
"""

from artifactory_conformance.isolation.canaries import answers_to_names, unheard_of
from artifactory_conformance.isolation.ladder import Finding, Rung, Sight, Word, word_for
from artifactory_conformance.isolation.origins import address_in_list, addresses_in_trace, origin_of_file
from artifactory_conformance.isolation.shapes import MOST_VERSIONS, breadth_of, layout_of_cache, layout_of_links, parity
from artifactory_conformance.isolation.survey import Survey
from artifactory_conformance.isolation.walk import (
    ADDRESS_FIELDS,
    Member,
    MembersUnknown,
    Upstream,
    blind_spots,
    members_behind,
    strays,
    walk,
    what_the_walk_shows,
)

__all__ = [
    "ADDRESS_FIELDS",
    "MOST_VERSIONS",
    "Finding",
    "Member",
    "MembersUnknown",
    "Rung",
    "Sight",
    "Survey",
    "Upstream",
    "Word",
    "address_in_list",
    "addresses_in_trace",
    "answers_to_names",
    "blind_spots",
    "breadth_of",
    "layout_of_cache",
    "layout_of_links",
    "members_behind",
    "origin_of_file",
    "parity",
    "strays",
    "unheard_of",
    "walk",
    "what_the_walk_shows",
    "word_for",
]
