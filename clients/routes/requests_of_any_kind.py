"""Requests to a FHIR server: types, interactions, parameters, operations and headers, taken from its CapabilityStatement."""

from dataclasses import dataclass, field
from urllib.parse import quote

import bodies
from values import HARD_DATES, criterion, text

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"]
MODIFIERS = ["", "", "", "exact", "contains", "text", "not", "in", "not-in", "above", "below", "of-type", "missing", "identifier", "Patient", "x"]
RESULTS = [
    "_count", "_sort", "_include", "_revinclude", "_include:iterate", "_summary", "_elements", "_total", "_contained", "_filter", "_has",
    "_list", "_type", "_since", "_at", "_page", "_format", "_pretty", "_typeFilter", "_outputFormat", "_id", "_lastUpdated", "_text",
]
RESULT_VALUES = [
    "0", "1", "1000000000000", "-1", "true", "false", "text", "data", "count", "json", "xml", "*", "none", "accurate", "-date", "_id,-_lastUpdated",
    "Observation:subject", "Patient:general-practitioner", "Observation:subject:Patient", "name eq \"a\"", "(name co \"a\" or not (birthdate lt 2000))",
    "((((((((((", "Patient,Observation", "Observation?code=a", "$current-allergies",
]
ENDS_OF_CHAINS = ["name", "_id", "subject.name", "x", "patient:Patient.family", "general-practitioner.name:exact", ""]
REVERSE_CHAINS = ["_has:Observation:patient:code", "_has:Encounter:subject:_has:Condition:encounter:code", "_has:", "_has:x:y:z"]
INPUTS = ["expression", "url", "code", "system", "filter", "count", "offset", "max", "start", "end", "_type", "date", "includeDesignations"]
EXPRESSIONS = [
    "Patient.name.given", "1 / 0", "'a' * 3", "repeat(contained)", "(1 | 2).aggregate($this + $total, 0)", "@9999-12-31 + 1000000 years",
    "9" * 40 + " * " + "9" * 40, "name.where(", "descendants().descendants().descendants()", "'" + "a" * 200 + "'.matches('(a+)+$')", "%resource",
    "http://hl7.org/fhir/ValueSet/administrative-gender", "http://loinc.org", "2147483648",
]
HEADERS = {
    "Content-Type": ["application/fhir+json", "application/json", "application/json-patch+json", "application/fhir+xml", "text/plain", "x", "application/x-www-form-urlencoded", ";;;", "application/fhir+json; charset=utf-16"],
    "Accept": ["application/fhir+json", "*/*", "application/fhir+xml", "text/html", "", "application/fhir+json;fhirVersion=4.0;q=0", "image/*;q=x"],
    "Prefer": ["return=minimal", "return=OperationOutcome", "handling=strict", "handling=lenient", "respond-async", "return=", ",;=,", "respond-async, return=minimal"],
    "If-Match": ['W/"1"', 'W/"999999999999999999999"', "1", "*", '""', "W/", 'W/"-1"', 'W/"1", W/"2"', "\xe9"],
    "If-None-Match": ["*", 'W/"1"', "x", "W/\"18446744073709551615\""],
    "If-None-Exist": ["identifier=a", "_id=a", "?name=x", "", "a", "name:exact=x&&&", "_has:x", "%", "\xff"],
    "If-Modified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "x", "Mon, 00 Jan 0000 00:00:00 GMT"],
    "X-Forwarded-Host": ["evil.example", "a/b", "\xe9"],
    "X-Forwarded-Proto": ["https", "x y"],
    "X-Request-Id": ["a", "\xe9" * 300],
    "Range": ["bytes=0-0", "bytes=5-1"],
}


@dataclass
class Asked:
    """One request, and how to send it again."""

    method: str
    address: str
    headers: dict = field(default_factory=dict)
    body: bytes | None = None


