// Addresses and policy, judged from what every page holds: links and anchors that lead somewhere inside the built folder,
// no other host, nothing inline, and a policy that says so.

import { readFileSync } from "node:fs";
import { join } from "node:path";

export const TITLES = {
  links: "links and anchors resolve in the built folder, also from file://",
  listed: "addresses in the sitemap and the feeds resolve",
  policy: "a strict Content-Security-Policy, no inline style or script",
};

/** A page's own folder as an address, against which its links are resolved. The host stands for "inside the board". */
const HOME = "http://board.invalid/";
const NOT_PLACES = /^(tel|mailto):/i;

/** Where the path of an address leads in the board; a folder means its index.html. */
function fileOf(pathname, files) {
  const path = decodeURIComponent(pathname).replace(/^\//, "");
  if (files.has(path)) return { path };
  const index = path === "" || path.endsWith("/") ? `${path}index.html` : `${path}/index.html`;
  return files.has(index) ? { path: index, folder: true } : undefined;
}

/** An address of the board's own host as one inside it; others stay as they are. */
function homeward(address, base) {
  if (!base || !address.href.startsWith(base.href)) return address;
  return new URL(HOME + address.href.slice(base.href.length));
}

/** What is wrong with one link of a page, if anything. */
function fault(page, { use, value }, { base, files, anchors }) {
  if (NOT_PLACES.test(value)) return undefined;
  const rooted = page.kind === "lost" && base && value.startsWith(base.pathname);
  const text = rooted ? HOME + value.slice(base.pathname.length) : value;
  if (value === "" || !URL.canParse(text, HOME + page.path)) return "is no address";
  if (!rooted && value.startsWith("/")) return "begins at the host's root, so it is wrong under a sub-path and from file://";
  const whole = /^[a-z][a-z0-9+.-]*:|^\/\//i.test(value);
  const address = homeward(new URL(text, HOME + page.path), base);
  if (address.origin !== new URL(HOME).origin) return "leads to another host";
  if (whole && use === "a") return "is written with its host: the page cannot be moved or opened from file://";
  const found = fileOf(address.pathname, files);
  if (!found) return "leads to nothing";
  if (found.folder && !use.startsWith("link canonical")) return "leads to a folder, which file:// shows as a list";
  const anchor = decodeURIComponent(address.hash.slice(1));
  if (anchor && !anchors.get(found.path)?.has(anchor)) return `has no anchor #${anchor} at its end`;
  return undefined;
}

function judgePolicy(page, faults) {
  const { policies, late, inHead, faults: inline } = page.facts.inline;
  const add = (message, where) => faults.add("policy", message, { page: page.path, ...where });
  for (const { message, selector } of inline) add(message, { selector });
  if (policies.length !== 1) {
    add(policies.length === 0 ? "has no Content-Security-Policy" : "has more than one Content-Security-Policy");
    return;
  }
  if (!inHead || late) add("its Content-Security-Policy comes after what it should govern");
  const rules = new Map(policies[0].split(";").map((rule) => rule.trim().split(/\s+/)).map(([name, ...sources]) => [name, sources]));
  for (const [name, value] of [["default-src", "'none'"], ["base-uri", "'none'"], ["form-action", "'none'"]]) {
    if (rules.get(name)?.join(" ") !== value) add(`its policy says ${name} ${rules.get(name)?.join(" ") ?? "nothing"}, not ${value}`);
  }
  for (const [name, sources] of rules) {
    const loose = sources.filter((source) => !["'self'", "'none'"].includes(source));
    if (loose.length > 0) add(`its policy allows ${name} ${loose.join(" ")}`);
  }
  if (rules.get("script-src") && rules.get("script-src").join(" ") !== "'none'") add("its policy allows scripts");
}

/** Sitemap and feeds: every address of this host must be there. */
function judgeLists(board, files, faults) {
  for (const path of board.files.filter((file) => file.endsWith(".xml"))) {
    faults.looked("listed");
    const text = readFileSync(join(board.folder, path), "utf8");
    const found = [...text.matchAll(/<loc>([^<]+)<\/loc>|<link\b[^>]*\bhref="([^"]+)"/g)].map((match) => match[1] ?? match[2]);
    for (const value of found) {
      const address = URL.canParse(value) ? homeward(new URL(value), board.base) : undefined;
      const inside = address?.origin === new URL(HOME).origin;
      if (!inside || !fileOf(address.pathname, files)) faults.add("listed", `${value} leads to nothing`, { page: path });
    }
  }
}

/** Judges the facts that `looks` took from the pages. */
export function check({ board, faults }) {
  const files = new Set(board.files);
  const anchors = new Map(board.pages.map((page) => [page.path, new Set(page.facts.anchors)]));
  if (!board.base) faults.add("links", "the front page has no canonical link with the board's address", { page: "index.html" });
  for (const page of board.pages) {
    for (const link of page.facts.links) {
      faults.looked("links");
      const message = fault(page, link, { base: board.base, files, anchors });
      if (message) faults.add("links", message, { page: page.path, selector: link.selector, text: link.value });
    }
    faults.looked("policy");
    judgePolicy(page, faults);
  }
  judgeLists(board, files, faults);
}
