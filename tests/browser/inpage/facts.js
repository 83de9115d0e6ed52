// Plain facts of a page that are judged outside of it.

/** Every address a page names and every anchor it has. */
gongshi.links = () => {
  const links = [];
  for (const element of document.querySelectorAll("[href], [src], [srcset], [data], [poster], [action]")) {
    const use = element.tagName === "LINK" ? `link ${element.rel}` : element.tagName.toLowerCase();
    for (const name of ["href", "src", "data", "poster", "action"]) {
      const value = element.getAttribute(name);
      if (value !== null) links.push({ use, value, selector: gongshi.selector(element) });
    }
    for (const part of element.getAttribute("srcset")?.split(",") ?? []) {
      links.push({ use, value: part.trim().split(/\s+/)[0], selector: gongshi.selector(element) });
    }
  }
  return { links, anchors: [...document.querySelectorAll("[id]")].map((element) => element.id) };
};

/** What stands in the page itself instead of in a file: scripts, styles, handlers; and the policy against them. */
gongshi.inline = () => {
  const faults = [];
  const add = (element, message) => faults.push(gongshi.fault(element, message, ""));
  for (const element of document.querySelectorAll("*")) {
    if (/^(script|style|iframe|object|embed|base)$/i.test(element.tagName)) add(element, `<${element.tagName.toLowerCase()}> in the page`);
    for (const { name, value } of element.attributes) {
      if (name === "style" || name.startsWith("on")) add(element, `the attribute ${name} in the page`);
      if (/^\s*javascript:/i.test(value)) add(element, "an address that is a script");
    }
  }
  const metas = [...document.querySelectorAll('meta[http-equiv="content-security-policy" i]')];
  const first = document.querySelector("link, script, style, img");
  const late = metas[0] && first && Boolean(metas[0].compareDocumentPosition(first) & Node.DOCUMENT_POSITION_PRECEDING);
  return { faults, policies: metas.map((meta) => meta.content), late, inHead: Boolean(metas[0]?.closest("head")) };
};

/** What must be the same however a page was opened: its text, the look of it, its pictures. */
gongshi.appearance = () => {
  const heading = document.querySelector("h1");
  const style = heading && getComputedStyle(heading);
  return {
    text: document.body.innerText,
    look: [getComputedStyle(document.body).fontSize, style?.fontSize, style?.color, document.documentElement.scrollHeight].join(" "),
    broken: [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.src),
  };
};

/** Number of elements and of all nodes. */
gongshi.nodes = () => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let all = 1;
  while (walker.nextNode()) all += 1;
  return { elements: document.querySelectorAll("*").length, all };
};

/** Opens what is folded away, so that it is looked at as well. */
gongshi.unfold = () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
};

/** Fetches the pictures that wait until they are scrolled to, so that a page is compared with all it has. */
gongshi.showPictures = async () => {
  const pictures = [...document.images];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
};
