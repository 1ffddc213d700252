"""The match of the command line with couples, judged by PyPI's `pyhrtc`: whom does it find that would rather have each other?"""

import json
import random
import subprocess
import tempfile

from match_places import write
from pyhrtc.basics import STABILITY, Agent, Couple, Instance, Matching

MARKETS = 60


def market(seed, applicants, programs, couples, wishes):
    """Lists of singles, of couples (pairs of different programmes), of programmes; and capacities. Nobody ties anybody."""
    dice = random.Random(seed)
    people = [f"a{who}" for who in range(applicants)]
    names = [f"p{at}" for at in range(programs)]
    pairs = [(people[2 * at], people[2 * at + 1]) for at in range(couples)]
    singles = {who: dice.sample(names, wishes) for who in people[2 * couples :]}
    choices = [(one, other) for one in names for other in names if one != other]
    joint = {pair: dice.sample(choices, wishes) for pair in pairs}
    asked = {name: [] for name in names}
    for who, wished in singles.items():
        for name in wished:
            asked[name].append(who)
    for pair, wished in joint.items():
        for at in range(2):
            for name in {both[at] for both in wished}:
                asked[name].append(pair[at])
    asked = {name: dice.sample(who, len(who)) for name, who in asked.items()}
    places = {name: dice.randint(1, max(1, applicants // programs)) for name in names}
    return singles, joint, asked, places


def ours(practicum, singles, joint, asked, places):
    """Who got what, and what the audit says of it."""
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "--programs": write(folder, "programs.csv", ["program", "capacity"], places.items()),
            "--applicant-ranks": write(
                folder,
                "applicants.csv",
                ["applicant", "rank", "program"],
                [(who, rank, name) for who, wished in singles.items() for rank, name in enumerate(wished, 1)],
            ),
            "--program-ranks": write(
                folder,
                "ranks.csv",
                ["program", "rank", "applicant"],
                [(name, rank, who) for name, people in asked.items() for rank, who in enumerate(people, 1)],
            ),
            "--couples": write(
                folder,
                "couples.csv",
                ["partner_a", "partner_b", "rank", "program_a", "program_b"],
                [(*pair, rank, *both) for pair, wished in joint.items() for rank, both in enumerate(wished, 1)],
            ),
        }
        words = [practicum, "match", *[word for pair in files.items() for word in pair], "--json"]
        said = json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)
    return {one["applicant"]: one["program"] for one in said["matched"]}, said["audit"]


def blocking(singles, joint, asked, places, got):
    """Those of whom `pyhrtc` says that they would rather have each other."""
    instance = Instance()
    agents = {}
    for who, wished in singles.items():
        agents[who] = Agent(who)
        agents[who].read_preferences(wished)
        instance.add_agent_left(agents[who])
    for pair, wished in joint.items():
        couple = Couple(*[agents.setdefault(who, Agent(who)) for who in pair])
        couple.preferences = [[f"{one},{other}"] for one, other in wished]
        instance.add_couple_left(couple)
    for name, people in asked.items():
        program = Agent(name, capacity=places[name])
        program.read_preferences(people)
        instance.add_agent_right(program)
    matching = Matching(instance, [(who, name) for who, name in got.items() if name])
    return list(matching.blocking_pairs(STABILITY.MM))


def swaps(one, joint, got):
    """Whether a couple would rather have places of which one is held by the partner, who leaves it: `pyhrtc` counts it as taken."""
    pair = tuple(one["applicants"])
    wished = joint.get(pair) or joint.get(pair[::-1]) or []
    held = {got.get(who) for who in pair}
    return any(held & set(both) for both in wished)


def agrees_with_pyhrtc(practicum):
    """
    What our audit calls stable, it calls stable; whom it finds, ours finds. Ours finds more in one case: a couple that would rather
    have places of which one is held by a partner, who would leave it.
    """
    stable = 0
    for seed in range(MARKETS):
        given = market(seed, 24, 8, 5, 3) if seed % 2 else market(seed, 120, 30, 20, 4)
        got, audit = ours(practicum, *given)
        found = blocking(*given, got)
        assert audit["stable"] == (not audit["blocking"]), audit
        assert not (audit["stable"] and found), f"market {seed}: the audit says stable, pyhrtc {found[:3]}"
        if not found:
            strict = [one for one in audit["blocking"] if not swaps(one, given[1], got)]
            assert not strict, f"market {seed}: pyhrtc says stable, the audit {strict[:3]}"
        stable += audit["stable"]
    assert stable > MARKETS // 2, f"only {stable} of {MARKETS} were stable"


PROOFS = {"pyhrtc": agrees_with_pyhrtc}
