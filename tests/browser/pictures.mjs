// Takes the pictures in docs/pictures:  node pictures.mjs BOARD_DIR OUT_DIR
// BOARD_DIR is the example board, built with --date 2026-11-22. A page of each kind on a phone, on a desk, and its first sheet
// on paper; what is longer than a picture is cut. And the first pages of a sheet of each kind, side by side.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBoard } from "./lib/board.mjs";
import { startBrowser } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";

const PAGES = {
  front: "index.html",
  area: "liutang/index.html",
  contacts: "liutang/contacts/index.html",
  reception: "zhuli/reception/index.html",
  disclosure: "subsidies/2026-qiubo/index.html",
  result: "results/2026-q3-huanjing/index.html",
  notice: "notices/2026-huimin-qingdan/index.html",
  ledger: "ledger/index.html",
  postings: "postings/index.html",
  archive: "liutang/archive/index.html",
  data: "liutang/data/index.html",
  lost: "404.html",
};

/** A sheet of each kind, by the area that it hangs in. */
const SHEETS = [
  "liutang/sheets/bulletin.pdf",
  "liutang/sheets/contacts.pdf",
  "liutang/sheets/cards.pdf",
  "sheets/reception-month.pdf",
  "sheets/reception-year.pdf",
  "sheets/subsidy-2026-qiubo.pdf",
  "sheets/result-2026-q3-huanjing.pdf",
  "sheets/result-2026-manyidu.pdf",
  "sheets/result-2026-zhenggai.pdf",
  "sheets/notice-2026-05-fangxun.pdf",
  "sheets/large-2026-05-fangxun.pdf",
  "liutang/sheets/posting.pdf",
  "sheets/form-laifang-dengji.pdf",
];
const SHEET_HEIGHT = 560;

const SCREENS = [
  { name: "phone", width: 360, height: 1100, scale: 1.5 },
  { name: "desk", width: 1280, height: 1500, scale: 1 },
];
const SHEET_DPI = 72;
const QUALITY = 0.6;

/** A PNG as WebP, which is a fifth of it; the browser writes it. */
async function toWebp(png, tab) {
  const text = await tab.evaluate(
    async ([png, quality]) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext("2d").drawImage(image, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    [png.toString("base64"), QUALITY],
  );
  return Buffer.from(text, "base64");
}

async function screen(browser, address, { width, height, scale }) {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: "light" });
  const tab = await context.newPage();
  await tab.goto(address, { waitUntil: "networkidle" });
  const whole = await tab.evaluate(() => document.body.getBoundingClientRect().bottom);
  const png = await tab.screenshot({ clip: { x: 0, y: 0, width, height: Math.min(height, Math.ceil(whole)) } });
  await context.close();
  return png;
}

/** The first sheet of a page printed on A4. */
async function sheet(browser, address) {
  const tab = await browser.newPage();
  const folder = mkdtempSync(join(tmpdir(), "gongshi-pictures-"));
  try {
    await tab.goto(address, { waitUntil: "networkidle" });
    await tab.pdf({ path: join(folder, "page.pdf"), format: "A4", preferCSSPageSize: true });
    execFileSync("pdftoppm", ["-png", "-r", SHEET_DPI, "-l", "1", join(folder, "page.pdf"), join(folder, "sheet")]);
    return readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith(".png"))));
  } finally {
    rmSync(folder, { recursive: true });
    await tab.close();
  }
}

/** The first pages of printed sheets, side by side. */
async function contactSheet(browser, folder) {
  const scratch = mkdtempSync(join(tmpdir(), "gongshi-pictures-"));
  const tab = await browser.newPage({ viewport: { width: 2200, height: 1000 } });
  try {
    const pictures = SHEETS.map((path, at) => {
      const name = join(scratch, String(at));
      execFileSync("pdftoppm", ["-png", "-singlefile", "-scale-to-x", "-1", "-scale-to-y", SHEET_HEIGHT, join(folder, path), name], {
        stdio: ["ignore", "ignore", "ignore"],
      });
      return `<img src="data:image/png;base64,${readFileSync(`${name}.png`).toString("base64")}">`;
    });
    await tab.setContent(
      `<body style="margin:0;padding:16px;background:#d8d4cc;display:flex;flex-wrap:wrap;gap:16px">${pictures.join("")}</body>`,
    );
    return await tab.screenshot({ fullPage: true });
  } finally {
    rmSync(scratch, { recursive: true });
    await tab.close();
  }
}

const [folder, out] = process.argv.slice(2);
if (!out) {
  console.error("node pictures.mjs BOARD_DIR OUT_DIR");
  process.exit(2);
}
const board = readBoard(folder);
const server = await serve(board.folder, board.base?.pathname ?? "/");
const browser = await startBrowser();
const painter = await browser.newPage();
mkdirSync(out, { recursive: true });
for (const [kind, path] of Object.entries(PAGES)) {
  const address = server.address(kind === "lost" ? "no/such/page/" : path);
  const pictures = SCREENS.map((one) => [one.name, () => screen(browser, address, one)]);
  for (const [name, take] of [...pictures, ["paper", () => sheet(browser, address)]]) {
    writeFileSync(join(out, `${kind}-${name}.webp`), await toWebp(await take(), painter));
  }
}
writeFileSync(join(out, "sheets.webp"), await toWebp(await contactSheet(browser, board.folder), painter));
await browser.close();
server.close();
