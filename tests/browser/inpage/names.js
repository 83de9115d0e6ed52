// Names for elements in the list of faults: a short path of tags and classes, the same for alike elements.

globalThis.gongshi ??= {};

gongshi.selector = (element) => {
  const parts = [];
  for (let one = element; one && one !== document.documentElement && parts.length < 4; one = one.parentElement) {
    const classes = [...one.classList].map((name) => `.${name}`).join("");
    parts.unshift(one.tagName.toLowerCase() + (one.id ? `#${one.id}` : classes));
    if (one.id) break;
  }
  return parts.join(" > ");
};

gongshi.sample = (element) => (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 24);

/** A fault as the list wants it. */
gongshi.fault = (element, message, text) => ({
  message,
  selector: gongshi.selector(element),
  text: text ?? gongshi.sample(element),
});
