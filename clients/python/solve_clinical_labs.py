"""The labs about orders, results, roles, decision support and profiles, solved from outside with fhirpy.

What is FHIR goes through the client; what a form would do, such as signing an order, through the commands of the API.
"""

import re
from datetime import datetime

from practicum import MRN, patient_of

TASK = "https://practicum.example/task"
CRITICAL = {"HH", "LL"}


def critical_result(attempt):
    """Of the results that wait, the critical and valid one that is beyond its time is read back and noted."""
    client = attempt.fhir
    policy, now = int(attempt.told(r"within (\d+) minutes")), moment(attempt.told(r"It is (\S+?)[,.] "))
    tasks = client.resources("Task").search(code=f"{TASK}|acknowledge-result", status="requested").fetch_all()
    results = [client.get(*task["focus"]["reference"].split("/")) for task in tasks]
    [late] = [one for one in results if one["status"] == "final" and flag(one) in CRITICAL and waited(one, now) > policy]
    chart = client.get(*late["subject"]["reference"].split("/"))
    number = next(one["value"] for one in chart["identifier"] if one["system"] == MRN)
    attempt.answer("whose", number)
    attempt.answer("how-late", str(waited(late, now) - policy))

    value = late["valueQuantity"]["value"]
    told = {"read_back": f"{number}, {value}", "action": "The doctor on call is on the way; repeat in one hour"}
    attempt.command("acknowledge_result", {"observation": late["id"], **told})
    attempt.command("write_note", {"patient": chart["id"], "text": f"The laboratory called {value}, read back."})


def flag(result):
    """How far from normal the laboratory found a result: H, HH, L, LL, or nothing."""
    interpretations = result.get("interpretation")
    return interpretations[0]["coding"][0]["code"] if interpretations else None


def waited(result, now):
    """For how many minutes a result has been there."""
    return round((now - moment(result["issued"])).total_seconds() / 60)