class Server:
    """What a server offers, by its CapabilityStatement, with some of its resources."""

    def __init__(self, statement, samples):
        rest = statement["rest"][0]
        self.samples = samples
        self.offered = {resource["type"]: resource for resource in rest["resource"]}
        self.operations = sorted({f"${one['name']}" for part in [rest, *rest["resource"]] for one in part.get("operation", [])})

    def request(self, chance):
        """A request of any kind: mostly one that the server offers, with a body of the right sort."""
        method, address = self.address(chance)
        if chance.random() < 0.1:
            method = chance.choice(METHODS)
        fitting = {"Content-Type": media_of(method, address)}
        headers = fitting if chance.random() < 0.5 else fitting | odd_headers(chance)
        has_body = method in ("POST", "PUT", "PATCH") or chance.random() < 0.05
        return Asked(method, address, headers, self.body(chance, method, address) if has_body else None)

    def address(self, chance):
        """A method, and an address that has it: percent-encoded, relative to the base."""
        sample = chance.choice(self.samples)
        kind, name = sample["resourceType"], sample["id"]
        if chance.random() < 0.2:
            kind = chance.choice([chance.choice(sorted(self.offered)), "Nothing", "patient", "_x", text(chance)])
        if chance.random() < 0.2:
            name = text(chance)
        methods, parts = chance.choice(self.shapes(chance, kind, name))
        pairs = self.query(chance, kind) if chance.random() < 0.6 else []
        return chance.choice(methods), joined(parts, pairs)

    def shapes(self, chance, kind, name):
        """Methods, and the parts of the addresses that offer them."""
        own = [f"${one['name']}" for one in self.offered.get(kind, {}).get("operation", [])] or ["$validate"]
        others = [*self.operations, "$nothing", "$export-status/x", "$export-file/x/y"]
        operation = chance.choice(own if chance.random() < 0.7 else others)
        other = chance.choice(sorted(self.offered)) if chance.random() < 0.8 else text(chance)
        version = chance.choice(["1", "2", "0", "9" * 20, text(chance)])
        return [
            (["GET", "POST", "POST"], []),
            (["GET"], [chance.choice(["metadata", "_history", ""])]),
            (["POST"], ["_search"]),
            (["POST"], [kind, "_search"]),
            (["GET", "POST"], [operation]),
            (["GET", "POST", "POST", "PUT", "PATCH", "DELETE"], [kind]),
            (["GET"], [kind]),
            (["GET"], [kind]),
            (["GET"], [kind, chance.choice(["_history", ""])]),
            (["GET", "POST"], [kind, operation]),
            (["GET", "PUT", "PUT", "PATCH", "PATCH", "DELETE"], [kind, name]),
            (["PUT", "PATCH"], [kind, name]),
            (["GET"], [kind, name, chance.choice(["_history", "_search", "*", "", other])]),
            (["GET", "POST"], [kind, name, operation]),
            (["GET"], [kind, name, "_history", version]),
            (["POST"], [kind, name, other, "_search"]),
        ]

    def body(self, chance, method, address):
        """Mostly what the request asks for, sometimes anything."""
        path = address.split("?")[0]
        if chance.random() < 0.2:
            return bodies.anything(chance, self.samples, lambda: self.address(chance))
        if "_search" in path:
            return as_query(self.query(chance, path.split("/")[0])).encode()
        if method == "PATCH":
            return bodies.written(bodies.patch(chance, self.samples))
        if "$" in path:
            return bodies.written(bodies.parameters(chance, self.samples))
        if method == "POST" and not path:
            return bodies.written(bodies.bundle(chance, self.samples, lambda: self.address(chance)))
        return bodies.written(self.resource(chance, path))

    def resource(self, chance, path):
        """A resource that the address could take, as it is or spoiled."""
        kind, _, name = path.partition("/")
        fitting = [sample for sample in self.samples if sample["resourceType"] == kind] or self.samples
        named = [{**sample, "id": name} if name else sample for sample in fitting]
        return bodies.resource(chance, named)

    def query(self, chance, kind):
        """Parameters: those of the type with modifiers and chains, those of results, and others."""
        names = [parameter["name"] for parameter in self.offered.get(kind, {}).get("searchParam", [])] or ["_id"]
        return [self.pair(chance, names) for _ in range(chance.randrange(1, 4))]

    def pair(self, chance, names):
        """One parameter with its value."""
        name, modifier = chance.choice(names), chance.choice(MODIFIERS)
        modified = f"{name}:{modifier}" if modifier else name
        match chance.randrange(10):
            case 0 | 1 | 2 | 3:
                return modified, criterion(chance)
            case 4:
                return f"{modified}.{chance.choice(ENDS_OF_CHAINS)}", criterion(chance)
            case 5:
                return chance.choice(REVERSE_CHAINS), criterion(chance)
            case 6 | 7:
                return chance.choice(RESULTS), chance.choice([*RESULT_VALUES, *HARD_DATES, text(chance)])
            case 8:
                return chance.choice(INPUTS), chance.choice([*RESULT_VALUES, *EXPRESSIONS, text(chance)])
            case _:
                return text(chance), text(chance)


def media_of(method, address):
    """What a body has to be for this request."""
    if "_search" in address.split("?")[0]:
        return "application/x-www-form-urlencoded"
    return "application/json-patch+json" if method == "PATCH" else "application/fhir+json"


def odd_headers(chance):
    """One to three headers with a hard value."""
    names = chance.sample(sorted(HEADERS), chance.randrange(1, 4))
    return {name: chance.choice(HEADERS[name]) for name in names}


def joined(parts, pairs):
    """An address, with everything that would end a part percent-encoded."""
    path = "/".join(encoded(part, "$/" if part.startswith("$") else "$") for part in parts)
    return f"{path}?{as_query(pairs)}" if pairs else path


def as_query(pairs):
    """Parameters as they stand behind the question mark, or in a form."""
    return "&".join(f"{encoded(name, ':$')}={encoded(value, ':,|')}" for name, value in pairs)


def encoded(text_, safe):
    """Percent-encoded, lone surrogates and all."""
    return quote(text_.encode("utf-8", "surrogatepass"), safe)
