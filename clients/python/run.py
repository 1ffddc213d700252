"""Every proof with clients in Python: python run.py --url URL --token TOKEN --sign-in LINK --mllp PORT --ndjson FOLDER --practicum BINARY"""

import argparse
import sys
from functools import partial

import export_in_bulk
import match_couples
import match_places
import send_messages
import use_authlib
import use_fhirclient
import use_icalendar
import use_web3
import verify_badges
from accept_resources import accept, files
from proofs import Proofs
from solve_labs import LABS, solve


def main():
    """Runs every proof; the exit code says whether all held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", required=True)
    words.add_argument("--token", required=True)
    words.add_argument("--sign-in", required=True)
    words.add_argument("--instructor", required=True)
    words.add_argument("--practicum", required=True)
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
    for name, work in use_web3.PROOFS.items():
        proofs.prove(f"web3 {name}", partial(use_web3.in_sandbox, work, given.url, given.token))
    for name, work in use_authlib.PROOFS.items():
        proofs.prove(f"authlib {name}", partial(work, given.url, given.token))
    for name, work in send_messages.PROOFS.items():
        proofs.prove(name, partial(send_messages.in_sandbox, work, given.url, given.token, given.mllp))
    for name, work in verify_badges.PROOFS.items():
        proofs.prove(f"openbadgeslib {name}", partial(work, given.url, given.sign_in))
    for name, work in use_icalendar.PROOFS.items():
        proofs.prove(f"icalendar {name}", partial(work, given.url, given.instructor))
    for name, work in match_places.PROOFS.items():
        proofs.prove(f"{name} places alike", partial(work, given.practicum))
    for name, work in match_couples.PROOFS.items():
        proofs.prove(f"{name} finds nobody whom the audit does not", partial(work, given.practicum))
    return 0 if proofs.sum_up() else 1


if __name__ == "__main__":
    sys.exit(main())
