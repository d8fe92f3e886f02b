import { expect, it, vi } from "vitest";
import type { Media } from "./media";
import { Uploads } from "./uploads";

/** A sender that does as the test says, one file at a time. */
function controlled() {
  const running: { name: string; done: () => void; fail: () => void; progress: (share: number) => void; signal: AbortSignal }[] = [];
  const arrived = vi.fn();
  const uploads = new Uploads(
    (file, progress, signal) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new Error("broken"));
        signal.addEventListener("abort", fail);
        running.push({ name: file.name, done: () => resolve({ key: file.name } as Media), fail, progress, signal });
      }),
    arrived,
  );
  const shown = () => uploads.use.getState().list.map(({ file, state }) => `${file.name} ${state}`);
  return { uploads, running, arrived, shown };
}

const files = (...names: string[]) => names.map((name) => ({ name, size: 1 }) as File);
const settled = () => new Promise((resolve) => setTimeout(resolve));

it("sends two files at once, the others after them", async () => {
  const { uploads, running, arrived, shown } = controlled();
  uploads.add(files("a", "b", "c"));
  expect(shown()).toEqual(["a sending", "b sending", "c waiting"]);
  running[0]!.done();
  await settled();
  expect(shown()).toEqual(["b sending", "c sending"]);
  expect(arrived).toHaveBeenCalledExactlyOnceWith({ key: "a" });
});

it("tells how much of a file is sent", () => {
  const { uploads, running } = controlled();
  uploads.add(files("a"));
  running[0]!.progress(0.5);
  expect(uploads.use.getState().list[0]!.share).toBe(0.5);
});

it("keeps a file that failed, and sends it again when asked", async () => {
  const { uploads, running, arrived, shown } = controlled();
  uploads.add(files("a"));
  running[0]!.fail();
  await settled();
  expect(shown()).toEqual(["a failed"]);
  uploads.retry(1);
  expect(shown()).toEqual(["a sending"]);
  running[1]!.done();
  await settled();
  expect(shown()).toEqual([]);
  expect(arrived).toHaveBeenCalledOnce();
});

it("stops sending what is cancelled, and goes on with the next", async () => {
  const { uploads, running, arrived, shown } = controlled();
  uploads.add(files("a", "b", "c", "d"));
  uploads.cancel(1);
  expect(running[0]!.signal.aborted).toBe(true);
  await settled();
  expect(shown()).toEqual(["b sending", "c sending", "d waiting"]);
  uploads.cancelAll();
  await settled();
  expect(shown()).toEqual([]);
  expect(running.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  expect(arrived).not.toHaveBeenCalled();
});

it("does not send what will not be taken", () => {
  const { uploads, running, shown } = controlled();
  uploads.add([{ name: "empty", size: 0 } as File]);
  expect(shown()).toEqual(["empty refused"]);
  expect(uploads.use.getState().list[0]!.reason).toBe("media.no_bytes");
  expect(running).toEqual([]);
  uploads.cancel(1);
  expect(shown()).toEqual([]);
});
