"""Sessions and workshops, read by icalendar: a learner and a mentor are paired through the pages, and arrange an hour; an instructor arranges a workshop."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from icalendar import Calendar

AGENDA = ["Goals; and what stands in the way, honestly", "Backslash \\ and a long line: " + "ä" * 70]


class Browser:
    """Somebody who is signed in and fills in forms."""

    def __init__(self, url, link):
        self.url, self.opener = url, build_opener(HTTPCookieProcessor(CookieJar()))
        self.opener.open(link).read()

    def get(self, path):
        """A page as text."""
        return self.opener.open(self.url + path).read().decode()

    def send(self, path, page, **fields):
        """Sends a form of `page`, and returns where it leads to."""
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.get(page)).group(1)
        data = urlencode({"csrf": csrf, **fields}).encode()
        return self.opener.open(self.url + path, data).read().decode()


def joined(instructor, url, path, page, **fields):
    """A browser of somebody whom the instructor has just added."""
    told = instructor.send(path, page, **fields)
    return Browser(url, re.search(r"https?://[^\s<]+/sign-in/[\w-]+", told).group(0))


def reads_a_session(url, instructor_link):
    """Time, length, title and agenda are what was typed; a session that is called off says so with a higher number."""
    instructor, mark = Browser(url, instructor_link), secrets.token_hex(4)
    mentor = joined(instructor, url, "/programme/associates", "/programme/organisations",
                    person_name=f"Mentor {mark}", login=f"mentor.{mark}", organisation="", part="office")
    learner = joined(instructor, url, "/class/people", "/class", name=f"Learner {mark}", login=f"learner.{mark}", password="")
    # A language of their own, so that these two are paired whoever else is in line.
    talks = {"languages": mark, "offset_min": "0", "from": "09:00", "until": "17:00", "active": "yes"}
    mentor.send("/mentoring/profile", "/mentoring/profile", capacity="1", **talks)
    learner.send("/mentoring/profile", "/mentoring/profile", **talks)
    instructor.send("/mentoring/pairing", "/mentoring/pairing")
    ask = re.search(r'name="ask" value="([^"]+)"', mentor.get("/mentoring")).group(1)
    mentor.send("/mentoring/answer", "/mentoring", ask=ask, yes="yes")
    begins = (datetime.now(UTC) + timedelta(days=30)).replace(minute=30, second=0, microsecond=0)
    mentor.send("/mentoring/sessions", "/mentoring", pair=ask, title="First hour, with agenda",
                begins=begins.strftime("%Y-%m-%dT%H:%M"), minutes="45", agenda="\n".join(AGENDA))
    (event,) = Calendar.from_ical(learner.get("/mentoring/sessions.ics")).walk("VEVENT")
    assert event.decoded("DTSTART") == begins, event
    assert event.decoded("DURATION") == timedelta(minutes=45), event
    assert str(event["SUMMARY"]) == "First hour, with agenda", event
    assert str(event["DESCRIPTION"]).split("\n") == AGENDA, event
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CONFIRMED", 0), event
    session = re.search(r"/mentoring/sessions/(\w+)/cancel", mentor.get("/mentoring")).group(1)
    mentor.send(f"/mentoring/sessions/{session}/cancel", "/mentoring")
    (event,) = Calendar.from_ical(learner.get(f"/mentoring/sessions/{session}/session.ics")).walk("VEVENT")
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1), event


def reads_a_workshop(url, instructor_link):
    """The invitation has time, length and roles; a workshop that is called off says so with a higher number."""
    instructor = Browser(url, instructor_link)
    begins = (datetime.now(UTC) + timedelta(days=9)).replace(minute=0, second=0, microsecond=0)
    room = instructor.send("/workshops", "/workshops", case="ehr-go-live", begins=begins.strftime("%Y-%m-%dT%H:%M"), invited="")
    workshop = re.search(r"/workshops/(\w+)/workshop\.ics", room).group(1)
    (event,) = Calendar.from_ical(instructor.get(f"/workshops/{workshop}/workshop.ics")).walk("VEVENT")
    assert event.decoded("DTSTART") == begins, event
    assert event.decoded("DURATION") == timedelta(minutes=70), event
    assert str(event["SUMMARY"]) == "Workshop: Go-live at six", event
    assert "chief nursing officer, chief medical information officer" in str(event["DESCRIPTION"]), event
    instructor.send(f"/workshops/{workshop}/cancel", f"/workshops/{workshop}")
    (event,) = Calendar.from_ical(instructor.get(f"/workshops/{workshop}/workshop.ics")).walk("VEVENT")
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1), event


PROOFS = {"reads a session": reads_a_session, "reads a workshop": reads_a_workshop}
