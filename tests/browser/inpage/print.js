// The tables of a page as they are printed, to be found again in the PDF.

/** Tables with the text of their head and of each row, cell by cell in the order of the document, as the PDF draws them. */
gongshi.tables = () => {
  const added = (element, which) => getComputedStyle(element, which).content.match(/^"(.*)"/)?.[1] ?? "";
  const cell = (element) => added(element, "::before") + element.innerText + added(element, "::after");
  const row = (element) => [...element.cells].filter((one) => one.checkVisibility()).map(cell).join("");
  return [...document.querySelectorAll("table")]
    .filter((table) => table.checkVisibility() && table.tHead)
    .map((table) => ({
      caption: table.caption?.innerText ?? "",
      head: [...table.tHead.rows].map(row).join(""),
      rows: [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])].flatMap((body) => [...body.rows].map(row)),
    }));
};

/** Texts of navigation that are nowhere else on the page: print must not show them. */
gongshi.navigationTexts = () => {
  const skip = document.querySelector('body > a[href^="#"]');
  const parts = [...document.querySelectorAll("nav, [role=navigation]"), ...(skip ? [skip] : [])];
  const rest = document.body.cloneNode(true);
  for (const part of rest.querySelectorAll('nav, [role=navigation], a[href^="#"]')) part.remove();
  const links = parts.flatMap((part) => (part === skip ? [skip] : [...part.querySelectorAll("a")]));
  return links.map((link) => link.textContent.trim()).filter((text) => text.length > 2 && !rest.textContent.includes(text));
};
