"""`fhir.resources` reads a sample of every resource type in a folder of NDJSON files."""

import json
from pathlib import Path

from fhir.resources.R4B import get_fhir_model_class

SAMPLE = 200


def files(folder):
    """The NDJSON files, one for each type."""
    found = sorted(Path(folder).glob("*.ndjson"))
    if not found:
        raise FileNotFoundError(f"no NDJSON files in {folder}")
    return found


def accept(file):
    """Every sampled line of a file is a valid resource of its type."""
    lines = file.read_text(encoding="utf-8").splitlines()
    step = max(1, len(lines) // SAMPLE)
    for number in range(0, len(lines), step):
        resource = json.loads(lines[number])
        try:
            get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        except ValueError as error:
            raise ValueError(f"{file.name}, line {number + 1}: {error}") from error
