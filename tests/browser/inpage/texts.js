// The text a reader sees, and whether it can be read: contrast and size.

{
  /** Whether an ancestor hides its content from sight but not from a screen reader (a box of one pixel, or clipped away). */
  const clipped = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.clipPath.startsWith("inset(50%") || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
      if (style.overflow !== "visible" && (one.offsetWidth <= 1 || one.offsetHeight <= 1)) return true;
    }
    return false;
  };

  /** Whether an element is painted where one can get to by scrolling down. */
  gongshi.isSeen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    return !clipped(element);
  };
}

/** Every seen piece of text: `{ element, text, style }`, text that a style sheet adds included. */
gongshi.texts = () => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (node.data.trim() === "" || element.closest("script, style, noscript, template")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if ([...range.getClientRects()].every((box) => box.width < 1 || box.height < 1)) continue;
    if (gongshi.isSeen(element)) found.push({ element, text: node.data.trim(), style: getComputedStyle(element) });
  }
  for (const element of document.body.querySelectorAll("*")) {
    for (const which of ["::before", "::after"]) {
      const style = getComputedStyle(element, which);
      const text = style.content.match(/^"(.*)"/)?.[1].trim();
      if (text && style.display !== "none" && gongshi.isSeen(element)) found.push({ element, text, style, which });
    }
  }
  return found;
};

/** Texts whose contrast is below `least`. `onPaper`: backgrounds are not printed, so all text stands on white. */
gongshi.lowContrast = (least, onPaper) => {
  const faults = [];
  const paper = onPaper ? [255, 255, 255, 1] : gongshi.paper();
  for (const { element, text, style } of gongshi.texts()) {
    const behind = onPaper ? paper : gongshi.background(element, paper);
    if (!behind) {
      faults.push(gongshi.fault(element, "text over a picture, its contrast cannot be told", text.slice(0, 24)));
      continue;
    }
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
    const [red, green, blue, alpha] = gongshi.colour(style.color);
    const ratio = gongshi.contrast(gongshi.blend([red, green, blue, alpha * opacity], behind), behind);
    if (ratio < least - 0.005) {
      const hex = (colour) => "#" + colour.slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
      const message = `contrast below ${least}:1, ${hex([red, green, blue])} on ${hex(behind)}: ${ratio.toFixed(2)}:1`;
      faults.push(gongshi.fault(element, message, text.slice(0, 24)));
    }
  }
  return faults;
};

/** Text that is too small: the body below `body` px, any text below `least` px, most of the main part below `body` px. */
gongshi.smallText = (body, least) => {
  const faults = [];
  const size = (style) => Number.parseFloat(style.fontSize);
  const own = size(getComputedStyle(document.body));
  if (own < body) faults.push(gongshi.fault(document.body, `body text is ${own} px, ${body} px needed`, ""));
  const main = document.querySelector("main");
  let [large, all] = [0, 0];
  for (const { element, text, style } of gongshi.texts()) {
    if (size(style) < least - 0.01) faults.push(gongshi.fault(element, `text of ${size(style)} px, ${least} px is the least`, text));
    if (main?.contains(element)) {
      all += text.length;
      if (size(style) >= body - 0.01) large += text.length;
    }
  }
  if (all > 0 && large * 2 < all) faults.push(gongshi.fault(main, `most text of the page is below ${body} px`, ""));
  return faults;
};

/** Boxes that only their background shows (a bar, a dot): gone where the reader's own colours are forced. */
gongshi.lostBoxes = () => {
  const shows = (element) => {
    const style = getComputedStyle(element);
    const painted = gongshi.colour(style.backgroundColor)[3] > 0 || style.backgroundImage !== "none";
    const empty = element.textContent.trim() === "" && !element.querySelector("img, svg");
    const box = element.getBoundingClientRect();
    return painted && empty && box.width > 3 && box.height > 3 && !/^(td|th|tr|hr|img|col)$/i.test(element.tagName);
  };
  return [...document.body.querySelectorAll("*")].filter((element) => {
    if (!gongshi.isSeen(element) || !shows(element)) return false;
    const style = getComputedStyle(element);
    return style.forcedColorAdjust !== "none" && Number.parseFloat(style.borderTopWidth) === 0;
  }).map((element) => gongshi.fault(element, "only its background shows it, which forced colours take away"));
};
