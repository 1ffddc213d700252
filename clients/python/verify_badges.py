"""Badges, verified by openbadgeslib: it knows the key from the issuer's name alone, and nothing of this house."""

import base64
import gzip
import json
import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier


def claims_of(token):
    """What a JWT says, unverified."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def badge_of(url, sign_in):
    """The signed text of the first badge of whoever signs in, made if there is none."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    read = lambda path, data=None: browser.open(url + path, data).read().decode()
    browser.open(sign_in)
    page = read("/portfolio")
    if "/credentials/" not in page:
        competency = re.search(r'name="competency" value="([^"]+)"', page).group(1)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        page = read("/portfolio/badges", urlencode({"competency": competency, "csrf": csrf}).encode())
    address = re.search(r'href="(/credentials/[a-z2-7]{12})"', page).group(1)
    return read(f"{address}/badge.jwt"), read(f"{address}/badge.svg")


def verifies_and_minds_every_change(url, sign_in):
    """A badge holds; with another name, level or issuer in it, it does not."""
    token, svg = badge_of(url, sign_in)
    claims = claims_of(token)
    verifier = OB3Verifier.for_issuer_did(claims["issuer"]["id"])
    badge = verifier.verify(token, expected_recipient=claims["credentialSubject"]["id"])
    assert badge.achievement.name == claims["name"]
    assert f'verify="{token}"' in svg
    header, _, signature = token.split(".")
    for change in ("name", "validFrom", "id"):
        forged = base64.urlsafe_b64encode(json.dumps({**claims, change: "x"}).encode()).decode().rstrip("=")
        try:
            verifier.verify(f"{header}.{forged}.{signature}")
        except OB3VerificationError:
            continue
        raise AssertionError(f"a badge with another {change} was taken")


def the_list_of_the_withdrawn_is_signed_alike(url, sign_in):
    """The status list decodes, is signed by the same key, and does not name the badge."""
    claims = claims_of(badge_of(url, sign_in)[0])
    token = build_opener().open(claims["credentialStatus"]["statusListCredential"]).read().decode()
    listed = claims_of(token)
    assert listed["issuer"] == claims["issuer"]["id"]
    encoded = listed["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    place = int(claims["credentialStatus"]["statusListIndex"])
    assert len(bits) * 8 >= 131_072 and not bits[place // 8] & (0x80 >> place % 8)


def nobody_else_withdraws(url, sign_in):
    """Without a session, a badge cannot be withdrawn."""
    claims = claims_of(badge_of(url, sign_in)[0])
    try:
        build_opener().open(f"{claims['id']}/withdraw", urlencode({"why": "spite"}).encode())
    except HTTPError as error:
        assert error.code in (401, 403), error.code
    else:
        raise AssertionError("anybody can withdraw a badge")


PROOFS = {
    "verifies a badge and minds every change": verifies_and_minds_every_change,
    "reads the list of the withdrawn": the_list_of_the_withdrawn_is_signed_alike,
    "cannot withdraw a badge": nobody_else_withdraws,
}
