"""The statements of an eligibility text, and the form of a statement by which its reading is recognised."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_ESCAPE = re.compile(r"\\+(?=[<>\[\]~*_^])")
_LIST_MARKS = re.compile(r"(?:(?:[*•·‣▪◦●–—-]|\(?\d{1,2}[.)]|\(?[a-z]\)) )+")


def normalized(text: str) -> str:
    r"""The statement in NFC, without escapes (``\<``) and list mark, every run of white space one blank; idempotent."""
    plain = _ESCAPE.sub("", unicodedata.normalize("NFC", text))
    joined = " ".join(plain.split())
    mark = _LIST_MARKS.match(joined)
    return joined[mark.end() :] if mark else joined


def text_sha256(text: str) -> str:
    """The SHA-256, in hexadecimal, of the normalized statement in UTF-8: what a reviewed reading is bound to."""
    return hashlib.sha256(normalized(text).encode()).hexdigest()
