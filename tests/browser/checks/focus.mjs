// The keyboard, on one page of each kind: Tab goes through every link in the order of the document, the focus is always in
// sight and clearly marked, and the skip link skips.

import { PNG } from "pngjs";
import { samples } from "../lib/board.mjs";
import { equip } from "../lib/browser.mjs";
import { inParallel } from "../lib/pool.mjs";
import { addressOf } from "./looks.mjs";

export const TITLES = {
  tab: "Tab reaches every link in the document's order, always in sight",
  ring: "what has the focus is clearly marked, light and dark",
  skip: "the skip link is the first stop and leads into the main part",
};

const SIZES = [{ width: 1280, height: 900 }, { width: 360, height: 780 }];

/** Least contrast between the pixels of the mark and what they were without it (WCAG 2.2, 1.4.11). */
const CONTRAST = 3;

async function walk(tab, count, note) {
  let last;
  for (let stop = 0; stop < count; stop += 1) {
    await tab.keyboard.press("Tab");
    let now = await tab.evaluate(() => gongshi.focused());
    if (!now.inSight) {
      // The page is scrolled to it with the next picture that the browser draws.
      await tab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      now = await tab.evaluate(() => gongshi.focused());
    }
    if (now.place < 0) {
      note("tab", { message: `after ${stop} of ${count} stops the focus is elsewhere`, selector: now.selector });
      return;
    }
    if (now.place !== stop) {
      note("tab", { ...now, message: "comes out of the document's order" });
      return;
    }
    if (now.tabIndex > 0) note("tab", { ...now, message: "has an order of its own (tabindex)" });
    if (!now.inSight) note("tab", { ...now, message: "has the focus out of sight" });
    if (now.covered) note("tab", { ...now, message: "has the focus under something else" });
    // In one column what comes later stands lower; on a desk there may be columns.
    const upwards = last && tab.viewportSize().width < 400 && now.bottom <= last.top;
    if (upwards) note("tab", { ...now, message: "stands above what comes before it" });
    last = now;
  }
}

/** Number of pixels in which two pictures of one place differ at all, and by a contrast of three to one. */
function marked(before, after) {
  const light = ([red, green, blue]) => {
    const line = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * line(red) + 0.7152 * line(green) + 0.0722 * line(blue) + 0.05;
  };
  let [some, clear] = [0, 0];
  for (let at = 0; at < before.data.length; at += 4) {
    const one = light(before.data.subarray(at, at + 3));
    const other = light(after.data.subarray(at, at + 3));
    const contrast = Math.max(one, other) / Math.min(one, other);
    if (contrast > 1.1) some += 1;
    if (contrast >= CONTRAST) clear += 1;
  }
  return { some, clear };
}

/** Takes a picture of a stop with and without the focus, and measures what marks it. */
async function judgeRing(tab, place, note) {
  const { clip, perimeter, selector, text } = await tab.evaluate((place) => gongshi.stand(place, true), place);
  const after = PNG.sync.read(await tab.screenshot({ clip }));
  const rest = await tab.evaluate((place) => gongshi.stand(place, false), place);
  // What shows itself only with the focus, as a skip link does, is marked by that.
  if (Math.abs(rest.clip.x - clip.x) > 1 || Math.abs(rest.clip.width - clip.width) > 1) return;
  const before = PNG.sync.read(await tab.screenshot({ clip: { ...rest.clip, width: clip.width, height: clip.height } }));
  const { some, clear } = marked(before, after);
  // A ring of one pixel all around is the least that is seen.
  const needed = Math.round(perimeter);
  if (clear >= needed) return;
  const kind = some >= needed ? "its focus mark is too pale" : "its focus mark is too small";
  note("ring", { message: `${kind}: of ${some} px ${clear} have ${CONTRAST}:1, ${needed} needed`, selector, text });
}

async function judgeSkip(tab, page, note) {
  await tab.reload();
  await equip(tab);
  await tab.evaluate(() => gongshi.reachable());
  await tab.keyboard.press("Tab");
  const first = await tab.evaluate(() => gongshi.focused());
  if (!first.href?.includes("#")) {
    note("skip", { message: "the first stop is no skip link", selector: first.selector });
    return;
  }
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  const led = await tab.evaluate(() => {
    const main = document.querySelector("main");
    const here = document.activeElement;
    const inMain = main.contains(here);
    const behind = here !== document.body && Boolean(main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
    return inMain || behind;
  });
  if (!led) note("skip", { message: "the skip link does not lead into the main part" });
}

async function judge(page, tab, context) {
  const { faults } = context;
  for (const size of SIZES) {
    const noting = (at) => (check, { message, selector, text }) => faults.add(check, message, { page: page.path, at, selector, text });
    const note = noting(`${size.width} px`);
    await tab.setViewportSize(size);
    await tab.emulateMedia({ colorScheme: "light" });
    await tab.goto(addressOf(page, context));
    await equip(tab);
    const count = await tab.evaluate(() => gongshi.reachable());
    for (const name of Object.keys(TITLES)) faults.looked(name);
    await walk(tab, count, note);
    const kinds = await tab.evaluate(() => gongshi.kindsOfStops());
    for (const place of kinds) await judgeRing(tab, place, note);
    if (size === SIZES[0]) {
      await tab.emulateMedia({ colorScheme: "dark" });
      for (const place of kinds) await judgeRing(tab, place, noting(`${size.width} px, dark`));
    }
    await judgeSkip(tab, page, note);
  }
}

/** Goes through one page of each kind. */
export async function check(context) {
  const start = async () => (await context.browser.newContext({ viewport: SIZES[0] })).newPage();
  const end = (tab) => tab.context().close();
  await inParallel(samples(context.board.pages), context.jobs, start, (page, tab) => judge(page, tab, context), end);
}
