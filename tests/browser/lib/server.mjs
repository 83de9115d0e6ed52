// A static web server as small as one can be: a folder under a path on localhost, index.html for folders, 404.html for what
// is missing. It does what the cheapest hosting does and nothing that would help a page along.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".csv": "text/csv; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".pdf": "application/pdf",
};

/** A moved page that stays where it is, so that it can be looked at. */
const stand = (html) => Buffer.from(html.toString("utf8").replace(/<meta\s+http-equiv="?refresh[^>]*>/i, ""));

async function answer(folder, prefix, request) {
  const url = new URL(request.url, "http://localhost");
  const path = decodeURIComponent(url.pathname);
  const lost = async () => {
    const body = await readFile(join(folder, "404.html")).catch(() => Buffer.from("404"));
    return { status: 404, type: TYPES[".html"], body };
  };
  // Browsers ask for it on their own, at the root of a host; it is no page's request.
  if (path === "/favicon.ico") return { status: 204, type: "image/x-icon", body: "" };
  if (!path.startsWith(prefix) || path.split("/").includes("..")) return lost();
  let file = path.slice(prefix.length);
  if (file === "" || file.endsWith("/")) file += "index.html";
  try {
    const body = await readFile(join(folder, file));
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    return { status: 200, type, body: url.search === "?still" ? stand(body) : body };
  } catch {
    return lost();
  }
}

/**
 * Serves `folder` under `prefix` (begins and ends with a slash) on a free port of this machine.
 *
 * Returns `{ origin, address(path), close() }`; `address` is the full address of a file of the folder.
 */
export async function serve(folder, prefix) {
  const server = createServer(async (request, response) => {
    const { status, type, body } = await answer(folder, prefix, request);
    response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const address = (path) => origin + prefix + path.split("/").map(encodeURIComponent).join("/");
  return { origin, prefix, address, close: () => server.close() };
}
