"""A trial goes to a FHIR server: under our own identities, beside the site's own study, never over a better source."""

from __future__ import annotations

from alsfhir.criteria.criterion import Criteria
from alsfhir.fhir.canonical import NCT_SYSTEM, Names, Resource
from alsfhir.fhir.library import is_of_all_trials
from alsfhir.fhir.trial_resources import trial_resources
from alsfhir.patient.model import Issue
from alsfhir.publish.held import held, reference, write
from alsfhir.publish.identity import Identity, distinct, identity, token
from alsfhir.publish.report import Change, Published, Written
from alsfhir.publish.superseded import retirement, superseded
from alsfhir.publish.transaction import Step, conditional_update, resolved
from alsfhir.server.client import FhirServer
from alsfhir.trial.model import Trial

LOCAL_STUDY = "local-study"
NCT_SYSTEMS = (NCT_SYSTEM, "http://clinicaltrials.gov/", "https://clinicaltrials.gov/nctid")

# What other trials write too. It is written first and by itself: where several transactions write the same, HAPI
# refuses all but one of them. Some Libraries are shared, too.
SHARED = frozenset({"CodeSystem", "StructureDefinition", "ValueSet", "Organization", "Location"})


def publish_trial(server: FhirServer, trial: Trial, criteria: Criteria, names: Names) -> Published:
    """What became of each resource of the trial on the server. Raises ServerError, and ResourceError before writing.

    The trial is left alone if any part of it stands on the server from a document and is here from the mapping: where
    the study is from a document, such as a news page, the criteria may not be. A study of the site's own is never
    written; if there is exactly one, ours refers to it by the extension ``local-study``. What the trial orders no more
    is retired.
    """
    server.expect_version(names.version.series)
    resources = distinct(trial_resources(trial, criteria, names), names)
    before = held(server, (identity(resource, names) for resource in resources), names)
    plan = before.get(identity(_only("PlanDefinition", resources), names))
    gone = superseded(server, plan, resources, trial.nct_id, names)
    poorer = [each for each in resources if _is_poorer(each, before.get(identity(each, names)), names)]
    if not _is_of_a_document(criteria):
        poorer += [each for each in gone if _source(each, names) == "document"]
    if poorer:
        return _left_alone(trial, (*before.values(), *gone), sorted({str(each["resourceType"]) for each in poorer}))
    study = _only("ResearchStudy", resources)
    others = local_studies(server, trial.nct_id)
    placed = tuple(_beside(resource, others, names) if resource is study else resource for resource in resources)
    steps = [retirement(each, names) for each in gone]
    return _written(server, placed, before, steps, names) + _retired(trial, gone) + _noted(trial, others)


def local_studies(server: FhirServer, nct_id: str) -> tuple[str, ...]:
    """References to the studies of this NCT id that are the site's own, sorted."""
    found = server.search("ResearchStudy", identifier=",".join(token(system, nct_id) for system in NCT_SYSTEMS))
    return tuple(sorted({reference(study) for study in found if not _published(study, nct_id)}))


def study_for_subjects(study: Resource, names: Names) -> str:
    """The study that subjects are of: the site's own if our ResearchStudy refers to one, else ours."""
    url = names.extension(LOCAL_STUDY)
    written = (e.get("valueReference", {}).get("reference") for e in study.get("extension", []) if e.get("url") == url)
    return next(filter(None, written), reference(study))


def _published(study: Resource, nct_id: str) -> bool:
    """Was the study published by this program, under our canonical base or another one?"""
    return any(
        str(i.get("system")).endswith("/identifier/ResearchStudy") and i.get("value") == nct_id
        for i in study.get("identifier", [])
    )


def _only(kind: str, resources: tuple[Resource, ...]) -> Resource:
    return next(resource for resource in resources if resource["resourceType"] == kind)


def _is_of_a_document(criteria: Criteria) -> bool:
    """Whether a document says what the trial asks for or orders; else nothing that one has said is taken back."""
    return criteria.from_document or criteria.offered.from_document


def _is_poorer(resource: Resource, standing: Resource | None, names: Names) -> bool:
    """Whether the resource is built from the mapping alone, and what stands in its place from a document."""
    return standing is not None and (_source(standing, names), _source(resource, names)) == ("document", "mapping")


def _source(resource: Resource, names: Names) -> str | None:
    url = names.extension("source")
    return next((e.get("valueCode") for e in resource.get("extension", []) if e.get("url") == url), None)


def _beside(study: Resource, others: tuple[str, ...], names: Names) -> Resource:
    if len(others) != 1:
        return study
    local = {"url": names.extension(LOCAL_STUDY), "valueReference": {"reference": others[0]}}
    return {**study, "extension": [*study.get("extension", []), local]}


def _written(
    server: FhirServer,
    resources: tuple[Resource, ...],
    before: dict[Identity, Resource],
    retirements: list[Step],
    names: Names,
) -> Published:
    shared = [_step(each, before, names) for each in resources if _is_shared(each)]
    first = write(server, shared)
    references = {step.entry["fullUrl"]: each.reference for step, each in zip(shared, first, strict=True)}
    own = [resolved(each, references) for each in resources if not _is_shared(each)]
    return Published(first + write(server, [*(_step(each, before, names) for each in own), *retirements]))


def _is_shared(resource: Resource) -> bool:
    return resource["resourceType"] in SHARED or is_of_all_trials(resource)


def _step(resource: Resource, before: dict[Identity, Resource], names: Names) -> Step:
    return conditional_update(resource, before.get(identity(resource, names)), names)


def _left_alone(trial: Trial, before: tuple[Resource, ...], poorer: list[str]) -> Published:
    parts = ", ".join(poorer)
    why = f"the server has {parts} from a document, this build has not"
    standing = [resource for resource in before if not _is_shared(resource)]
    source = f"the server has it from a document ({parts})"
    text = f"not published: {source}, which is not overwritten from what is known without one"
    return Published(
        tuple(Written(reference(resource), Change.LEFT_ALONE, why) for resource in standing),
        (Issue("information", trial.nct_id, text),),
    )


def _retired(trial: Trial, gone: tuple[Resource, ...]) -> Published:
    if not gone:
        return Published()
    text = f"no longer part of the schedule, and retired on the server: {', '.join(map(reference, gone))}"
    return Published(issues=(Issue("information", trial.nct_id, text),))


def _noted(trial: Trial, others: tuple[str, ...]) -> Published:
    left = tuple(Written(other, Change.LEFT_ALONE, f"the site's own study of {trial.nct_id}") for other in others)
    if len(others) < 2:
        return Published(left)
    text = f"the server has {len(others)} studies of its own with this id ({', '.join(others)}); ours refers to none"
    return Published(left, (Issue("warning", trial.nct_id, text),))
