from __future__ import annotations

from pathlib import Path

import pytest

from alsfhir.criteria.catalogue import mapped_statements, mapped_trial
from alsfhir.criteria.mapping import known_trials, trial_mapping
from alsfhir.errors import UnknownTrial
from alsfhir.trial.document import read_trial
from alsfhir.trial.merge import merged


@pytest.mark.parametrize("trial", ["NCT00000000", "", "../units"])
def test_a_trial_without_a_mapping_is_unknown(trial: str) -> None:
    """The error names the trials that are known, and says what to give for another one."""
    with pytest.raises(UnknownTrial, match="NCT07118319; for another trial give its document"):
        mapped_trial(trial)


@pytest.mark.parametrize("trial", known_trials())
def test_a_mapped_trial_has_labels_and_no_documents(trial: str) -> None:
    """Its statements are labels and stand in no document; the header's rule is none of them."""
    built, known = mapped_trial(trial), trial_mapping(trial)
    assert known is not None
    assert built.documents == ()
    assert {statement.document for statement in built.statements} == {""}
    labels = {reading.id: reading.label for reading in known.criterion if not reading.id.endswith("-H-age")}
    assert {statement.id: statement.text for statement in built.statements} == labels
    assert built.statements == mapped_statements(known)


def test_a_mapped_trial_states_what_its_documents_state(shared: Path) -> None:
    """Status, page date, phases, conditions, sponsor, enrolment, sex and ages are those of the trial's own pages."""
    documents = (read_trial(path.name, path.read_bytes()) for path in sorted((shared / "seeds").iterdir()))
    for trial in merged(documents):
        built = mapped_trial(trial.nct_id)
        stated = [
            (one.recruitment, one.phases, one.conditions, one.sex, one.minimum_age, one.maximum_age, one.study_type)
            for one in (built, trial)
        ]
        assert stated[0] == stated[1]
        assert (built.enrollment_type, built.healthy_volunteers) == (trial.enrollment_type, trial.healthy_volunteers)
        assert trial.enrollment in (built.enrollment, None)
        sponsors = [one.organization("lead-sponsor") for one in (built, trial)]
        assert sponsors[0] is not None
        assert sponsors[1] is not None
        assert sponsors[0].name == sponsors[1].name
