// Three pages printed to PDF: on every sheet that shows rows of a table its head is shown, no row is cut in two, there is no
// navigation, and every sheet says which of how many it is.

import { equip } from "../lib/browser.mjs";
import { pagesOf, plain } from "../lib/pdf.mjs";
import { addressOf } from "./looks.mjs";

export const TITLES = { print: "printed to PDF: heads and a number on every sheet, no row cut in two, no navigation" };

const KINDS = ["disclosure", "reception", "result"];

// A4, and A4 cut short, so that a table that fits one sheet is broken as well: only then its head is put to the test.
const PAPERS = [{ at: "A4", width: "210mm", height: "297mm" }, { at: "short A4", width: "210mm", height: "110mm" }];

/** Finds a table's rows in the sheets, one after the other; a row found on no sheet as a whole was cut or lost. */
function judgeTable(table, sheets, note) {
  let [sheet, from] = [0, 0];
  const used = new Set();
  for (const row of table.rows.map(plain)) {
    let [at, place] = [sheet, sheets[sheet].indexOf(row, from)];
    while (place < 0 && at + 1 < sheets.length) {
      at += 1;
      place = sheets[at].indexOf(row);
    }
    if (place < 0) {
      note("a row is on no sheet as a whole: cut in two", row.slice(0, 30));
      continue;
    }
    [sheet, from] = [at, place + row.length];
    used.add(at);
  }
  const head = plain(table.head);
  for (const at of used) {
    if (!sheets[at].includes(head)) note(`sheet ${at + 1} of ${sheets.length} shows rows without the table's head`, table.caption);
  }
  return used.size;
}

async function judge(page, tab, paper, { faults }) {
  const note = (message, text) => faults.add("print", message, { page: page.path, at: paper.at, text });
  const tables = await tab.evaluate(() => gongshi.tables());
  const unwanted = await tab.evaluate(() => gongshi.navigationTexts());
  const pdf = await tab.pdf({ width: paper.width, height: paper.height, margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
  const sheets = pagesOf(pdf, "-raw").map(plain);
  const seen = pagesOf(pdf, "-layout").map(plain).join("");
  for (const text of unwanted) {
    if (seen.includes(plain(text))) note("navigation is printed", text);
  }
  sheets.forEach((text, at) => {
    if (!text.includes(`${at + 1}/${sheets.length}`)) note(`sheet ${at + 1} of ${sheets.length} does not say so`);
  });
  if (tables.length === 0) note("has no table with a head to print");
  return Math.max(0, ...tables.map((table) => judgeTable(table, sheets, note)));
}

/** Prints, of each of the three kinds, the page with the most rows. */
export async function check(context) {
  const tab = await (await context.browser.newContext({ viewport: { width: 718, height: 1040 } })).newPage();
  let proved = 0;
  const rows = (page) => page.html.split("<tr").length;
  for (const kind of KINDS) {
    const [page] = context.board.pages.filter((one) => one.kind === kind).sort((a, b) => rows(b) - rows(a));
    if (!page) {
      context.faults.add("print", `the board has no page of the kind ${kind}`);
      continue;
    }
    await tab.emulateMedia({ media: "print" });
    await tab.goto(addressOf(page, context));
    await equip(tab);
    let most = 0;
    for (const paper of PAPERS) {
      context.faults.looked("print");
      most = Math.max(most, await judge(page, tab, paper, context));
    }
    proved += Number(most > 1);
  }
  // A ranking of one town's villages fits on a sheet; heads that are repeated must be seen on lists and receptions at least.
  if (proved < 2) context.faults.add("print", "hardly a table is longer than a sheet: nothing was proved about repeated heads");
  await tab.context().close();
}
