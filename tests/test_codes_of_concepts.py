"""Codes as records have them, and the concepts that they are of, and are not of."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from alsfhir.terminology import mapping, terminology

# Verified codes stand under plain labels in the folder of real documents; which concept holds all of a label's codes.
LABELS = {
    "FVC measured volume": "fvc-volume",
    "FVC predicted (reference) volume": "fvc-predicted-volume",
    "FVC % predicted": "fvc-percent-predicted",
    "BMI": "bmi",
    "body weight": "body-weight",
    "body height": "body-height",
    "systolic BP": "systolic-blood-pressure",
    "diastolic BP": "diastolic-blood-pressure",
    "ALT": "alt",
    "AST": "ast",
    "total bilirubin": "total-bilirubin",
    "serum creatinine": "creatinine",
    "creatinine clearance Cockcroft-Gault": "creatinine-clearance",
    "PT": "prothrombin-time",
    "INR": "inr",
    "aPTT": "aptt",
    "HBsAg": "hbsag",
    "HBV DNA viral load": "hbv-dna",
    "anti-HCV": "anti-hcv",
    "HCV RNA": "hcv-rna",
    "syphilis treponemal antibody": "treponemal-antibody",
    "pregnancy status": "pregnancy-status",
    "ALS": "als",
    "ALS (descendants seen)": "als",
    "motor neuron disease unspecified/other": "motor-neuron-disease",
    "primary lateral sclerosis": "primary-lateral-sclerosis",
    "progressive bulbar palsy (bulbar form)": "progressive-bulbar-palsy",
    "dementia": "dementia",
    "schizophrenia": "schizophrenia",
    "schizoaffective": "schizoaffective-disorder",
    "bipolar disorder": "bipolar-disorder",
    "severe depression": "severe-depression",
    "psychotic disorder": "psychotic-disorder",
    "myasthenia gravis": "myasthenia-gravis",
    "metabolic myopathy": "metabolic-myopathy",
    "myopathy (mitochondrial/other)": "myopathy",
    "peripheral neuropathy": "peripheral-neuropathy",
    "impaired consciousness": "impaired-consciousness",
    "disturbance of consciousness / coma": "impaired-consciousness",
    "raised intracranial pressure (idiopathic/benign)": "raised-intracranial-pressure",
    "cerebral edema": "cerebral-edema",
    "pulmonary tuberculosis": "pulmonary-tuberculosis",
    "tuberculosis (any)": "tuberculosis",
    "history of tuberculosis": "history-of-tuberculosis",
    "chronic hepatitis": "chronic-hepatitis",
    "hepatitis A": "hepatitis-a",
    "hepatitis B": "hepatitis-b",
    "hepatitis C": "hepatitis-c",
    "hepatitis E": "hepatitis-e",
    "HIV infection": "hiv-infection",
    "syphilis": "syphilis",
    "CKD": "chronic-kidney-disease",
    "renal failure": "renal-failure",
    "hepatic failure": "hepatic-failure",
    "malignancy": "malignancy",
    "personal history of malignancy": "history-of-malignancy",
    "hypertension": "hypertension",
    "diabetes": "diabetes",
    "coagulopathy": "coagulopathy",
    "venous thromboembolism": "venous-thromboembolism",
    "respiratory failure": "respiratory-failure",
    "tracheostomy (procedure)": "tracheostomy",
    "tracheostomy status": "tracheostomy-status",
    "history of tracheostomy": "history-of-tracheostomy",
    "invasive mechanical ventilation": "invasive-ventilation",
    "ventilator dependence": "ventilator-dependence",
    "gastrostomy": "gastrostomy",
    "gastrostomy status": "gastrostomy-status",
    "history of gastrostomy": "history-of-gastrostomy",
    "nasogastric tube device": "nasogastric-tube",
    "total parenteral nutrition": "parenteral-nutrition",
    "organ transplant": "organ-transplant",
    "transplant status": "transplant-status",
    "heart disease": "heart-disease",
    "alcohol abuse/dependence": "alcohol-abuse",
    "drug abuse": "drug-abuse",
    "breastfeeding": "breastfeeding",
    "anaphylaxis": "anaphylaxis",
    "skin infection": "skin-infection",
    "riluzole": "riluzole",
    "corticosteroids": "corticosteroid",
    "immunosuppressants": "immunosuppressant",
    "warfarin": "anticoagulant",
    "enoxaparin": "anticoagulant",
    "apixaban": "anticoagulant",
    "rivaroxaban": "anticoagulant",
    "dabigatran": "anticoagulant",
    "edoxaban": "anticoagulant",
    "acenocoumarol": "anticoagulant",
    "phenprocoumon": "anticoagulant",
    "fondaparinux (product)": "anticoagulant",
    "vitamin K antagonists": "anticoagulant",
    "heparin group": "anticoagulant",
    "direct thrombin inhibitors": "anticoagulant",
    "direct factor Xa inhibitors": "anticoagulant",
    "surgical procedure": "surgery",
}

# Codes that ICD-10 and its American form have in common, by what they are codes of.
ICD = {
    "dementia": "F01.5 F02.8 F03 F03.9 G30.9",
    "schizophrenia": "F20.0 F20.9",
    "bipolar-disorder": "F31.0 F31.6 F31.9",
    "severe-depression": "F32.2 F32.3 F33.2 F33.3",
    "mental-disorder": "F18.1 F32.9 F41.1 F99",
    "myopathy": "G71.0 G72.4",
    "metabolic-myopathy": "G71.3 E74.0",
    "peripheral-neuropathy": "G60.0 G61.0 G63.2 E10.4 E11.4 E13.4",
    "impaired-consciousness": "R40.0 R40.1",
    "other-neurological-disease": "G20 G35 G40.9 G91.2",
    "organic-intracranial-disease": "C71.9 G91.1 I61.9 D33.0",
    "tuberculosis": "A15.0 A17.0 A19.9",
    "lung-disease": "J44.9 J45.9 J84.1",
    "respiratory-failure": "J96.0 J96.9",
    "hypertension": "I10 I11.9 I12.9 I13.9",
    "heart-disease": "I25.1 I48.9 I34.0 I50.9 I42.0",
    "myocardial-infarction": "I21.0 I22.0",
    "heart-failure": "I50.0 I50.9",
    "cirrhosis": "K70.3 K74.6",
    "hepatic-failure": "K72.0 K72.9",
    "chronic-hepatitis": "B18.1 B18.2 K73.2",
    "hepatitis-a": "B15.9",
    "syphilis": "A50.9 A53.9",
    "skin-infection": "L00 L02.2 L08.9",
    "acute-infection": "J18.9 N39.0 A41.9 J06.9 B01.9 L03.1",
    "systemic-infection": "A40.0 A41.9",
    "chronic-kidney-disease": "N18.1 N18.5 N18.9",
    "renal-failure": "N17.9 N19",
    "malignancy": "C00.0 C34.9 C50.9 C61 C90.0 C95.9",
    "history-of-malignancy": "Z85.0 Z85.3",
    "diabetes": "E10.9 E11.9 E13.9",
    "diabetes-with-complications": "E10.2 E10.5 E11.3 E11.6",
    "coagulopathy": "D65 D66 D68.2 D69.9",
    "bleeding": "K92.2 I61.0",
    "venous-thromboembolism": "I26.9 I82.9",
    "rheumatoid-arthritis": "M05.9 M06.9",
    "gout": "M10.0 M10.9",
    "osteoarthritis": "M15.0 M17.1 M19.9",
    "autoimmune-disease": "M32.9 G35 K50.9 G70.0",
    "injury": "S00.0 S72.0 T14",
    "alcohol-abuse": "F10.1 F10.2",
    "drug-abuse": "F11.1 F11.2 F14.2 F19.2",
    "pregnancy": "Z34.9 O24.4",
    "transplant-status": "Z94.0 Z94.4",
    "anaphylaxis": "T78.2 T88.6",
}
ATC = {
    "riluzole": "N07XX02",
    "anticoagulant": "B01AA03 B01AB05 B01AE07 B01AF02",
    "corticosteroid": "H02AB06 H02AB02",
    "immunosuppressant": "L04AX03 L04AD02",
    "immunoglobulin": "J06BA02",
    "anti-infective": "J01CA04 J02AC01 J05AB01",
    "antitubercular": "J04AC01 J04AM02",
    "antineoplastic": "L01BA01 L01AA01",
}

# What is easily taken for something else: the code, and what it is not a code of.
NOT = [
    ("icd-10-cm", "D05.1", "malignancy"),
    ("icd-10-cm", "D33.0", "malignancy"),
    ("icd-10", "D12.6", "malignancy"),
    ("icd-10-cm", "F17.210", "drug-abuse"),
    ("icd-10-cm", "F11.21", "drug-abuse"),
    ("icd-10-cm", "F10.21", "alcohol-abuse"),
    ("icd-10", "F17.2", "mental-disorder"),
    ("icd-10-cm", "F32.9", "severe-depression"),
    ("icd-10-cm", "F32.0", "severe-depression"),
    ("icd-10-cm", "F31.74", "bipolar-disorder"),
    ("icd-10-cm", "G12.21", "other-neurological-disease"),
    ("icd-10", "G12.2", "als"),
    ("icd-10-cm", "D68.32", "coagulopathy"),
    ("icd-10-cm", "N17.9", "chronic-kidney-disease"),
    ("icd-10-cm", "E11.9", "diabetes-with-complications"),
    ("icd-10-cm", "K74.0", "cirrhosis"),
    ("icd-10-cm", "I10", "heart-disease"),
    ("icd-10-cm", "R04.0", "bleeding"),
    ("icd-10-cm", "E11.9", "peripheral-neuropathy"),
    ("atc", "B01AC06", "anticoagulant"),
    ("atc", "A07EA06", "corticosteroid"),
    ("atc", "J04AC01", "anti-infective"),
    ("snomed", "709115004", "stem-cell-transplant"),
    ("snomed", "40462002", "tracheostomy"),
    ("snomed", "160884000", "pregnancy"),
    ("snomed", "160280002", "tuberculosis"),
    ("snomed", "60001007", "pregnancy"),
    ("loinc", "69982-7", "fvc-percent-predicted"),
    ("loinc", "19926-5", "fvc-percent-predicted"),
    ("loinc", "33914-3", "creatinine-clearance"),
]


def _concepts(system: str, code: str) -> frozenset[str]:
    uri = mapping("systems")["systems"][system] if "/" not in system else system
    return terminology().concepts_of(terminology().coding(uri, code))


@pytest.mark.parametrize(("system", "code", "concept"), NOT)
def test_a_code_is_not_of_what_it_is_easily_taken_for(system: str, code: str, concept: str) -> None:
    """Benign is not malignant, abstinence is no abuse, a history is no disease, another scale is another value."""
    assert concept in terminology().concepts
    assert concept not in _concepts(system, code)


@pytest.mark.parametrize("system", ["icd-10", "icd-10-cm"])
@pytest.mark.parametrize(("concept", "codes"), ICD.items())
def test_a_disease_is_known_by_its_codes_in_icd_10(concept: str, codes: str, system: str) -> None:
    """Codes of a chapter, a category and a subcategory, as hospitals write them."""
    assert [code for code in codes.split() if concept not in _concepts(system, code)] == []


@pytest.mark.parametrize(("concept", "codes"), ATC.items())
def test_a_drug_is_known_by_the_substances_of_its_group(concept: str, codes: str) -> None:
    """The code of a substance lies below that of its group."""
    assert [code for code in codes.split() if concept not in _concepts("atc", code)] == []


@pytest.mark.parametrize(("label", "concept"), LABELS.items())
def test_every_verified_code_of_a_label_is_of_its_concept(shared: Path, label: str, concept: str) -> None:
    """No code that is known to be used is left out."""
    with (shared / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["where_seen"] not in ("", "rejected")]
    codes = {(row["system"], row["code"]) for row in rows if row["concept"] == label}
    assert codes
    assert {(system, code) for system, code in codes if concept not in _concepts(system, code)} == set()
