"""Every time-out, budget and size that the suite keeps, each with its meaning; no literal elsewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """All in seconds unless the name says otherwise."""

    connect: float = 5.0
    """Until a TCP connection stands."""
    read: float = 30.0
    """Between two bytes of an answer: an instance downloads a file completely before it sends the first one (A88)."""
    exchange: float = 60.0
    """One request with its answer, whatever arrives in between."""
    body_bytes: int = 64 * 1024 * 1024
    """The longest body that is read; more is an error of the target."""
    root_bytes: int = 1024 * 1024
    """The longest list of all projects that is read to find one: a catalog has hundreds, public PyPI has 40 MB."""
    text_bytes: int = 16 * 1024 * 1024
    """The longest page, JSON or other text: taken apart it is 25 times as much."""
    turn: float = 240.0
    """Until a request to somebody's server may be sent, while others of the run have their turns."""
    back_off: float = 1.0
    """Before a request is sent again whose answer asked for patience and named no time; it doubles each time."""
    patient: float = 30.0
    """How long such answers to one request are waited out."""
    paced_check: float = 900.0
    """One check where there is a pace: the most that one asks at a given instance are two hundred requests."""
    redirects: int = 5
    """The longest chain that is followed."""
    service_start: float = 20.0
    """Until a service of the embedded target says that it is ready."""
    service_stop: float = 5.0
    """Between asking a service to end and killing it."""
    engine_call: float = 30.0
    """One question to the container engine."""
    image_pull: float = 1800.0
    """Until an image that is not here yet was fetched: a real one has more than a gigabyte."""
    registry: float = 120.0
    """Until a registry has told all tags of an image."""
    registry_tags: int = 1000
    """Tags that are asked for at a time."""
    registry_pages: int = 100
    """Pages of tags after which a registry is not asked for more."""
    containers_up: float = 120.0
    """Until the engine has started all containers of a stack; what is in them starts meanwhile."""
    containers_ready: float = 900.0
    """Until an Artifactory in a container answers, at its first start (admin 2.4)."""
    containers_stop: float = 60.0
    """Until everything of a stack is gone."""
    containers_pause: float = 0.3
    """Between two looks at a stack."""
    progress: float = 10.0
    """Between two lines that say how far a start is, while nothing else changes."""
    settled_start: float = 2.0
    """How long a started Artifactory is left alone before it is used (admin 2.5)."""
    engine_memory: float = 0.95
    """Part of the engine's memory that one container may be promised."""
    quiet_looks: int = 2
    """Looks at the engine in a row that have to find nothing of a stack."""
    settle: float = 30.0
    """Until a written configuration, grant or upload shows its effect (admin 2.9; T-04: pages lag)."""
    listed: float = 90.0
    """Until a page lists what was uploaded (T-04)."""
    quiet: float = 60.0
    """How long nothing is deployed by hand until what was is indexed (T-04)."""
    settle_pause: float = 0.02
    """Between the first two looks while waiting; it doubles from look to look."""
    settle_pause_longest: float = 1.0
    """How far it doubles."""
    conflict_pause: float = 1.0
    """Before a write is tried again that met another configuration write (admin 2.9)."""
    short_period: int = 10
    """A Retrieval Cache Period of a lab that a check lets pass: on a real instance it is waited out."""
    short_missed_period: int = 20
    """Likewise a Missed Retrieval Cache Period; long enough for what a check does while a miss is remembered."""
    together: float = 60.0
    """Until many requests that were sent at once have all been answered."""
    catalog_delay: float = 2.0
    """How late a slow catalog of a check answers."""
    catalog_silence: float = 4.0
    """How long a catalog says nothing, where whoever stands in front of it may wait, or give up before."""
    impatience: int = 1000
    """Socket Timeout of a remote that does not wait so long, in milliseconds."""
    patience: int = 20_000
    """Socket Timeout of one that does, in milliseconds."""
    wrong_passwords: int = 2
    """Users, made for the run, for whom an instance of somebody's gets a wrong password."""
    failed_logins: int = 6
    """Wrong passwords in a row after which an instance suspends a user at the latest: the 3rd at 7.161, before the 2nd
    suspension has passed at 6.20 (P-11)."""
    longest_suspension: int = 60
    """For which a user is suspended at the longest (P-11)."""
    longest_hidden: int = 86_400
    """For which a release may stay hidden behind a cache period: a day (BEST-01)."""
    latency_samples: int = 5
    """Answers of which the median is recorded (BEST-04)."""
    compared_files: int = 30
    """Files of an index, of several projects where it lists them, that are compared with what their pages say."""
    compared_projects: int = 5
    """Projects that these are of, the one that was named among them."""
    compared_bytes: int = 32 * 1024 * 1024
    """How much of them is downloaded at most, as far as sizes are told."""
    ledger_looked_at: float = 10.0
    """Until whoever looks whether a ledger is an orphan's lets go of it."""
    late_creation: float = 20.0
    """After a killed run's last word until nothing that it has asked for comes into being any more."""
    token_lifetime: int = 3600
    """Of an access token that a check has issued; it outlives every run."""
    client_run: float = 60.0
    """One run of a package client."""
    alone: float = 300.0
    """Until a check that needs the whole instance has it to itself, or others may go on after one. Two of those
    ahead of it may each wait out a period of a given instance."""
    pulse_interval: float = 10.0
    """The longest stretch of checks between two looks at whether the target is still there and still the same."""
    pulse: float = 5.0
    """One such look."""
    probes: float = 60.0
    """For all questions of a diagnosis after the last check; one that has begun may take an exchange longer."""


LIMITS = Limits()
