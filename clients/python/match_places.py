"""The match of the command line against three solvers by others: `matching`, `algmatch`, and their common definition of blocking."""

import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from algmatch import HospitalResidentsProblem
from matching.games import HospitalResident


def write(folder, name, headings, rows):
    """Writes a CSV file and returns its path."""
    path = Path(folder) / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *rows])
    return str(path)


def market(seed, applicants, programs, wishes):
    """Lists of both sides without ties: applicants, programmes, capacities."""
    dice = random.Random(seed)
    likes = {f"a{who}": dice.sample([f"p{at}" for at in range(programs)], wishes) for who in range(applicants)}
    asked = {f"p{at}": [who for who, list_ in likes.items() if f"p{at}" in list_] for at in range(programs)}
    asked = {program: dice.sample(who, len(who)) for program, who in asked.items() if who}
    places = {program: dice.randint(1, max(1, applicants // programs)) for program in asked}
    return likes, asked, places


def ours(practicum, likes, asked, places):
    """Who got what, as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        programs = write(folder, "programs.csv", ["program", "capacity"], places.items())
        rows = [(who, rank + 1, program) for who, list_ in likes.items() for rank, program in enumerate(list_)]
        applicants = write(folder, "applicants.csv", ["applicant", "rank", "program"], rows)
        rows = [(program, rank + 1, who) for program, list_ in asked.items() for rank, who in enumerate(list_)]
        ranks = write(folder, "ranks.csv", ["program", "rank", "applicant"], rows)
        words = [practicum, "match", "--programs", programs, "--applicant-ranks", applicants, "--program-ranks", ranks]
        said = subprocess.run([*words, "--json"], capture_output=True, check=True, text=True).stdout
    said = json.loads(said)
    assert said["audit"]["stable"], said["audit"]["blocking"]
    return {one["applicant"]: one["program"] for one in said["matched"]}


def agrees_with_matching(practicum):
    """Two thousand applicants, placed alike."""
    sys.setrecursionlimit(100_000)
    for seed, (applicants, programs) in enumerate([(20, 4), (200, 20), (2_000, 150)]):
        likes, asked, places = market(seed, applicants, programs, min(programs, 6))
        solved = HospitalResident.create_from_dictionaries(likes, asked, places).solve(optimal="resident")
        theirs = {str(who): str(program) for program, taken in solved.items() for who in taken}
        assert ours(practicum, likes, asked, places) == theirs, f"seed {seed}"


def agrees_with_algmatch(practicum):
    """Sixty small markets, placed alike."""
    for seed in range(60):
        likes, asked, places = market(100 + seed, 12, 5, 3)
        number = lambda name: int(name[1:]) + 1
        numbers = {program: at + 1 for at, program in enumerate(asked)}
        given = {
            "residents": {number(who): [numbers[one] for one in list_] for who, list_ in likes.items()},
            "hospitals": {
                numbers[one]: {"capacity": places[one], "preferences": [number(who) for who in list_]}
                for one, list_ in asked.items()
            },
        }
        solved = HospitalResidentsProblem(dictionary=given, optimised_side="residents").get_stable_matching()
        theirs = {resident: hospital for resident, hospital in solved["resident_sided"].items() if hospital}
        mine = {number(who): numbers[one] for who, one in ours(practicum, likes, asked, places).items()}
        assert {f"r{who}": f"h{one}" for who, one in mine.items()} == theirs, f"seed {seed}: {mine} {theirs}"


PROOFS = {"matching": agrees_with_matching, "algmatch": agrees_with_algmatch}
