// Runs in each page before its own scripts. Times are those of the page's own clock, in milliseconds.
window.probe = (() => {
  const afterPaint = (tell) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => tell(performance.now());
    channel.port2.postMessage(0);
  };
  /** Tells when it is so and the browser has drawn it; an error after a minute. */
  const once = (isSo) =>
    new Promise((tell, fail) => {
      const late = performance.now() + 60_000;
      const look = () => requestAnimationFrame(() => (isSo() ? afterPaint(tell) : performance.now() > late ? fail(new Error(`never: ${isSo}`)) : look()));
      look();
    });
  let frames = null;
  let blocks = [];
  const frame = (now) => {
    if (!frames) return;
    frames.push(now);
    requestAnimationFrame(frame);
  };
  new PerformanceObserver((list) => blocks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  return {
    once,
    /** When the first node is drawn, from the begin of the navigation. */
    drawn: once(() => document.querySelector(".react-flow__node, [data-overview]")),
    /** From the next event of a type until something is so, and drawn. */
    after: (type, isSo) =>
      new Promise((tell, fail) => {
        const begin = ({ timeStamp }) => void once(isSo).then((end) => tell(end - timeStamp), fail);
        addEventListener(type, begin, { capture: true, once: true });
      }),
    watch: () => {
      frames = [];
      blocks = [];
      requestAnimationFrame(frame);
    },
    /** Lengths of the frames since `watch`. */
    gaps: () => {
      const seen = frames;
      frames = null;
      return seen.slice(1).map((now, index) => now - seen[index]);
    },
    /** The longest time since `watch` in which the page could do nothing else; below 50 the browser tells none. */
    longestBlock: () => Math.max(0, ...blocks),
  };
})();
