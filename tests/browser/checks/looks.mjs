// Every page as it is seen: at the width of a phone and of a desk, in the light and the dark scheme, at 400 % zoom, on paper.
// Needs no second visit: the window of one visit is resized, as a reader turns a phone.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { equip } from "../lib/browser.mjs";
import { inParallel } from "../lib/pool.mjs";

export const TITLES = {
  axe: "axe finds no violation (WCAG 2.2 AA and good practice)",
  contrast: "all text has a contrast of 7:1, light and dark",
  text: "body text 20 px, none below 16 px",
  sideways: "nothing scrolls sideways or is cut off, down to 320 px (400 % zoom), and in large type",
  telephone: "telephones can be tapped (48 px) and dial what they show",
  paper: "printed: no navigation, all text dark on white",
};

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

const CONTRAST = 7;
const SIZES = { body: 20, least: 16, tap: 48 };

// 320 × 256 is a desk's window of 1280 × 1024 at 400 %. 718 px are an A4 page's width without its margins.
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 780 };
const ZOOMED = { width: 320, height: 256 };
const PAPER = { width: 718, height: 1040 };

/** What axe finds. It may not ask for style sheets itself: a page's policy forbids that, and would say so on the console. */
async function axe(tab, note) {
  const violations = await tab.evaluate(async (tags) => {
    const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
    return found.violations.map(({ id, help, nodes }) => ({ id, help, targets: nodes.map((node) => node.target.join(" ")) }));
  }, TAGS);
  for (const { id, help, targets } of violations) {
    for (const text of targets) note("axe", { message: `${id}: ${help}`, text });
  }
}

/** Changes the window or the medium, then looks with one function of `inpage/`. */
async function look(tab, page, faults) {
  const noting = (at) => (check, { message, selector, text }) => faults.add(check, message, { page: page.path, at, selector, text });
  const all = (note, check, found) => found.forEach((fault) => note(check, fault));
  const contrast = (onPaper) => tab.evaluate(([least, onPaper]) => gongshi.lowContrast(least, onPaper), [CONTRAST, onPaper]);

  for (const size of [DESK, PHONE]) {
    await tab.setViewportSize(size);
    const note = noting(`${size.width} px`);
    await axe(tab, note);
    all(note, "contrast", await contrast(false));
    all(note, "text", await tab.evaluate(({ body, least }) => gongshi.smallText(body, least), SIZES));
    all(note, "sideways", await tab.evaluate(() => gongshi.sideways()));
    const telephones = await tab.evaluate((least) => gongshi.telephones(least), SIZES.tap);
    all(note, "telephone", telephones.faults);
    await tab.emulateMedia({ colorScheme: "dark" });
    all(noting(`${size.width} px, dark`), "contrast", await contrast(false));
    await tab.emulateMedia({ colorScheme: "light" });
  }
  const large = tab.locator("#large");
  if ((await large.count()) > 0 && (await large.isVisible())) {
    await large.check();
    all(noting("360 px, large type"), "sideways", await tab.evaluate(() => gongshi.sideways()));
    await large.uncheck();
  }
  await tab.setViewportSize(ZOOMED);
  all(noting("320 px"), "sideways", await tab.evaluate(() => gongshi.sideways()));
  all(noting("320 px"), "text", await tab.evaluate(({ body, least }) => gongshi.smallText(body, least), SIZES));

  await tab.setViewportSize(PAPER);
  await tab.emulateMedia({ media: "print" });
  all(noting("paper"), "paper", await tab.evaluate(() => gongshi.navigation()));
  all(noting("paper"), "paper", await contrast(true));
  await tab.emulateMedia({ media: "screen" });
}

/** The address at which a page is looked at: the missing page where it would be met, a moved one held still. */
export function addressOf(page, { root, lost }) {
  if (page.kind === "lost") return lost.address("no/such/page/");
  return page.kind === "moved" ? `${root.address(page.path)}?still` : root.address(page.path);
}

/** Looks at every page, and takes from it what is judged elsewhere: its addresses, what is inline, its nodes. */
export async function check(context) {
  const { browser, board, faults, jobs } = context;
  const start = async () => (await browser.newContext({ viewport: DESK, colorScheme: "light" })).newPage();
  const work = async (page, tab) => {
    await tab.goto(addressOf(page, context), { waitUntil: "load" });
    await equip(tab);
    page.facts = await tab.evaluate(() => ({ ...gongshi.links(), inline: gongshi.inline(), nodes: gongshi.nodes() }));
    await tab.evaluate(AXE);
    await tab.evaluate(() => gongshi.unfold());
    for (const name of Object.keys(TITLES)) faults.looked(name);
    await look(tab, page, faults);
  };
  await inParallel(board.pages, jobs, start, work, (tab) => tab.context().close());
}
