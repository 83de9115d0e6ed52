// Runs work on a list with a few workers, each with its own helper (a browser context, mostly).

/** Calls `work(item, helper)` for every item; `open()` makes a worker's helper, `close(helper)` ends it. */
export async function inParallel(items, workers, open, work, close) {
  const queue = [...items];
  const run = async () => {
    const helper = await open();
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, helper);
    await close(helper);
  };
  await Promise.all(Array.from({ length: Math.min(workers, items.length) }, run));
}
