// Whether everything fits the window: no sideways scrolling, nothing cut off; and whether telephones can be tapped.

/** What does not fit the width of the window. Half a pixel is rounding. */
gongshi.sideways = () => {
  const faults = [];
  const root = document.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) {
    faults.push(gongshi.fault(root, `the page scrolls sideways: ${root.scrollWidth} px in a window of ${width} px`, ""));
  }
  const reported = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    if (!gongshi.isSeen(element) || reported.has(element.parentElement)) {
      if (reported.has(element.parentElement)) reported.add(element);
      continue;
    }
    const message = gongshi.misfit(element, width);
    if (message) {
      reported.add(element);
      faults.push(gongshi.fault(element, message));
    }
  }
  return faults;
};

/** How one element does not fit, if so. Only the outermost of nested elements is asked. */
gongshi.misfit = (element, width) => {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return undefined;
  if (box.right > width + 1) return `reaches ${Math.round(box.right - width)} px beyond the window`;
  if (box.left < -1) return `begins ${Math.round(-box.left)} px left of the window`;
  const style = getComputedStyle(element);
  const inner = element.clientWidth;
  if (inner === 0 || style.display.startsWith("inline") && style.display !== "inline-block") return undefined;
  const over = element.scrollWidth - inner;
  if (over > 1 && /auto|scroll/.test(style.overflowX)) return `scrolls sideways within itself by ${over} px`;
  if (over > 1 && /hidden|clip/.test(style.overflowX)) return `cuts off ${over} px of its content at the side`;
  if (element.scrollHeight - element.clientHeight > 2 && /hidden|clip/.test(style.overflowY)) return "cuts off its content below";
  if (over > 2 && /^(TD|TH|DD|DT|P|LI|H[1-6]|A|CAPTION|SPAN)$/.test(element.tagName)) {
    return `its content runs ${over} px out of it`;
  }
  return undefined;
};

/** Telephone links that are too low to tap, or that dial something else than they show. */
gongshi.telephones = (least) => {
  const digits = (text) => text.normalize("NFKC").replace(/\D/g, "");
  const faults = [];
  const links = [...document.querySelectorAll('a[href^="tel:" i]')];
  for (const link of links) {
    if (!gongshi.isSeen(link)) continue;
    const height = link.getBoundingClientRect().height;
    if (height < least - 0.5) {
      faults.push(gongshi.fault(link, `a telephone button ${Math.round(height)} px high, ${least} px needed`));
    }
    const dialled = digits(decodeURIComponent(link.getAttribute("href").slice(4)));
    const shown = digits(link.innerText);
    if (dialled === "" || dialled !== shown) faults.push(gongshi.fault(link, `dials ${dialled} and shows ${shown}`));
  }
  return { faults, count: links.length };
};

/** What print must not show: navigation and the skip link. */
gongshi.navigation = () => {
  const skip = document.querySelector('body > a[href^="#"]');
  return [...document.querySelectorAll("nav, [role=navigation]"), ...(skip ? [skip] : [])]
    .filter((element) => gongshi.isSeen(element) && element.getBoundingClientRect().height > 0)
    .map((element) => gongshi.fault(element, "navigation is printed"));
};
