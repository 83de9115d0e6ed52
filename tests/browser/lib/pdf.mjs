// Pages printed to PDF, and their text page by page (poppler's pdftotext).

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Text as it is compared: no blanks, one form of each character (fonts map some 汉字 to their radicals). */
export const plain = (text) => text.normalize("NFKC").replace(/[\s\u200b]+/g, "");

/**
 * The text of each page of a PDF. `how` is `-layout` (as it looks) or `-raw` (in the order in which it was drawn, so that a
 * cell's lines stay together).
 */
export function pagesOf(pdf, how) {
  const folder = mkdtempSync(join(tmpdir(), "gongshi-pdf-"));
  try {
    const file = join(folder, "page.pdf");
    writeFileSync(file, pdf);
    const text = execFileSync("pdftotext", [how, "-enc", "UTF-8", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
    return text.split("\f").slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
