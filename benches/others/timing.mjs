// How the tools of Node are timed: knows nothing of them.

const RUNS = Number(process.argv[2]);
// The first runs warm up: a just-in-time compiler takes more of them than an interpreter.
const WARM_UP = 4;

/** Prints the median time of `work(before())`; `after` looks at what was made. Only the work is timed. */
export async function report(table, tool, work, before = () => {}, after = () => {}) {
  const times = [];
  for (let run = 0; run < RUNS + WARM_UP; run++) {
    const input = await before();
    const start = performance.now();
    const made = await work(input);
    times.push(performance.now() - start);
    await after(input, made);
  }
  const timed = times.slice(WARM_UP).sort((a, b) => a - b);
  console.log([table, tool, timed[Math.floor(RUNS / 2)].toFixed(3)].join("\t"));
}
