// The list of faults, and how it is told: one line a check, then every fault once with the pages it is on.

const SHOWN = 4;

/** Collects faults by check. A check exists once it was begun, so that one that never ran is not reported as passed. */
export class Faults {
  #checks = new Map();

  /** Begins a check; `title` says what holds when it passes. */
  begin(check, title) {
    if (!this.#checks.has(check)) this.#checks.set(check, { title, looked: 0, faults: [] });
  }

  /** Counts one thing looked at. */
  looked(check) {
    this.#checks.get(check).looked += 1;
  }

  /** A fault: `where` is `{ page, at, selector, text }`, each where known; `at` is a width or a way of opening. */
  add(check, message, where = {}) {
    this.#checks.get(check).faults.push({ message, ...where });
  }

  /** Number of checks that passed and that failed. A check that looked at nothing has failed. */
  counts() {
    const all = [...this.#checks.values()];
    const passed = all.filter((one) => one.looked > 0 && one.faults.length === 0).length;
    return { passed, failed: all.length - passed };
  }

  /** All faults as plain data, for `--faults FILE`. */
  list() {
    return [...this.#checks].flatMap(([check, { faults }]) => faults.map((fault) => ({ check, ...fault })));
  }

  /** One line a check. */
  summary() {
    return [...this.#checks.values()].map(({ title, looked, faults }) => {
      if (looked === 0) return `FAULT  ${title}: nothing was looked at`;
      return faults.length === 0 ? `ok     ${title} (${looked})` : `FAULT  ${title}: ${faults.length} (${looked} looked at)`;
    });
  }

  /** The faults, alike ones together: message, selector, and where. */
  details() {
    const lines = [];
    for (const [check, { faults }] of this.#checks) {
      if (faults.length === 0) continue;
      lines.push("", `${check}:`);
      for (const [alike, some] of groups(faults)) {
        lines.push(`  ${alike}`);
        const places = [...new Set(some.map(place))].filter((text) => text !== "");
        for (const text of places.slice(0, SHOWN)) lines.push(`      ${text}`);
        if (places.length > SHOWN) lines.push(`      and ${places.length - SHOWN} more`);
      }
    }
    return lines;
  }
}

const place = ({ page, at, text }) => [page, at && `@ ${at}`, text && `“${text}”`].filter(Boolean).join("  ");

/** Faults of one message and selector, the most frequent first. Figures in messages do not tell faults apart. */
function groups(faults) {
  const found = new Map();
  for (const fault of faults) {
    const head = fault.selector ? `${fault.message}   ${fault.selector}` : fault.message;
    const key = head.replaceAll(/\d+(\.\d+)?/g, "#");
    const group = found.get(key) ?? [head, []];
    group[1].push(fault);
    found.set(key, group);
  }
  return [...found.values()].sort((a, b) => b[1].length - a[1].length);
}
