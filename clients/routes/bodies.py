"""Bodies: resources, Bundles, Parameters and patches, right and wrong, and bytes that are no JSON at all."""

import json

from values import HARD_NUMBERS, key, spoiled, text, value

DEEP = 20_000
NO_JSON = [
    b"", b" ", b"{", b"}", b"[]", b"null", b"0", b'"a"', b"{}{}", b"{'a':1}", b'{"a":1,}', b'{"a":1,"a":2}', b"\xff\xfe", b"\xef\xbb\xbf{}",
    b'{"resourceType":"Patient","id":"\xed\xa0\x80"}', b'{"resourceType":"Patient","id":"\\ud800"}', b'{"resourceType":"Patient"', b"\x00" * 64,
    b"[" * DEEP, b'{"a":' * DEEP, b"[" * DEEP + b"]" * DEEP, b'{"extension":[' * DEEP + b"]}" * DEEP, b"<Patient/>", b"a=b&c=d",
    *(f'{{"resourceType":"Observation","valueQuantity":{{"value":{number}}}}}'.encode() for number in HARD_NUMBERS),
]
OPS = ["add", "remove", "replace", "move", "copy", "test", "spell"]


def written(value):
    """As bytes; what JSON has no form for (infinities) is written as Python does."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def resource(chance, samples):
    """A real resource, as it is or spoiled."""
    sample = chance.choice(samples)
    return sample if chance.random() < 0.3 else spoiled(chance, sample)


def patch(chance, samples):
    """A JSON Patch with paths that a resource has, and others."""
    real = list(pointers(chance.choice(samples)))
    hard = ["", "/", "/-", "/name/-", "/name/99999999999999999999", "~", "/~2", "name"]

    def place():
        return chance.choice(real) if chance.random() < 0.6 else chance.choice([*hard, text(chance)])

    members = {"op": lambda: chance.choice(OPS), "path": place, "from": place, "value": lambda: value(chance)}
    operations = range(chance.randrange(5))
    return [{name: make() for name, make in members.items() if chance.random() < 0.9} for _ in operations]


def pointers(whole, above=""):
    """The JSON pointers into a value, itself first."""
    yield above
    parts = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for name, part in parts:
        yield from pointers(part, f"{above}/{name}")


def bundle(chance, samples, address):
    """A batch or transaction whose entries are requests of every kind."""
    entries = [entry(chance, samples, address) for _ in range(chance.randrange(6))]
    kind = chance.choice(["batch", "batch", "transaction", "transaction", "history", "document", "x"])
    whole = {"resourceType": "Bundle", "type": kind, "entry": entries}
    return whole if chance.random() < 0.7 else spoiled(chance, whole)


def entry(chance, samples, address):
    """One entry: a request, mostly with what belongs to it."""
    method, url = address()
    request = {"method": method, "url": url}
    for name in ("ifMatch", "ifNoneExist", "ifNoneMatch", "ifModifiedSince"):
        if chance.random() < 0.1:
            request[name] = text(chance)
    made = {"request": request}
    if method in ("POST", "PUT") or chance.random() < 0.1:
        made["resource"] = resource(chance, samples)
    if chance.random() < 0.3:
        made["fullUrl"] = chance.choice(["urn:uuid:00000000-0000-0000-0000-000000000001", text(chance)])
    return made


def parameters(chance, samples):
    """Input of operations: the names that they know, with values of every sort."""
    names = [
        "resource", "expression", "url", "code", "system", "coding", "codeableConcept", "valueSet", "filter", "count", "offset",
        "onlyCertainMatches", "codeA", "codeB", "patient", "_type", "_since", "max", "conceptMap", "target", "profile", "mode",
    ]
    kinds = ["valueString", "valueUri", "valueCode", "valueInteger", "valueCoding", "valueBoolean", "valueCodeableConcept", "valueInstant"]

    def given():
        part = {"name": chance.choice(names)}
        match chance.randrange(4):
            case 0:
                return {**part, "resource": resource(chance, samples)}
            case 1:
                return {key(chance): value(chance)}
            case _:
                return {**part, chance.choice(kinds): chance.choice([value(chance), text(chance), {"system": text(chance), "code": text(chance)}])}

    return {"resourceType": "Parameters", "parameter": [given() for _ in range(chance.randrange(5))]}


def anything(chance, samples, address):
    """Bytes of any of these kinds, cut off now and then, or no JSON at all."""
    match chance.randrange(8):
        case 0 | 1:
            return chance.choice(NO_JSON)
        case 2:
            return chance.randbytes(chance.randrange(60))
        case 3:
            body = written(resource(chance, samples))
            return body[: chance.randrange(len(body) + 1)]
        case 4:
            return written(value(chance))
        case 5:
            return written(bundle(chance, samples, address))
        case 6:
            return written(patch(chance, samples))
        case _:
            return written(parameters(chance, samples))
