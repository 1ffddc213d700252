"""Every proof with clients in Python: python run.py --url URL --token TOKEN --mllp PORT --ndjson FOLDER"""

import argparse
import sys
from functools import partial

import export_in_bulk
import send_messages
import use_fhirclient
from accept_resources import accept, files
from proofs import Proofs
from solve_labs import LABS, solve


def main():
    """Runs every proof; the exit code says whether all held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", required=True)
    words.add_argument("--token", required=True)
    words.add_argument("--mllp", required=True, type=int)
    words.add_argument("--ndjson", required=True)
    given = words.parse_args()
    proofs = Proofs()
    for file in files(given.ndjson):
        proofs.prove(f"fhir.resources accepts {file.stem}", partial(accept, file))
    for lab in LABS:
        proofs.prove(f"fhirpy solves {lab}", partial(solve, given.url, given.token, lab))
    for name, work in use_fhirclient.PROOFS.items():
        proofs.prove(f"fhirclient {name}", partial(use_fhirclient.in_sandbox, work, given.url, given.token))
    for name, work in export_in_bulk.PROOFS.items():
        proofs.prove(f"smart-fetch exports {name}", partial(work, given.url, given.token))
    for name, work in send_messages.PROOFS.items():
        proofs.prove(name, partial(send_messages.in_sandbox, work, given.url, given.token, given.mllp))
    return 0 if proofs.sum_up() else 1


if __name__ == "__main__":
    sys.exit(main())
