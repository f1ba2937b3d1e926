"""What every reading in a mapping says of itself: the text it was made from, and who stands for it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Date = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Label = Annotated[str, msgspec.Meta(min_length=1, pattern="[^.]$")]


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A reading: the hash of the text that it was made from, who stands for it, and what it assumes."""

    sha256: Sha256
    status: Literal["proposed", "reviewed"]
    by: str | None = None
    on: Date | None = None
    assumptions: tuple[Label, ...] = ()

    def __post_init__(self) -> None:
        if (self.status == "reviewed") != (self.by is not None and self.on is not None):
            raise ValueError("a reviewed reading, and no other, says `by` whom and `on` which day")
