"""All labs, solved from outside with fhirpy, the way a learner with a FHIR client would."""

import re
from datetime import date

from practicum import Attempt

MRN = "https://practicum.example/mrn"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"


def solve(url, token, lab):
    """Begins an attempt, solves it, and waits for its checks."""
    attempt = Attempt(url, token, lab)
    LABS[lab](attempt)
    attempt.wait_until_finished()


def first_shift(attempt):
    """Register, admit, transfer, discharge."""
    params = attempt.params
    client = attempt.fhir()
    person = register(attempt, params["newcomer"], params["contact"], params["spare_number"])
    now = params["now"]
    stay = client.resource(
        "Encounter",
        status="in-progress",
        **{"class": coding(f"{TERMINOLOGY}/v3-ActCode", "IMP")},
        subject=person.to_reference(),
        period={"start": now},
        location=[place(params["bed"], now)],
    )
    stay.save()
    vital_sign(client, person, 78, now, encounter=stay.to_reference()).save()

    moving = client.get("Encounter", params["stays"][0]["id"])
    leave_bed(moving, now)
    moving["location"].append(place(params["target"], now))
    attempt.update(moving)

    leaving = client.get("Encounter", params["stays"][1]["id"])
    leave_bed(leaving, now)
    leaving["status"] = "finished"
    leaving["period"]["end"] = now
    attempt.update(leaving)

    freed = [stay["location"]["label"] for stay in params["stays"][:2]]
    attempt.answer("beds-freed", ", ".join(freed))


def register(attempt, newcomer, contact, number):
    """The chart of a person: the one there is, brought up to date, or a new one."""
    client = attempt.fhir()
    reach = {
        "telecom": [{"system": "phone", "value": contact["phone"], "use": "home"}],
        "address": [
            {"use": "home", "line": [contact["line"]], "city": contact["city"], "postalCode": contact["postal_code"]}
        ],
    }
    wanted = {"family": newcomer["family"], "given": newcomer["given"], "birthdate": newcomer["birth_date"]}
    chart = client.resources("Patient").search(**wanted).first()
    if chart:
        chart["telecom"], chart["address"] = reach["telecom"], reach["address"]
        attempt.update(chart)
        return chart
    chart = client.resource(
        "Patient",
        active=True,
        identifier=[{"system": MRN, "value": number}],
        name=[{"use": "official", "family": newcomer["family"], "given": [newcomer["given"]]}],
        gender=newcomer["gender"],
        birthDate=newcomer["birth_date"],
        **reach,
    )
    chart.save()
    return chart


def place(bed, now):
    """A stay's entry for the bed someone lies in from now on."""
    return {"location": {"reference": f"Location/{bed['id']}"}, "status": "active", "period": {"start": now}}


def leave_bed(stay, now):
    """Ends the stay's hold on the beds it has."""
    for entry in stay["location"]:
        if entry["status"] == "active":
            entry["status"] = "completed"
            entry.setdefault("period", {})["end"] = now


def coding(system, code):
    """One code."""
    return {"system": system, "code": code}


def vital_sign(client, patient, rate, now, **more):
    """A heart rate, taken now."""
    return client.resource(
        "Observation",
        status="final",
        category=[{"coding": [coding(f"{TERMINOLOGY}/observation-category", "vital-signs")]}],
        code={"coding": [coding(LOINC, "8867-4")]},
        subject=patient.to_reference(),
        effectiveDateTime=now,
        valueQuantity={"value": rate, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"},
        **more,
    )


def fhir_by_hand(attempt):
    """Read, search, page, create, update."""
    params = attempt.params
    client = attempt.fhir()
    found = client.resources("Patient").search(identifier=params["stays"][0]["patient"]["mrn"]).get()
    chart = client.get("Patient", found.id)
    attempt.answer("born", chart["birthDate"])

    earlier = client.resources("Observation").search(patient=chart.id, date__lt=params["today"])
    attempt.answer("how-many", str(earlier.count()))
    assert len(earlier.limit(10).fetch_all()) == earlier.count(), "the pages together are not what was counted"

    if "pulse" in attempt.brief:
        vital_sign(client, chart, params["pulse"], params["now"]).save()
    else:
        allergy(client, chart, params["substance"], params["now"]).save()

    chart["telecom"] = [{"system": "phone", "value": params["contact"]["phone"], "use": "home"}]
    attempt.update(chart)


def allergy(client, patient, substance, now):
    """An active allergy to a substance, as the patient tells it."""
    return client.resource(
        "AllergyIntolerance",
        clinicalStatus={"coding": [coding(f"{TERMINOLOGY}/allergyintolerance-clinical", "active")]},
        verificationStatus={"coding": [coding(f"{TERMINOLOGY}/allergyintolerance-verification", "unconfirmed")]},
        code={"coding": [coding(RXNORM, substance["code"])], "text": substance["name"]},
        patient=patient.to_reference(),
        recordedDate=now,
        reaction=[{"manifestation": [{"text": substance["reaction"]}]}],
    )


def two_charts(attempt):
    """Find the second chart of one person, link both, leave the look-alike alone."""
    client = attempt.fhir()
    number = re.search(r"number\s+`(\w+)`", attempt.brief).group(1)
    first = client.resources("Patient").search(identifier=f"{MRN}|{number}").get()
    others = candidates(client, first)
    second = max(others, key=lambda other: agreement(first, other))
    namesakes = [other for other in others if names(other) == names(first) and other.id != second.id]
    look_alike = min(namesakes, key=lambda other: days_apart(first, other))
    attempt.answer("twin", record_number(second))
    attempt.answer("look-alike", record_number(look_alike))

    second["active"] = False
    second.setdefault("link", []).append({"other": first.to_reference(), "type": "replaced-by"})
    attempt.update(second)
    first.setdefault("link", []).append({"other": second.to_reference(), "type": "replaces"})
    attempt.update(first)


def candidates(client, chart):
    """Every other chart that shares one thing with this one, searched for by one thing at a time."""
    family, given = names(chart)
    ways = [
        {"family": family, "given": given},
        {"birthdate": chart["birthDate"], "gender": chart["gender"]},
        {"birthdate": chart["birthDate"], "family": family},
        {"phone": phone(chart)},
        {"address": street(chart)},
    ]
    found = {}
    for way in ways:
        for other in client.resources("Patient").search(**way).fetch_all():
            found[other.id] = other
    found.pop(chart.id, None)
    return list(found.values())


def agreement(one, other):
    """How many of the things that identify a person two charts share."""
    things = [names(one)[0] == names(other)[0], names(one)[1] == names(other)[1]]
    things += [one["gender"] == other["gender"], one["birthDate"] == other["birthDate"]]
    things += [phone(one) == phone(other), street(one) == street(other)]
    return sum(things)


def names(chart):
    """Family name and first given name."""
    return chart["name"][0]["family"], chart["name"][0]["given"][0]


def phone(chart):
    """The first telephone number, if there is one."""
    return next((point["value"] for point in chart.get("telecom", []) if point["system"] == "phone"), None)


def street(chart):
    """The first line of the first address."""
    return chart["address"][0]["line"][0]


def record_number(chart):
    """The hospital's own number of a chart."""
    return next(number["value"] for number in chart["identifier"] if number["system"] == MRN)


def days_apart(one, other):
    """How far two birth dates are from each other."""
    return abs((date.fromisoformat(one["birthDate"]) - date.fromisoformat(other["birthDate"])).days)


LABS = {"first-shift": first_shift, "fhir-by-hand": fhir_by_hand, "two-charts-one-patient": two_charts}
