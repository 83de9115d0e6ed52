// Colours forced by the reader's system, on one page of each kind: every text is still there and legible, and nothing was
// shown by a background alone, which such a system takes away.

import { samples } from "../lib/board.mjs";
import { equip } from "../lib/browser.mjs";
import { inParallel } from "../lib/pool.mjs";
import { addressOf } from "./looks.mjs";

export const TITLES = { forced: "legible where the reader's system forces its colours" };

const CONTRAST = 4.5;

async function judge(page, tab, context) {
  const { faults } = context;
  await tab.emulateMedia({ forcedColors: "none" });
  await tab.goto(addressOf(page, context));
  await equip(tab);
  await tab.evaluate(() => gongshi.unfold());
  const texts = () => tab.evaluate(() => gongshi.texts().map(({ text }) => text).join("\n"));
  const before = await texts();
  for (const colorScheme of ["light", "dark"]) {
    const note = ({ message, selector, text }) => {
      faults.add("forced", message, { page: page.path, at: colorScheme, selector, text });
    };
    await tab.emulateMedia({ forcedColors: "active", colorScheme });
    faults.looked("forced");
    if ((await texts()) !== before) note({ message: "shows other text than with its own colours" });
    (await tab.evaluate((least) => gongshi.lowContrast(least, false), CONTRAST)).forEach(note);
    (await tab.evaluate(() => gongshi.lostBoxes())).forEach(note);
  }
}

/** Goes through one page of each kind, in both schemes. */
export async function check(context) {
  const start = async () => (await context.browser.newContext({ viewport: { width: 360, height: 780 } })).newPage();
  const end = (tab) => tab.context().close();
  await inParallel(samples(context.board.pages), context.jobs, start, (page, tab) => judge(page, tab, context), end);
}
