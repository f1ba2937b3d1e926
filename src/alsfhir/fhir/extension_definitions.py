"""Which extensions we emit, where, and what each may hold: the table that ``structure_definition`` publishes."""

from __future__ import annotations

from dataclasses import dataclass

from alsfhir.fhir.versions import FhirVersion


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an extension: the types its value may have, or its own ``parts``, and how often it may occur."""

    name: str
    types: tuple[str, ...]
    what: str
    least: int = 0
    most: str = "1"
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtensionDefinition:
    """An extension with one value (``types``), or of several ``parts``.

    ``contexts`` are the elements that have it in R4 and R4B, ``r5`` those in R5 where they are others; where there is
    none, it is no extension of that version.
    """

    name: str
    title: str
    what: str
    contexts: tuple[str, ...]
    types: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    r5: tuple[str, ...] | None = None

    def contexts_in(self, version: FhirVersion) -> tuple[str, ...]:
        """The elements that have it in that version."""
        return self.r5 if version is FhirVersion.R5 and self.r5 is not None else self.contexts


# A length of one year and six months is two Durations under one name.
_BOUND = ("integer", "decimal", "Duration")

_FIELDS = (
    Part("is", ("code",), "Kind of node: all-of, any-of, not, or the kind of question", 1),
    Part("concept", ("code",), "What is asked about: a concept of the mappings"),
    Part("unit", ("code",), "UCUM unit of the bounds"),
    Part("at-least", _BOUND, "Closed lower bound, or how many distinct conditions", most="*"),
    Part("more-than", _BOUND, "Open lower bound", most="*"),
    Part("at-most", _BOUND, "Closed upper bound", most="*"),
    Part("less-than", _BOUND, "Open upper bound", most="*"),
    Part("times-upper-limit", ("boolean",), "Bounds are multiples of the observation's own upper limit of normal"),
    Part("which", ("code",), "The latest value, or every value of the period in which values count"),
    Part("result", ("code",), "Qualitative result"),
    Part("among", ("code",), "Codes of which one is enough", most="*"),
    Part("review", ("code",), "Codes that a person has to judge", most="*"),
    Part("when", ("code",), "current, ever or, of a procedure, planned"),
    Part("within", ("Duration",), "Period that ends on the as-of date, in calendar units", most="*"),
    Part("until", ("Duration",), "How long before the as-of date the period ends", most="*"),
    Part("began", ("boolean",), "An entry counts by when it began, not for as long as it lasts"),
    Part("minus", ("code",), "Concepts whose codes do not count", most="*"),
    Part("severity", ("code",), "At least this severe"),
    Part("site", ("code",), "At a body site of this concept"),
    Part("undone-by", ("code",), "A later procedure of this concept undoes it"),
    Part("systemic", ("boolean",), "Given by a local route it is for a person to judge"),
    Part("conditions", ("code",), "Concepts of conditions that are records of an allergic reaction", most="*"),
    Part("consent", ("boolean",), "An active research consent to this trial answers it"),
    Part("overlapping", ("code",), "While a drug of this concept was taken"),
    Part("unchanged-for", ("Duration",), "How long a drug has been taken unchanged", most="*"),
    Part("event", ("code",), "onset or diagnosis"),
    Part("question", ("string",), "What is put to a person"),
    Part("show", ("code",), "Concepts that a person is shown", most="*"),
)
_NODE = (Part("link-id", ("string",), "Place in the tree: 1 is the root, 1.2 its second member", 1), *_FIELDS)

EXTENSIONS = (
    ExtensionDefinition(
        "criterion-tree",
        "Logic of an eligibility criterion",
        "The statement as a tree: all-of, any-of and not over single questions to a patient's record. A node comes "
        "after the one above it: what all-of and any-of combine, what not negates, or the case in which a person is "
        "asked for a judgement. Lengths of time in a and mo are calendar years and months.",
        ("EvidenceVariable.characteristic",),
        parts=(Part("node", (), "A node of the tree", 1, "*", _NODE),),
        r5=("Group.characteristic",),
    ),
    ExtensionDefinition(
        "criterion-node",
        "What a characteristic cannot say of an eligibility criterion",
        "The kind of node that this characteristic is in the criterion's tree, and each field of it that no element of "
        "the characteristic holds. Of a combination it says that its members are one question; bracket is a "
        "combination of one, made only so that exclude can be said twice.",
        (),
        parts=_FIELDS,
        r5=("EvidenceVariable.characteristic",),
    ),
    ExtensionDefinition(
        "concept",
        "ValueSet of a concept",
        "The ValueSet that holds every code of the concept; the codes beside it are all of them, or none.",
        (),
        types=("canonical",),
        r5=("CodeableConcept",),
    ),
    ExtensionDefinition(
        "criteria",
        "Which criteria these are",
        "The version of the criteria, and the concept that a patient must have for the trial to be meant for them.",
        ("EvidenceVariable", "Group"),
        parts=(
            Part("version", ("string",), "SHA-256 over statements and readings"),
            Part("condition", ("code",), "The concept"),
        ),
    ),
    ExtensionDefinition(
        "code-range",
        "Codes that cannot be listed",
        "Codes that belong to the value set by how they begin; they are in neither its compose nor its expansion.",
        ("ValueSet",),
        parts=(
            Part("system", ("uri",), "Their code system", 1),
            Part("below", ("code",), "All codes that begin with this one"),
            Part("first", ("code",), "The first of a range of codes, with all that begin with it"),
            Part("last", ("code",), "The last of the range, with all that begin with it"),
        ),
    ),
    ExtensionDefinition(
        "reading",
        "Who stands for the reading of a criterion or a schedule",
        "How the statement was read: by whom, how far a record can decide it, and where it stands in its document. Of "
        "a schedule: by whom.",
        ("EvidenceVariable.characteristic", "PlanDefinition.action", "ActivityDefinition"),
        parts=(
            Part("status", ("code",), "proposed, reviewed or draft", 1),
            Part("computability", ("code",), "Of a criterion: computable, partial or person"),
            Part("label", ("string",), "The statement in short, in other words"),
            Part("by", ("string",), "The clinician who reviewed the reading"),
            Part("on", ("date", "string"), "When it was reviewed"),
            Part("warning", ("string",), "What is doubtful in the text or its reading", most="*"),
            Part("document", ("string",), "The document's name"),
            Part("start", ("integer",), "The statement's first character in the document, counted from 0"),
            Part("end", ("integer",), "The character after the statement's last one"),
            Part("show", ("code",), "Concepts of which what is on record is shown beside the verdict", most="*"),
        ),
        r5=("EvidenceVariable.characteristic", "Group.characteristic", "PlanDefinition.action", "ActivityDefinition"),
    ),
    ExtensionDefinition(
        "assumption",
        "Assumption made in reading a criterion or a schedule",
        "What the text leaves open and the reading had to assume.",
        ("EvidenceVariable.characteristic", "PlanDefinition.action", "ActivityDefinition"),
        types=("string",),
        r5=("EvidenceVariable.characteristic", "Group.characteristic", "PlanDefinition.action", "ActivityDefinition"),
    ),
    ExtensionDefinition(
        "criterion",
        "Statement that this stands for",
        "Which statement of the trial this is; its logic is in the trial's EvidenceVariable.",
        ("PlanDefinition.action.condition",),
        r5=("PlanDefinition.action.condition", "Group.characteristic"),
        parts=(
            Part("id", ("string",), "The criterion's id", 1),
            Part("exclude", ("boolean",), "Whether a patient of whom it is true is excluded", 1),
            Part("text", ("string",), "The statement in the document's words", 1),
        ),
    ),
    ExtensionDefinition(
        "source",
        "Built from a document or from a mapping",
        "document: from a trial document; mapping: from what is known of the trial without one.",
        ("ResearchStudy", "PlanDefinition", "ActivityDefinition", "Library", "EvidenceVariable", "Group"),
        types=("code",),
    ),
    ExtensionDefinition(
        "registry-status",
        "Recruitment in the registry's word",
        "The registry's own word for the recruitment status, and the date of the page it was read on.",
        ("ResearchStudy", "EvidenceVariable", "Group"),
        parts=(
            Part("status", ("string",), "The word"),
            Part("as-of", ("date", "string"), "The page's date"),
        ),
    ),
    ExtensionDefinition(
        "registry-item",
        "Registry entry without an element of its own",
        "Something the registry says for which FHIR has no element.",
        ("ResearchStudy", "ResearchStudy.focus", "ResearchStudy.arm", "ResearchStudy.objective"),
        parts=(
            Part("name", ("code",), "What it is", 1),
            Part("text", ("string",), "The registry's words", 1),
        ),
        r5=(
            "ResearchStudy",
            "ResearchStudy.focus",
            "ResearchStudy.comparisonGroup",
            "ResearchStudy.outcomeMeasure",
        ),
    ),
    ExtensionDefinition(
        "associated-party",
        "Party to the study",
        "An organization or person with a role in the study.",
        ("ResearchStudy",),
        parts=(
            Part("role", ("string",), "The role in the registry's word"),
            Part("classifier", ("string",), "The class of organization in the registry's word"),
            Part("party", ("Reference",), "The organization"),
            Part("contact", ("ContactDetail",), "The person"),
        ),
        r5=(),
    ),
    ExtensionDefinition(
        "party-contact",
        "How to reach a party to the study",
        "The person or office that is a party to the study, with telephone and address.",
        (),
        types=("ContactDetail",),
        r5=("ResearchStudy.associatedParty",),
    ),
    ExtensionDefinition(
        "site-study",
        "The study at this site",
        "What holds for the study at one of its sites.",
        ("ResearchStudy.site",),
        parts=(
            Part("status", ("string",), "Recruitment at the site in the registry's word"),
            Part("contact", ("ContactDetail",), "Whom to ask about the study there", most="*"),
        ),
    ),
    ExtensionDefinition(
        "local-study",
        "The server's own study",
        "The ResearchStudy of the same trial that the site itself keeps on this server; research subjects are of that.",
        ("ResearchStudy",),
        types=("Reference",),
    ),
    ExtensionDefinition(
        "contact-role",
        "Role of a contact",
        "The contact's role in the registry's word.",
        ("ContactDetail",),
        ("string",),
    ),
    ExtensionDefinition(
        "written-status",
        "Status that was written by software",
        "The status as it was written last; where the status itself differs, a person has changed it.",
        ("ResearchSubject",),
        types=("code",),
    ),
    ExtensionDefinition(
        "requirement-text",
        "Missing datum in words",
        "What would settle an undecided criterion, for a person.",
        ("DataRequirement",),
        types=("string",),
    ),
)
