// Looks at every page of a built board in a real browser:  node run.mjs BOARD_DIR [--only a,b] [--faults FILE] [--jobs N]
// Exit code 0: no fault; 1: faults; 2: could not be run.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readBoard } from "./lib/board.mjs";
import { startBrowser } from "./lib/browser.mjs";
import { Faults } from "./lib/faults.mjs";
import { serve } from "./lib/server.mjs";
import * as addresses from "./checks/addresses.mjs";
import * as calendars from "./checks/calendars.mjs";
import * as focus from "./checks/focus.mjs";
import * as forced from "./checks/forced.mjs";
import * as looks from "./checks/looks.mjs";
import * as openings from "./checks/openings.mjs";
import * as print from "./checks/print.mjs";
import * as valid from "./checks/valid.mjs";
import * as weight from "./checks/weight.mjs";

// In this order: addresses and weight judge what looks took from the pages.
const CHECKS = { openings, looks, addresses, weight, valid, calendars, focus, forced, print };
const NEEDS = { addresses: ["looks"], weight: ["looks"] };

function usage(message) {
  console.error(`${message}\nnode run.mjs BOARD_DIR [--only ${Object.keys(CHECKS).join(",")}] [--faults FILE] [--jobs N]`);
  process.exit(2);
}

function argumentsOf() {
  const options = { only: { type: "string" }, faults: { type: "string" }, jobs: { type: "string", default: "3" } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length !== 1) usage("name one built board");
  const only = values.only?.split(",") ?? Object.keys(CHECKS);
  const unknown = only.filter((name) => !(name in CHECKS));
  if (unknown.length > 0) usage(`no such check: ${unknown.join(", ")}`);
  return { folder: positionals[0], only: only.flatMap((name) => [...(NEEDS[name] ?? []), name]), file: values.faults, jobs: Number(values.jobs) };
}

async function run() {
  const { folder, only, file, jobs } = argumentsOf();
  const board = readBoard(folder);
  const faults = new Faults();
  const basePath = board.base?.pathname ?? "/";
  const root = await serve(board.folder, "/");
  const sub = await serve(board.folder, basePath === "/" ? "/some/where/" : basePath);
  const browser = await startBrowser();
  console.log(`${board.pages.length} pages in ${board.folder}, ${browser.version()}`);
  // The page for what is missing is met at any depth, so it names its own host's path: it is right under that path alone.
  const context = { board, browser, faults, jobs, root, sub, lost: basePath === "/" ? root : sub };
  let table = [];
  for (const [name, part] of Object.entries(CHECKS).filter(([name]) => only.includes(name))) {
    for (const [check, title] of Object.entries(part.TITLES)) faults.begin(check, title);
    const start = performance.now();
    const lines = await part.check(context);
    if (lines) table = lines;
    console.log(`  ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  await browser.close();
  root.close();
  sub.close();
  if (table.length > 0) console.log(`\n${table.join("\n")}`);
  console.log(`\n${faults.summary().join("\n")}`);
  for (const line of faults.details()) console.log(line);
  if (file) writeFileSync(file, JSON.stringify(faults.list(), null, 1));
  const { passed, failed } = faults.counts();
  console.log(`\nbrowser: ${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

// Servers and browser of a run that fell would keep the process alive.
process.exit(
  await run().catch((error) => {
    console.error(error);
    return 2;
  }),
);
