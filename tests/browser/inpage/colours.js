// Colours as a reader sees them, and the contrast between two of them (WCAG 2.2, "contrast ratio").

{
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();

  /** A computed colour in any notation as [red, green, blue, alpha], 0–255 and 0–1. */
  gongshi.colour = (text) => {
    if (!known.has(text)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(text, [red, green, blue, alpha / 255]);
    }
    return known.get(text);
  };
}

/** `over` laid on the opaque `under`. */
gongshi.blend = (over, under) => {
  const part = (index) => over[index] * over[3] + under[index] * (1 - over[3]);
  return [part(0), part(1), part(2), 1];
};

gongshi.contrast = (one, other) => {
  const light = ([red, green, blue]) => {
    const line = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * line(red) + 0.7152 * line(green) + 0.0722 * line(blue);
  };
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
};

/** What the browser paints where no element has a background: follows the page's colour scheme. */
gongshi.paper = () => {
  const probe = document.createElement("i");
  probe.style.backgroundColor = "Canvas";
  document.body.append(probe);
  const colour = gongshi.colour(getComputedStyle(probe).backgroundColor);
  probe.remove();
  return colour;
};

/** The background behind an element's text: backgrounds of it and its ancestors laid over each other; none over a picture. */
gongshi.background = (element, paper) => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    const style = getComputedStyle(one);
    if (style.backgroundImage !== "none") return undefined;
    const colour = gongshi.colour(style.backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reduceRight((under, over) => gongshi.blend(over, under), paper);
};
