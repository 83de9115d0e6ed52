// What a page weighs before its pictures, on a line that is paid for by the megabyte; and how many nodes it has.

import { statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { byKind } from "../lib/board.mjs";

export const TITLES = { weight: "no page weighs over 100 KB before its pictures" };

const LIMIT = 100_000;

/** Bytes of a page and of what it loads besides pictures, as they lie in the folder (servers that compress send less). */
function weightOf(page, board) {
  const size = (path) => statSync(join(board.folder, path), { throwIfNoEntry: false })?.size ?? 0;
  const loaded = page.facts.links
    .filter(({ use }) => /^link .*(stylesheet|preload)|^script/.test(use))
    .map(({ value }) => (page.kind === "lost" && board.base ? value.replace(board.base.pathname, "") : value))
    .map((value) => posix.join(dirname(page.path), value.split(/[?#]/)[0]));
  return size(page.path) + [...new Set(loaded)].reduce((sum, path) => sum + size(path), 0);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const kilo = (bytes) => (bytes / 1000).toFixed(1);

/** Judges every page; returns a table by kind as lines. */
export function check({ board, faults }) {
  for (const page of board.pages) {
    faults.looked("weight");
    page.weight = weightOf(page, board);
    if (page.weight > LIMIT) faults.add("weight", `weighs ${kilo(page.weight)} KB`, { page: page.path });
  }
  const columns = ["kind", "pages", "KB most", "median", "elements most", "median", "nodes most", "heaviest"];
  const rows = byKind(board.pages).map(([kind, pages]) => {
    const weights = pages.map((page) => page.weight);
    const elements = pages.map((page) => page.facts.nodes.elements);
    const heaviest = pages.find((page) => page.weight === Math.max(...weights)).path;
    const nodes = Math.max(...pages.map((page) => page.facts.nodes.all));
    return [kind, pages.length, kilo(Math.max(...weights)), kilo(median(weights)), Math.max(...elements), median(elements), nodes, heaviest];
  });
  return table([columns, ...rows]);
}

/** Rows as lines with aligned columns; the first and the last column are words. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const last = widths.length - 1;
  return rows.map((row) =>
    row.map((cell, column) => {
      if (column === last) return cell;
      return column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]);
    }).join("  "),
  );
}
