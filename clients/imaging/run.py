"""Every proof with imaging clients: python run.py --url URL --token TOKEN --dicom PORT"""

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

import use_dcmtk
import use_dicomweb_client
import use_orthanc
import use_pynetdicom
from archive import Archive

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
from proofs import Proofs  # noqa: E402 - beside the other clients


def main():
    """Runs every proof; the exit code says whether all held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", required=True)
    words.add_argument("--token", required=True)
    words.add_argument("--dicom", required=True, type=int)
    given = words.parse_args()
    proofs = Proofs()
    proofs.prove_each((use_dcmtk, use_pynetdicom, use_dicomweb_client, use_orthanc), partial(in_archive, given))
    return 0 if proofs.sum_up() else 1


def in_archive(given, work):
    """Runs a proof with a fresh hospital and an empty folder."""
    with tempfile.TemporaryDirectory() as folder, Archive(given.url, given.token, given.dicom) as archive:
        work(archive, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
