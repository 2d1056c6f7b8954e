"""What there is little of and what its use spoils, as files that nobody has cached: each check takes something else."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


class Claims:
    """What the checks of a run have taken to themselves, in whichever process.

    folder: one that all processes of the run see, and nobody else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def claim(self, name: str) -> bool:
        """Take a thing by its name; tell whether nobody has before, this process included.

        A file that somebody was refused is no use to the next one, though it is not cached: the refusal may be
        remembered (P-07).
        """
        self.folder.mkdir(exist_ok=True)
        try:
            (self.folder / sha256(name.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
