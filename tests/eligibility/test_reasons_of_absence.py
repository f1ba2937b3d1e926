"""What is said where nothing on file speaks to what is asked for."""

from __future__ import annotations

from alsfhir.eligibility.chart import chart
from alsfhir.eligibility.reasons_of_absence import nothing_about, uncoded
from alsfhir.patient.model import Condition, Drug, Procedure
from alsfhir.terminology import terminology
from eligibility_samples import AS_OF, drug, facts, procedure


def test_what_nobody_understands_is_counted_by_kind() -> None:
    """One or several drugs, procedures, conditions; a drug that was never given is not among them."""
    found = (drug(text="x", reference="M/1"), drug(text="y", reference="M/2"), drug(text="z", status="draft"))
    made = chart(facts(*found, procedure(text="p")), AS_OF, terminology())
    assert uncoded(made, Drug) == ("2 drugs on file have no known code",)
    assert uncoded(made, Procedure) == ("1 procedure on file has no known code",)
    assert uncoded(made, Condition) == ()
    assert nothing_about("riluzole", made, Drug) == "no entry recognised as riluzole"
    assert nothing_about("dementia", made, Condition) == "nothing on file about dementia"
