"""Values that trouble programs: as text, as JSON, and in the places of FHIR that mean something."""

import string

HARD_TEXTS = [
    "", " ", "\t", "0", "-1", "null", "true", "NaN", "a" * 65, "é" * 300, "\u0000", "\u202e", "\ufeff", "\U0001f3e5", "'", '"', "\\", "\\,",
    "$", "|", "||", "|a", "a|", ",", ",,", "%", "%zz", "%00", "..", "../..", "/", "//", "*", "_", "'; DROP TABLE x; --", "\u00df\u0130",
    "http://loinc.org|", "urn:uuid:", "urn:oid:1.2", "#", "#a", "Patient/", "Patient//_history/", "?", "Patient?name=a", "e\u0301",
]
HARD_NUMBERS = [
    "0", "-0", "1", "9", "-1", "1e400", "-1e400", "1e-400", "0.0000000000000000001", "9007199254740993", "18446744073709551616",
    "9223372036854775807", "-9223372036854775808", "1" * 400, "1e", "1.", ".1", "+1", "0x1", "1_000", "Infinity", "100.00", "5.4e2",
]
HARD_DATES = [
    "2031", "2031-03", "2031-03-04", "2031-03-04T06:00:00Z", "2031-03-04T06:00:00.123456789+14:00", "0000", "0001-01-01", "9999-12-31",
    "9999-12-31T23:59:59.999999999Z", "2031-02-29", "2032-02-29", "2031-13", "2031-00-00", "10000", "-0001", "2031-03-04T24:00:00Z",
    "2031-03-04T23:59:60Z", "2031-03-04T06:00", "2031-03-04T06:00:00-99:99", "262144-01-01", "-262145-01-01", "2031-03-04T06:00:00",
]
HARD_QUANTITIES = ["5.4|http://unitsofmeasure.org|mg", "5.4||mg", "5.4||", "||", "1e308||", "5.4|http://unitsofmeasure.org|", "le5e-324||kg"]

KEYS = ["resourceType", "id", "meta", "versionId", "extension", "contained", "reference", "url", "value", "_id", "link", "code"]
PREFIXES = ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap", "xx"]
PLAIN = string.ascii_letters + string.digits + "-._~:|,$\\/"
DEPTH_MAX = 4


def text(chance):
    """A hard text, a plain one, or any characters that there are."""
    match chance.randrange(3):
        case 0:
            return chance.choice(HARD_TEXTS)
        case 1:
            return "".join(chance.choices(PLAIN, k=chance.randrange(12)))
        case _:
            return "".join(chr(chance.randrange(1, 1 << chance.choice([7, 8, 11, 16, 20]))) for _ in range(chance.randrange(12)))


def criterion(chance):
    """What stands behind a search parameter."""
    match chance.randrange(3):
        case 0:
            return text(chance)
        case 1:
            return chance.choice(PREFIXES) + chance.choice(HARD_NUMBERS + HARD_DATES + HARD_QUANTITIES)
        case _:
            return ",".join(text(chance) for _ in range(chance.randrange(2, 6)))


def scalar(chance):
    """A JSON value without parts."""
    makers = [
        lambda: None,
        lambda: chance.random() < 0.5,
        lambda: chance.randrange(-10, 10),
        lambda: chance.randrange(-(10**40), 10**40),
        lambda: chance.choice([0.1, -0.0, 1e308, 5e-324, float("inf"), float("nan")]),
        lambda: text(chance),
        lambda: chance.choice(HARD_DATES),
        lambda: chance.choice(["resourceType", "Patient", "Patient/x", "contained", "#x"]),
    ]
    return chance.choice(makers)()


def key(chance):
    """The name of a member."""
    return chance.choice(KEYS) if chance.random() < 0.7 else text(chance)


def value(chance, depth=0):
    """Any JSON value."""
    if depth == DEPTH_MAX or chance.random() < 0.5:
        return scalar(chance)
    parts = range(chance.randrange(4))
    if chance.random() < 0.5:
        return [value(chance, depth + 1) for _ in parts]
    return {key(chance): value(chance, depth + 1) for _ in parts}


def spoiled(chance, whole):
    """A JSON value in which one to four places are changed, lost, renamed or wrapped."""
    for _ in range(chance.randrange(1, 5)):
        whole = spoil(chance, whole)
    return whole


def spoil(chance, whole):
    """Walks down at random, and changes where it stops."""
    if not isinstance(whole, (dict, list)) or not whole or chance.randrange(5) == 0:
        return chance.choice([value(chance), [whole], {"value": whole}, [whole, whole]])
    if isinstance(whole, list):
        place = chance.randrange(len(whole))
        return [*whole[:place], spoil(chance, whole[place]), *whole[place + 1 :]]
    name = chance.choice(list(whole))
    rest = {other: part for other, part in whole.items() if other != name}
    match chance.randrange(6):
        case 0:
            return rest
        case 1:
            return {**rest, key(chance): whole[name]}
        case _:
            return {**whole, name: spoil(chance, whole[name])}
