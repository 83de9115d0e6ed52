// Whether the HTML of every page and every style sheet is valid, by the standards' own rules and not by anybody's taste.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as css from "css-tree";
import { HtmlValidate } from "html-validate";

export const TITLES = { html: "HTML is valid", css: "CSS is valid" };

// `standard` is the HTML standard alone; what follows is not about validity or is judged elsewhere.
const RULES = {
  extends: ["html-validate:standard"],
  rules: { "require-sri": "off", "require-csp-nonce": "off", "no-inline-style": "off" },
};

async function judgeHtml({ board, faults }) {
  const validator = new HtmlValidate({ root: true, ...RULES });
  for (const page of board.pages) {
    faults.looked("html");
    const report = await validator.validateString(page.html, page.path);
    for (const { messages } of report.results) {
      for (const { ruleId, message, line, selector } of messages) {
        faults.add("html", `${ruleId}: ${message}`, { page: `${page.path}:${line}`, text: selector ?? undefined });
      }
    }
  }
}

/** The boxes in the margins of a sheet (CSS Paged Media), which css-tree does not know. */
const MARGIN_BOX = /^(top|bottom)-(left-corner|left|center|right|right-corner)$|^(left|right)-(top|middle|bottom)$/;

/** What css-tree says of one declaration: its property is unknown, or its value does not fit the property. */
function misfit(node) {
  if (node.property.startsWith("--")) return undefined;
  const { error } = css.lexer.matchDeclaration(node);
  // A value with var() is known only where it is used.
  if (!error || /var\(\)/.test(error.message)) return undefined;
  return `${node.property}: ${css.generate(node.value)} (${error.rawMessage ?? error.message})`;
}

function judgeStylesheet(path, text, faults) {
  const add = (message, line) => faults.add("css", message, { page: line ? `${path}:${line}` : path });
  const tree = css.parse(text, { filename: path, positions: true, onParseError: (error) => add(error.message, error.line) });
  const defined = new Set();
  const used = [];
  css.walk(tree, function (node) {
    const line = node.loc?.start.line;
    if (node.type === "Declaration") {
      if (node.property.startsWith("--")) defined.add(node.property);
      // A descriptor of @font-face, @page or @counter-style is no property.
      const properties = this.rule || !this.atrule || MARGIN_BOX.test(this.atrule.name);
      const message = properties ? misfit(node) : descriptor(this.atrule, node);
      if (message) add(message, line);
    }
    if (node.type === "Atrule") {
      const { error } = css.lexer.matchAtrulePrelude(node.name, node.prelude);
      const known = /^(media|supports|container|layer)$/.test(node.name) || MARGIN_BOX.test(node.name);
      if (error && !known) add(`@${node.name}: ${error.message.split("\n")[0]}`, line);
    }
    if (node.type === "Function" && node.name === "var") used.push([node.children.first?.name, node.children.size, line]);
  });
  for (const [name, parts, line] of used) {
    if (parts === 1 && !defined.has(name)) add(`var(${name}) is defined nowhere`, line);
  }
}

function descriptor(atrule, node) {
  if (atrule.name === "page") return /^(size|margin.*|marks|bleed|page-orientation)$/.test(node.property) ? undefined : misfit(node);
  const { error } = css.lexer.matchAtruleDescriptor(atrule.name, node.property, node.value);
  return error ? `@${atrule.name} ${node.property}: ${error.message.split("\n")[0]}` : undefined;
}

/** Judges all pages and style sheets. */
export async function check(context) {
  await judgeHtml(context);
  for (const path of context.board.stylesheets) {
    context.faults.looked("css");
    judgeStylesheet(path, readFileSync(join(context.board.folder, path), "utf8"), context.faults);
  }
}
