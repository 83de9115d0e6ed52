// Every page opened in three ways: from a server's root with scripts allowed, under a sub-path with scripts off, and straight
// from the folder with scripts off. Each time nothing may fail, nothing may come from elsewhere, and the page must be the same.

import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { equip } from "../lib/browser.mjs";
import { inParallel } from "../lib/pool.mjs";

const WIDTH = 360;

export const TITLES = {
  requests: "no request fails, none goes to another host",
  console: "nothing is said on the console",
  scripts: "pages are the same without scripts, under a sub-path and from file://",
  moved: "moved pages and the page for what is missing lead on",
};

/** The ways of opening any page: how it is called, the address of a path, whether scripts may run, what is not elsewhere. */
function waysTo({ board: { folder }, root, sub, lost }) {
  const file = (path) => pathToFileURL(join(folder, path)).href;
  return [
    { at: "the root", address: root.address, scripts: true, home: root.origin },
    { at: "a sub-path", address: sub.address, scripts: false, home: sub.origin },
    { at: "file://", address: file, scripts: false, home: pathToFileURL(folder).href },
    { at: "a missing address", address: () => lost.address("no/such/page/"), scripts: false, home: lost.origin, lost: true },
  ];
}

/** Listens to what a page asks for and says, into `faults`; `now()` is the page that is open. */
function listen(tab, way, faults, now) {
  const where = () => ({ page: now().path, at: way.at });
  tab.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(`${way.home}/`)) faults.add("requests", `asks ${address}`, where());
  });
  tab.on("requestfailed", (request) => faults.add("requests", `fails: ${request.url()}`, where()));
  tab.on("response", (response) => {
    const expected = response.request().isNavigationRequest() && way.lost ? 404 : 200;
    if (response.status() !== expected) faults.add("requests", `answered ${response.status()}: ${response.url()}`, where());
  });
  tab.on("console", (message) => {
    // A browser says on its console that the address asked for is missing, which is what was asked for.
    if (way.lost && message.location().url === way.address()) return;
    faults.add("console", `${message.type()}: ${message.text()}`, where());
  });
  tab.on("pageerror", (error) => faults.add("console", `error: ${error.message}`, where()));
}

async function openMoved(tab, page, way, faults) {
  const address = way.address(page.path);
  const end = new URL(page.target, address).href;
  await tab.goto(address);
  faults.looked("moved");
  await tab.waitForURL(end, { timeout: 10_000 }).catch(() => {
    faults.add("moved", `ends at ${tab.url()} instead of ${end}`, { page: page.path, at: way.at });
  });
}

async function open(tab, page, way, faults) {
  await tab.goto(way.address(page.path), { waitUntil: "load" });
  await equip(tab);
  await tab.evaluate(() => gongshi.showPictures());
  const seen = await tab.evaluate(() => gongshi.appearance());
  for (const image of seen.broken) faults.add("requests", `a picture that does not show: ${image}`, { page: page.path, at: way.at });
  return seen;
}

/** What differs between two ways of opening a page, in words. */
function differences(one, other) {
  const found = [];
  if (one.text !== other.text) found.push("shows other text than from the root");
  if (one.look !== other.look) found.push(`looks other than from the root (${one.look} / ${other.look})`);
  return found;
}

/** Opens one page in every way that is meant for it, all at once. */
async function openAll(page, tabs, faults) {
  const openIn = async (one) => {
    one.page = page;
    faults.looked("requests");
    faults.looked("console");
    if (page.kind === "moved") return openMoved(one.tab, page, one.way, faults);
    if (page.kind === "lost") faults.looked("moved");
    return open(one.tab, page, one.way, faults);
  };
  const fitting = tabs.filter(({ way }) => Boolean(way.lost) === (page.kind === "lost"));
  const [first, ...others] = await Promise.all(fitting.map(openIn));
  if (page.kind === "moved") return;
  others.forEach((seen, index) => {
    faults.looked("scripts");
    const at = fitting[index + 1].way.at;
    for (const message of differences(first, seen)) faults.add("scripts", message, { page: page.path, at });
  });
}

/** Opens every page in every way. */
export async function check(context) {
  const { browser, board, faults, jobs } = context;
  const openTab = async (way) => {
    const opened = await browser.newContext({ javaScriptEnabled: way.scripts, viewport: { width: WIDTH, height: 780 } });
    const one = { tab: await opened.newPage(), way, page: undefined };
    listen(one.tab, way, faults, () => one.page);
    return one;
  };
  const start = () => Promise.all(waysTo(context).map(openTab));
  const end = (tabs) => Promise.all(tabs.map(({ tab }) => tab.context().close()));
  await inParallel(board.pages, jobs, start, (page, tabs) => openAll(page, tabs, faults), end);
}
