// Starts the machine's own Chromium; none is downloaded.

import { existsSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium", "/usr/bin/google-chrome"];

/** The browser to drive: `$CHROMIUM`, or the first of the usual places. */
export function browserPath() {
  const path = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!path) throw new Error("no Chromium found: install it (Debian: apt install chromium) or set CHROMIUM to its path");
  return path;
}

/** Starts it without a window, and without anything that asks the network on its own. */
export function startBrowser() {
  const flags = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
  ];
  // The sandbox does not start for root, as in most containers; for anybody else it stays.
  if (process.getuid?.() === 0) flags.push("--no-sandbox");
  return chromium.launch({ executablePath: browserPath(), args: flags });
}

const read = (name) => readFileSync(new URL(`../inpage/${name}.js`, import.meta.url), "utf8");
const IN_PAGE = ["names", "colours", "texts", "layout", "facts", "focus", "print"].map(read).join("\n");

/** Puts the helpers of `inpage/` into a page, as `gongshi`. They come through the debugger, which no policy of a page stops. */
export const equip = (page) => page.evaluate(`{${IN_PAGE}}`);
