"""Reads calendar files with icalendar and prints, for each, its events as JSON: the second opinion of `checks/calendars.mjs`."""

import json
import sys
from datetime import timezone

from icalendar import Calendar


def moment(value):
    return value.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def event(one):
    return {
        "uid": str(one["UID"]),
        "start": moment(one["DTSTART"]),
        "end": moment(one["DTEND"]),
        "status": str(one["STATUS"]),
        "sequence": int(one["SEQUENCE"]),
        "summary": str(one["SUMMARY"]),
        "location": str(one["LOCATION"]),
        "description": str(one["DESCRIPTION"]),
    }


def read(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        calendar = Calendar.from_ical(source)
        # Of a part that is broken it says so instead of failing.
        broken = [str(error) for one in calendar.walk() for error in one.errors]
        return {"events": [event(one) for one in calendar.walk("VEVENT")], "broken": broken}
    except (ValueError, KeyError) as error:
        return {"events": [], "broken": [repr(error)]}


json.dump({path: read(path) for path in sys.argv[1:]}, sys.stdout)
