// Times single runs of a piece of work in milliseconds, after a warm-up of a quarter of the time.
export async function timed(work, seconds) {
  let times = [];
  for (const budget of [seconds / 4, seconds]) {
    times = [];
    const end = performance.now() + 1000 * budget;
    while (performance.now() < end || times.length < 3) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
  }
  return times;
}
