"""Pages that were saved badly: lines lost, doubled, moved, cut, or put in from elsewhere."""

from __future__ import annotations

from hypothesis import strategies as st

STRAY = (
    "•",
    "1.",
    "",
    "   ",
    "All",
    "18+ years",
    "Phase 1/Phase 2",
    "Phone: 555-0100 Email: a@example.org x",
    "a, b, , c",
    "Exclusion Criteria: 1. a 2. b",
    "5 participants in 2 patient groups",
    "Last updated Jun 1, 2026 · x",
    "\u2028z",
)


@st.composite
def damaged(draw: st.DrawFn, page: str) -> str:
    """The page with some of its lines lost, doubled, moved, cut or added, with one of three line ends."""
    rows = page.split("\n")
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(rows) - 1))
        action = draw(st.sampled_from(["lose", "double", "move", "cut", "add"]))
        if action == "add":
            rows.insert(at, draw(st.sampled_from(STRAY)))
        elif action == "double":
            rows.insert(draw(st.integers(0, len(rows))), rows[at])
        elif action == "cut":
            rows[at] = rows[at][draw(st.integers(0, len(rows[at]))) :]
        elif len(rows) > 1:
            row = rows.pop(at)
            rows += [row] if action == "move" else []
    return draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(rows)
