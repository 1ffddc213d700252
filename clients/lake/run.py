"""The data lake, read by tools of others: python run.py --url URL --token TOKEN --pg PORT"""

import argparse
import sys
from functools import partial
from pathlib import Path

import use_duckdb
import use_pandas
import use_psql
import use_release
from hospital import Lake

sys.path.insert(0, str(Path(__file__).parent.parent / "python"))
from proofs import Proofs  # noqa: E402 - beside the other clients


def main():
    """Runs every proof; the exit code says whether all held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", required=True)
    words.add_argument("--token", required=True)
    words.add_argument("--pg", required=True, type=int)
    given = words.parse_args()
    proofs = Proofs()
    proofs.prove_each((use_psql, use_pandas, use_duckdb, use_release), partial(in_lake, given))
    return 0 if proofs.sum_up() else 1


def in_lake(given, work):
    """Runs a proof with a fresh hospital and its snapshot."""
    with Lake(given.url, given.token, given.pg) as lake:
        work(lake)


if __name__ == "__main__":
    sys.exit(main())
