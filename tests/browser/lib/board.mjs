// What a built board holds: its files, its pages, and which kind each page is. Nothing here starts a browser.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";

// A folder of an address that says what kind its pages are; anything else is the page of an area.
const KINDS = new Map([
  ["subsidies", "disclosure"],
  ["results", "result"],
  ["notices", "notice"],
  ["contacts", "contacts"],
  ["reception", "reception"],
  ["archive", "archive"],
  ["data", "data"],
  ["ledger", "ledger"],
  ["funds", "funds"],
  ["programs", "funds"],
]);

/** The kind of the page at `path` (relative to the board, with slashes), whose source is `html`. */
function kindOf(path, html) {
  if (path === "404.html") return "lost";
  if (/<meta\s+http-equiv="?refresh/i.test(html)) return "moved";
  if (path === "index.html") return "front";
  const named = path.split("/").find((part) => KINDS.has(part));
  return named ? KINDS.get(named) : "area";
}

/** Every file of a folder, as paths with slashes relative to it, in order. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** The address a board was built for, from the front page's canonical link; the sub-path under which it is tried. */
function baseOf(front) {
  const link = front.match(/<link\b[^>]*\brel="?canonical"?[^>]*>/i)?.[0].match(/\bhref="([^"]*)"/i)?.[1];
  if (!link || !URL.canParse(link)) return undefined;
  const base = new URL(link);
  base.pathname = base.pathname.replace(/index\.html$/, "").replace(/\/?$/, "/");
  return base;
}

/**
 * Reads a built board.
 *
 * Returns `{ folder, files, base, pages, stylesheets }`. A page is `{ path, kind, html, target }`: `target` is where a moved
 * page leads. Throws where the folder is no built board.
 */
export function readBoard(argument) {
  const folder = resolve(argument);
  const files = filesOf(folder);
  if (!files.includes("index.html")) throw new Error(`${folder} holds no index.html: build a board into it first`);
  const pages = files
    .filter((path) => path.endsWith(".html"))
    .map((path) => {
      const html = readFileSync(join(folder, path), "utf8");
      const kind = kindOf(path, html);
      const target = kind === "moved" ? html.match(/http-equiv="?refresh"?[^>]*url=([^"'>]+)/i)?.[1].trim() : undefined;
      return { path, kind, html, target };
    });
  const base = baseOf(pages.find((page) => page.path === "index.html").html);
  return { folder, files, base, pages, stylesheets: files.filter((path) => path.endsWith(".css")) };
}

/** The pages grouped by kind, as a sorted list of `[kind, pages]`. */
export function byKind(pages) {
  const kinds = new Map();
  for (const page of pages) kinds.set(page.kind, [...(kinds.get(page.kind) ?? []), page]);
  return [...kinds].sort(([a], [b]) => a.localeCompare(b));
}

/** One page of each kind: the one with the most links, since it meets the most components. Moved pages lead away at once. */
export function samples(pages) {
  const links = (page) => page.html.split("<a ").length;
  return byKind(pages)
    .filter(([kind]) => kind !== "moved")
    .map(([, some]) => some.reduce((most, page) => (links(page) > links(most) ? page : most)));
}
