"""All labs, solved from outside with fhirpy, the way a learner with a FHIR client would; here the first three."""

from datetime import date

from practicum import MRN, Attempt, patient_of
from solve_clinical_labs import CLINICAL_LABS

LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
INGREDIENTS = {"amoxicillin": "723", "sulfamethoxazole": "10180", "codeine": "2670", "morphine": "7052"}
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"


def solve(url, token, lab):
    """Begins an attempt, solves it, and waits for its checks."""
    attempt = Attempt(url, token, lab)
    LABS[lab](attempt)
    attempt.wait_until_finished()


def first_shift(attempt):
    """Register, admit, transfer, discharge."""
    client, now = attempt.fhir, attempt.now
    person = register(attempt)
    stay = client.resource(
        "Encounter",
        status="in-progress",
        **{"class": coding(f"{TERMINOLOGY}/v3-ActCode", "IMP")},
        subject=person.to_reference(),
        period={"start": now},
        location=[place(bed(client, attempt.told(r"Bed `(.+?)` on")), now)],
    )
    stay.save()
    vital_sign(client, person, 78, now, encounter=stay.to_reference()).save()

    moving = running_stay(client, attempt.told(r"\(`(\w+)`\) needs closer watching"))
    freed = [leave_bed(client, moving, now)]
    moving["location"].append(place(bed(client, attempt.told(r"goes up to bed `(.+?)`")), now))
    attempt.update(moving)

    leaving = running_stay(client, attempt.told(r"\(`(\w+)`\) has the letter in hand"))
    freed.append(leave_bed(client, leaving, now))
    leaving["status"] = "finished"
    leaving["period"]["end"] = now
    attempt.update(leaving)

    attempt.answer("beds-freed", ", ".join(freed))


def register(attempt):
    """The chart of whoever stands at the desk: the one there is, brought up to date, or a new one."""
    given, family, born, gender = attempt.told(r"At the desk stands (\S+) (.+?), born (\S+), (\w+),")
    number, line, city, code = attempt.told(r"telephone today is (.+?); the address is (.+), (.+?) (\d{5})\.")
    phones = [{"system": "phone", "value": number, "use": "home"}]
    homes = [{"use": "home", "line": [line], "city": city, "postalCode": code}]
    chart = attempt.fhir.resources("Patient").search(family=family, given=given, birthdate=born).first()
    if chart:
        chart["telecom"], chart["address"] = phones, homes
        attempt.update(chart)
        return chart
    chart = attempt.fhir.resource(
        "Patient",
        active=True,
        identifier=[{"system": MRN, "value": attempt.told(r"take number `(\d+)`")}],
        name=[{"use": "official", "family": family, "given": [given]}],
        gender=gender,
        birthDate=born,
        telecom=phones,
        address=homes,
    )
    chart.save()
    return chart


def bed(client, label):
    """The bed with this label on its door."""
    return client.resources("Location").search(identifier=label).get()


def running_stay(client, number):
    """The stay of the inpatient with this record number."""
    patient = patient_of(client, number)
    stays = client.resources("Encounter").search(patient=patient.id, status="in-progress", **{"class": "IMP"})
    return stays.get()


def place(where, now):
    """A stay's entry for the bed someone lies in from now on."""
    return {"location": where.to_reference(), "status": "active", "period": {"start": now}}


def leave_bed(client, stay, now):
    """Ends the stay's hold on its bed, and returns the bed's label."""
    entry = next(entry for entry in stay["location"] if entry["status"] == "active")
    entry["status"] = "completed"
    entry.setdefault("period", {})["end"] = now
    left = client.get(*entry["location"]["reference"].split("/"))
    return left["identifier"][0]["value"]


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
        subject=client.reference("Patient", patient["id"]),
        effectiveDateTime=now,
        valueQuantity={"value": rate, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"},
        **more,
    )


def fhir_by_hand(attempt):
    """Read, search, page, create, update."""
    client, now = attempt.fhir, attempt.now
    found = client.resources("Patient").search(identifier=attempt.told(r"wristband with number `(\w+)`")).get()
    chart = client.get("Patient", found.id)
    attempt.answer("born", chart["birthDate"])

    earlier = client.resources("Observation").search(patient=chart.id, date__lt=now[:10])
    attempt.answer("how-many", str(earlier.count()))
    assert len(earlier.limit(10).fetch_all()) == earlier.count(), "the pages together are not what was counted"

    if "pulse" in attempt.brief:
        vital_sign(client, chart, int(attempt.told(r"pulse of (\d+)")), now).save()
    else:
        allergy(client, chart, *attempt.told(r"that (\w+) once caused (.+?)\. Record"), now).save()

    phones = [{"system": "phone", "value": attempt.told(r"number has changed to `(.+?)`"), "use": "home"}]
    chart["telecom"] = phones
    attempt.update(chart)


def allergy(client, patient, substance, reaction, now):
    """An active allergy to a substance, as the patient tells it."""
    return client.resource(
        "AllergyIntolerance",
        clinicalStatus={"coding": [coding(f"{TERMINOLOGY}/allergyintolerance-clinical", "active")]},
        verificationStatus={"coding": [coding(f"{TERMINOLOGY}/allergyintolerance-verification", "unconfirmed")]},
        code={"coding": [coding(RXNORM, INGREDIENTS[substance])], "text": substance},
        patient=client.reference("Patient", patient["id"]),
        recordedDate=now,
        reaction=[{"manifestation": [{"text": reaction}]}],
    )


def two_charts(attempt):
    """Find the second chart of one person, link both, leave the look-alike alone."""
    client = attempt.fhir
    number = attempt.told(r"number `(\w+)`")
    first = patient_of(client, number)
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


LABS = {
    "first-shift": first_shift,
    "fhir-by-hand": fhir_by_hand,
    "two-charts-one-patient": two_charts,
    **CLINICAL_LABS,
}
