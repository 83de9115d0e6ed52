// What can be reached with the keyboard, in the order of the document.

/** Marks every link and control that the keyboard must reach, in order; returns how many there are. */
gongshi.reachable = () => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], area[href]")];
  gongshi.stops = all.filter((element) => {
    if (element.disabled || element.tabIndex < 0) return false;
    if (element.matches("details:not([open]) > :not(summary), details:not([open]) > :not(summary) *")) return false;
    return element.checkVisibility({ visibilityProperty: true });
  });
  return gongshi.stops.length;
};

/** Where the focus is: its place in that order (-1 is nowhere), whether it is in sight, and how it is named. */
gongshi.focused = () => {
  const element = document.activeElement;
  const place = gongshi.stops.indexOf(element);
  if (place < 0) return { place, body: element === document.body || element === null, selector: gongshi.selector(element ?? document.body) };
  const box = element.getBoundingClientRect();
  const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const middle = document.elementFromPoint((Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  const covered = inSight && middle !== null && !element.contains(middle) && !middle.contains(element);
  const { href, tabIndex } = element;
  return { place, inSight, covered, top: box.top + scrollY, bottom: box.bottom + scrollY, ...gongshi.fault(element, ""), href, tabIndex };
};

/** One stop of each kind of element, as places in the order. */
gongshi.kindsOfStops = () => {
  const kinds = new Map();
  gongshi.stops.forEach((element, place) => {
    const kind = gongshi.selector(element);
    if (!kinds.has(kind)) kinds.set(kind, place);
  });
  return [...kinds.values()];
};

/** Brings a stop to the middle of the window, with or without focus; returns the part of the window around it. */
gongshi.stand = (place, withFocus) => {
  const element = gongshi.stops[place];
  if (withFocus) element.focus({ preventScroll: true });
  else element.blur();
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const box = element.getBoundingClientRect();
  const around = 16;
  const x = Math.max(0, box.left - around);
  const y = Math.max(0, box.top - around);
  return {
    clip: { x, y, width: Math.min(innerWidth, box.right + around) - x, height: Math.min(innerHeight, box.bottom + around) - y },
    perimeter: 2 * (box.width + box.height),
    ...gongshi.fault(element, ""),
  };
};
