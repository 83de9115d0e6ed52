// Calendar files, read back by two programs that know nothing of each other, ical.js and Python's icalendar, and compared with
// the sessions of the open data.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";

export const TITLES = {
  readers: "ical.js and icalendar read the same events in every calendar file",
  sessions: "the calendars of areas hold the sessions of reception.json, cancelled ones as cancelled",
  hosts: "the calendars of hosts hold their sessions of the whole board, those swapped away as cancelled",
};

const MOST_ARGUMENTS = 200;

/** The events of a file as ical.js reads them, times in UTC by the time zone that the file itself brings. */
function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const utc = (time) => time.toJSDate().toISOString().replace(".000", "");
    return {
      uid: event.uid,
      start: utc(event.startDate),
      end: utc(event.endDate),
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      description: event.description,
    };
  });
  ICAL.TimezoneService.reset();
  return events;
}

/** The same by Python's icalendar, by path: of the first python3 that has it. */
function byIcalendar(folder, paths) {
  const script = new URL("../lib/calendars.py", import.meta.url).pathname;
  const has = (python) => {
    try {
      execFileSync(python, ["-c", "import icalendar"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };
  const python = ["python3", "/usr/bin/python3"].find(has);
  if (!python) throw new Error("no python3 has icalendar: run tests/browser/setup");
  const found = {};
  for (let at = 0; at < paths.length; at += MOST_ARGUMENTS) {
    const some = paths.slice(at, at + MOST_ARGUMENTS);
    const options = { cwd: folder, maxBuffer: 1 << 28, encoding: "utf8" };
    Object.assign(found, JSON.parse(execFileSync(python, [script, ...some], options)));
  }
  return found;
}

/** What an event of a session must say, from open data: one for each span of hours. Chinese time has been UTC+8 since 1992. */
function expected(session, away) {
  const utc = (time) => new Date(`${session.date}T${time}:00+08:00`).toISOString().replace(".000", "");
  const status = session.cancelled || away ? "CANCELLED" : session.provisional ? "TENTATIVE" : "CONFIRMED";
  return session.hours.map((hours) => {
    const [start, end] = hours.split("-").map(utc);
    const who = [session.host_name, session.place, session.title];
    return { start, end, status, sequence: session.told ? 1 : 0, who };
  });
}

const key = ({ start, end, status, sequence }) => [start, end, status, sequence].join(" ");

/** Compares events with what is expected, whatever their order, and says what is missing or too much. */
function compare(check, path, events, wanted, faults) {
  faults.looked(check);
  const left = [...events];
  for (const one of wanted) {
    const [host, place, title] = one.who;
    const fits = (event) =>
      key(event) === key(one) && event.location === place && event.summary.includes(title) && event.description.includes(host);
    const at = left.findIndex(fits);
    if (at < 0) faults.add(check, `has no event for ${title}, ${host}, ${key(one)}`, { page: path });
    else left.splice(at, 1);
  }
  for (const event of left) faults.add(check, `has an event of no session: ${event.uid} ${key(event)}`, { page: path });
  const uids = new Set(events.map((event) => event.uid));
  if (uids.size !== events.length) faults.add(check, "names two events alike", { page: path });
}

export function check({ board, faults }) {
  const paths = board.files.filter((path) => path.endsWith(".ics"));
  const second = byIcalendar(board.folder, paths);
  const read = (path) => readFileSync(join(board.folder, path), "utf8");
  const sessions = board.files
    .filter((path) => path.endsWith("reception.json"))
    .map((path) => [path.replace(/reception\.json$/, ""), JSON.parse(read(path)).sessions]);
  const areas = new Map(sessions);
  const everywhere = sessions.flatMap(([, some]) => some);
  for (const path of paths) {
    faults.looked("readers");
    const { events: others, broken } = second[path];
    if (broken.length > 0) {
      faults.add("readers", `is broken for icalendar: ${JSON.stringify(broken)}`, { page: path });
      continue;
    }
    let events;
    try {
      events = byIcalJs(read(path));
    } catch (error) {
      faults.add("readers", `is broken for ical.js: ${error.message}`, { page: path });
      continue;
    }
    if (JSON.stringify(events) !== JSON.stringify(others)) {
      const at = events.findIndex((event, index) => JSON.stringify(event) !== JSON.stringify(others[index]));
      faults.add("readers", `is read in two ways: ${JSON.stringify(events[at])} and ${JSON.stringify(others[at])}`, { page: path });
    }
    const host = path.match(/reception\/hosts\/(.*)\.ics$/)?.[1];
    if (host === undefined) {
      compare("sessions", path, events, areas.get(path.replace(/reception\.ics$/, "")).flatMap((one) => expected(one, false)), faults);
    } else {
      // Ids are names of files with a dot for a slash.
      const is = (id) => id?.replaceAll("/", ".") === host;
      const own = everywhere.filter((one) => is(one.host) || is(one.swapped_from));
      compare("hosts", path, events, own.flatMap((one) => expected(one, is(one.swapped_from))), faults);
    }
  }
}
