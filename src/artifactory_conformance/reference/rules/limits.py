"""What the facts tell and the model does not play, with the reason."""

from artifactory_conformance.reference.rules.rule import Absence

NOT_PLAYED = (
    Absence(
        "What follows for clients, catalogs and administrators",
        "U-03, R-04, R-09, R-11, J-03, J-07, F-09, E-04, C-11, V-03, V-11, P-12, P-15, G6, A57",
        "no rules of their own",
    ),
    Absence("requires-python in the text of root anchors", "H-06", "clients take the address"),
    Absence("Content browsing", "F-10", "off"),
    Absence("Pages filtered by Curation", "C-12", "another product"),
    Absence(
        "Filters, Server header, start-up",
        "A1, A3",
        "7.x sends X-JFrog-Version instead; the order of authentication is kept",
    ),
    Absence("Notations p:properties and archive paths", "A8", "nobody uses them for PyPI"),
    Absence(
        "Races and defects of expiry in the generic engine", "A33, A39, A55, A66", "PyPI pages: C-01, C-03, I-01, M-10"
    ),
    Absence(
        "Item names that are refused, stricter checks of the binary store, Maven excludes",
        "A95, A99, A103",
        "statuses unknown, or off",
    ),
    Absence("Defaults of 5.11", "A102, C12", "those of 7.x are known (admin 3.2, admin 5.5)"),
    Absence("Numbers of the suspension in 5.11", "C33", "those of 6.x and 7.161 are known (P-11)"),
    Absence(
        "Layouts, other package types, the browser's own interface", "B13, D21, D23, D24, E8, E9", "not PyPI over REST"
    ),
    Absence("The traffic log", "F7", "off by default"),
    Absence("Redirects of files to signed addresses of an object store", "F-08", "Cloud and Enterprise+ only"),
    Absence("Enforced layout and normalised file paths", "N-04", "opt-in system properties, off by default"),
    Absence("Blocks by Xray and Curation", "P-14, B-48, B-52", "other products, which the guide asks to keep away"),
    Absence("Upstreams like devpi, whose path names user and index", "U-19", "the catalog is none"),
    Absence("The retry of a request that was not sent", "M-16", "nobody sees it from outside"),
    Absence(
        "An upstream 401 that counts as the client's failed log-in",
        "A18, C32",
        "a defect of 5.11, known of source alone",
    ),
    Absence("Grants by name across users and groups", "C6", "a defect of 5.11, known of source alone"),
    Absence("Query parameters of the client that steer the proxying", "A11", "refused from 6.20 on"),
    Absence(
        "Expiry, merging and snapshots of Maven", "A51, A52, A53, A56, B6, B12", "PyPI pages expire by C-01 instead"
    ),
    Absence("Remotes that do not store, and ANY REMOTE", "A24", "6.20 differs from 5.11"),
    Absence("Search and AQL", "D5, D6", "the suite does without them"),
    Absence(
        "Users, groups and permissions of Access, version 2", "admin 5.1", "the suite uses the interface of Artifactory"
    ),
    Absence("Start-up, licences, master keys", "A2, admin 1.4, admin 2.6", "the model starts licensed and ready"),
)

LEFT_TO_DEFECTS = (
    Absence("Anchors over several lines make a project 404", "B-05, R-12", "they are valid HTML"),
    Absence("JSON pages work for locals and are 404 for remotes", "B-18, J-04", "a client needs one form or the other"),
    Absence("PEP 658 metadata is advertised and not served", "client C18, open 12", "pip and uv stop hard"),
    Absence("The catalog's credentials follow a redirect to another host", "M-11, open 19", "no version may do that"),
    Absence(
        "No redirect to the slash on remotes and virtuals", "open 28", "root pages link without it, clients follow"
    ),
    Absence("A redirect or log-in page is stored as a wheel for good", "B-46", "the hash of the page does not hold"),
    Absence("Pages without a doctype", "B-04, H-02", "pip 22.0 refuses them"),
    Absence("5xx for conditions and headers of uv", "B-09, B-10", "no header may break a server"),
)