def moment(text):
    """An instant of FHIR."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def order_to_result(attempt):
    """One order from its draft to its result, and one result back to its order."""
    order_and_report(attempt)
    client = attempt.fhir
    own, lost, ordered = attempt.told(r"Since yesterday\. .+? \(`(\w+)`, bed .+? had a (.+?) ordered at (\S+?)\. The")
    patient = patient_of(client, own)
    neighbour = patient_of(client, attempt.told(r"\(`(\w+)`\) had the same test"))
    waiting = client.resources("ServiceRequest").search(patient=patient.id, status="active").fetch_all()
    [order] = [one for one in waiting if one["code"]["text"] == lost and one["authoredOn"] == ordered]
    code = order["code"]["coding"][0]["code"]
    same = client.resources("DiagnosticReport").search(
        patient=f"{patient.id},{neighbour.id}", code=code, date__ge=ordered[:10]
    )
    report = stray(same.fetch_all(), order, patient)
    value = client.get(*report["result"][0]["reference"].split("/"))
    attempt.answer("value", str(value["valueQuantity"]["value"]))
    file_under(attempt, order, report, value)
    order["status"] = "completed"
    attempt.update(order)
    task = client.resources("Task").search(focus=f"ServiceRequest/{order['id']}").get()
    task["status"] = "completed"
    attempt.update(task)


def order_and_report(attempt):
    """Orders the test of this morning as the physician, and reports it as the laboratory."""
    number, test = attempt.told(r"\(record number `(\w+)`, bed .+? the doctor wants a (.+?), urgently")
    value = attempt.told(r"the laboratory calls out (\S+) ")
    patient = patient_of(attempt.fhir, number)
    draft = {"patient": patient.id, "orderable": f"lab-{test.lower()}", "priority": "urgent", "reason": "Bad night"}
    attempt.command("draft_order", draft)
    attempt.command("sign_orders", {"patient": patient.id, "override_reason": "Repeat after a bad night"})
    today = attempt.fhir.resources("ServiceRequest").search(patient=patient.id, authored__ge=attempt.now).get()
    attempt.command("record_result", {"order": today.id, "value": value})


def stray(reports, order, patient):
    """The report that repeats the number of an order it does not belong to, or names none at all."""
    for one in reports:
        if one.get("identifier", [{}])[0].get("value") == order["identifier"][0]["value"]:
            return one
    own = f"Patient/{patient.id}"
    return next(one for one in reports if "basedOn" not in one and one["subject"]["reference"] == own)


def file_under(attempt, order, report, value):
    """Puts value and report under their order; what stands in a wrong chart is marked there and written anew."""
    based_on = [order.to_reference()]
    if report["subject"]["reference"] == order["subject"]["reference"]:
        for one in (value, report):
            one["basedOn"] = based_on
            attempt.update(one)
        return
    right = {"basedOn": based_on, "subject": order["subject"], "encounter": order["encounter"]}
    written = anew(attempt.fhir, value, **right)
    anew(attempt.fhir, report, **right, result=[written.to_reference()])
    for one in (value, report):
        one["status"] = "entered-in-error"
        attempt.update(one)


def anew(client, resource, **other):
    """A new resource like this one but for some elements."""
    kept = {name: element for name, element in resource.items() if name not in ("resourceType", "id", "meta")}
    written = client.resource(resource["resourceType"], **{**kept, **other})
    written.save()
    return written


def order_set_and_alert(attempt):
    """The set by an update of its PlanDefinition, the rule by the command of Build, and a trial without a signature."""
    title = attempt.told(r"The order set .+? \(`(set-.+?)`\)")
    needed, unticked = attempt.told(r"tick .+? \(`(.+?)`\) to begin with; keep offering (.+?), but untick")
    order_set = attempt.fhir.get("PlanDefinition", title)
    tick(order_set["action"], needed, f"med-{unticked.lower().replace(' ', '-')}")
    attempt.update(order_set)

    rule = decided(attempt.brief)
    trial = rule.pop("trial")
    words = {"title": "What the committee decided", "message": "The medication committee advises against this order."}
    attempt.command("change_rule", {**rule, **words, "severity": "warning", "status": "active"})
    patient = patient_of(attempt.fhir, attempt.told(r"record number `(\w+)`, bed"))
    attempt.command("draft_order", {"patient": patient.id, "orderable": trial})
    attempt.command("sign_orders", {"patient": patient.id}, status=409)


def tick(groups, needed, unticked):
    """Ticks one line of an order set, which is added if it is not there, and takes the tick from another."""
    lines = {line["definitionCanonical"]: line for group in groups for line in group.get("action", [group])}
    catalogue = next(iter(lines)).rpartition("/")[0]
    lines[f"{catalogue}/{unticked}"].pop("precheckBehavior", None)
    line = lines.get(f"{catalogue}/{needed}")
    if not line:
        line = {"definitionCanonical": f"{catalogue}/{needed}"}
        groups[0].setdefault("action", []).append(line)
    line["precheckBehavior"] = "yes"


def decided(brief):
    """What the committee decided, as a rule of Build and the order to try it with."""
    nsaid = "%orderable.topic.coding.where(code = 'nsaid').exists()"
    limit = re.search(r"(?:is below|is above) ([\d.]*\d) (?:mmol/L|is interrupted)", brief)
    if "whose eGFR is below" in brief:
        condition = f"{nsaid} and %egfr < {limit[1]}"
        return {"id": "rule-nsaid-kidney", "trial": "med-naproxen", "condition": condition}
    if "newest potassium is above" in brief:
        high = f"%results.where(code.coding.code = '2823-3').valueQuantity.where(value > {limit[1]}).exists()"
        condition = f"%orderable.topic.coding.where(code = 'potassium').exists() and {high}"
        return {"id": "rule-potassium-high", "trial": "med-potassium-chloride", "condition": condition}
    other = "$this.endsWith('/med-ibuprofen') or $this.endsWith('/med-naproxen')"
    in_force = f"%orders.where(status = 'active').instantiatesCanonical.where({other}).exists()"
    return {"trial": "med-naproxen", "condition": f"{nsaid} and {in_force}"}


BOARD = {
    "Pharmacists may acknowledge critical results": ("pharmacist", "result.acknowledge"),
    "Bed managers may complete a discharge": ("bed-manager", "patient.discharge"),
    "Physicians no longer enter results": ("physician", "result.write"),
}
TRIED = {
    "give a drug": "administer_medication",
    "merge two charts": "merge_patients",
    "open a restricted chart by giving a reason": "break_glass",
    "sign orders": "sign_orders",
    "write a note": "write_note",
}


def role_matrix(attempt):
    """What the upgrade changed is taken back, but for what the board decided; then both halves are tried."""
    client = attempt.fhir
    past = client.execute("CodeSystem/practicum-roles/_history", method="get")["entry"]
    before = grants(past[1]["resource"])
    matrix = client.get("CodeSystem", "practicum-roles")
    kept = next(what for words, what in BOARD.items() if words in attempt.brief)
    for concept in matrix["concept"]:
        for one in concept["property"]:
            what = (concept["code"], one["code"])
            if what in before and what != kept:
                one["valueBoolean"] = before[what]
    attempt.update(matrix)

    may, words = attempt.told(r"As ([a-z-]+), (.+?) \(or try;")
    attempt.work_as(may)
    attempt.command(TRIED[words], {}, status=422)
    may_not, words = attempt.told(r"As ([a-z-]+), try to (.+?), and be refused")
    attempt.work_as(may_not)
    attempt.command(TRIED[words], {}, status=403)


def grants(matrix):
    """Which role has which permission."""
    properties = [(concept["code"], one) for concept in matrix["concept"] for one in concept["property"]]
    return {(role, one["code"]): one["valueBoolean"] for role, one in properties if "valueBoolean" in one}


def profile_repair(attempt):
    """Both records, repaired by the letter until $validate finds no error."""
    client = attempt.fhir
    for kind, id_ in re.findall(r"\* the [a-z ]+: `(\w+)/(\w+)`", attempt.brief):
        assert errors(client, kind, id_), f"{kind} keeps its profile already"
        record = client.get(kind, id_)
        LETTER[kind](record)
        attempt.update(record)
        assert not errors(client, kind, id_), errors(client, kind, id_)


def errors(client, kind, id_):
    """The errors that $validate finds in a record."""
    issues = client.execute(f"{kind}/{id_}/$validate", method="get")["issue"]
    return [issue for issue in issues if issue["severity"] in ("error", "fatal")]


def coded(system, code):
    """A concept of one code."""
    return {"coding": [{"system": system, "code": code}]}


def mend_patient(it):
    it["identifier"][0]["system"] = "https://ambulance.example/patient"
    it["telecom"][0]["system"] = "phone"
    it["gender"] = "female"


def mend_encounter(it):
    it["identifier"][0]["system"] = "https://ambulance.example/run"
    it["type"] = [coded("http://snomed.info/sct", "50849002")]


def mend_observation(it):
    value = float(re.search(r"Potassium ([\d.]+)", it["note"][0]["text"])[1])
    it["category"] = [coded("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")]
    it["valueQuantity"] = {"value": value, "unit": "mmol/L", "system": "http://unitsofmeasure.org", "code": "mmol/L"}


def mend_report(it):
    it["category"] = [coded("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB")]
    it["issued"] = "2031-03-03T19:05:00Z"


def mend_condition(it):
    it["category"] = [coded("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item")]
    it["code"] = coded("http://snomed.info/sct", "44054006")


def mend_request(it):
    it["category"][0]["coding"][0]["code"] = "community"
    it["requester"] = {"display": "Doctor Amara Nnadi"}


# What the senders' letters say, by the type of the record.
LETTER = {
    "Patient": mend_patient,
    "Encounter": mend_encounter,
    "Observation": mend_observation,
    "DiagnosticReport": mend_report,
    "Condition": mend_condition,
    "MedicationRequest": mend_request,
}

CLINICAL_LABS = {
    "critical-result": critical_result,
    "order-to-result": order_to_result,
    "order-set-and-alert": order_set_and_alert,
    "role-matrix": role_matrix,
    "profile-repair": profile_repair,
}
