import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, type Schemas } from "../api/client";
import type { Scenario } from "../scenario/model";
import { forgetWork, leftBy, unsavedOf } from "./kept";
import { isChangedSince, RETRY_MS, Saver } from "./saving";

const WORK = { user: "ann", id: "s", page: "p" };
const first: Scenario = { format: "botflow.scenario/1", id: "s", name: "S", channel: "webchat", language: "en", nodes: [] };
const named = (name: string): Scenario => ({ ...first, name });
const answered = (revision: number) => ({ revision, problems: [], has_changes: true }) as unknown as Schemas["SavedView"];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A browser's storage; without it there is only the page's memory. */
function storageWithRoom(): Partial<Storage> {
  const items: Record<string, string> = {};
  return Object.defineProperties(items, {
    getItem: { value: (key: string) => items[key] ?? null },
    setItem: { value: (key: string, text: string) => void (items[key] = text) },
    removeItem: { value: (key: string) => delete items[key] },
  });
}

function saverOf(put: (revision: number, scenario: Scenario) => Promise<Schemas["SavedView"]>) {
  return new Saver(WORK, 1, first, [], false, (_, revision, scenario) => put(revision, scenario));
}

describe("a draft saves itself", () => {
  it("a moment after the last of several changes, once", async () => {
    const put = vi.fn(async () => answered(2));
    const saver = saverOf(put);
    saver.change(named("a"));
    saver.change(named("b"));
    expect(saver.store.getState()).toMatchObject({ state: "waiting", hasChanges: false });
    expect(unsavedOf(WORK)?.scenario.name).toBe("b");
    await vi.runAllTimersAsync();
    expect(put.mock.calls).toEqual([[1, named("b")]]);
    expect(saver.store.getState()).toMatchObject({ state: "saved", hasChanges: true });
    expect(unsavedOf(WORK)).toBeNull();
  });

  it("one save at a time, each on the base of the one before", async () => {
    let revision = 1;
    const put = vi.fn(async (_base: number, _scenario: Scenario) => {
      if (revision === 1) saver.change(named("b"));
      return answered(++revision);
    });
    const saver = saverOf(put);
    saver.change(named("a"));
    await vi.runAllTimersAsync();
    expect(put.mock.calls.map(([base, { name }]) => [base, name])).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    expect(saver.store.getState().state).toBe("saved");
  });

  it("when the connection comes back, and nothing is lost meanwhile", async () => {
    let isOnline = false;
    const put = vi.fn(async () => {
      if (!isOnline) throw new ApiError(0, "no answer");
      return answered(2);
    });
    const saver = saverOf(put);
    saver.change(named("kept"));
    await vi.advanceTimersByTimeAsync(RETRY_MS * 3);
    expect(saver.store.getState().state).toBe("offline");
    expect(unsavedOf(WORK)).toMatchObject({ revision: 1, scenario: named("kept") });
    isOnline = true;
    saver.hurry();
    await vi.advanceTimersByTimeAsync(0);
    expect(saver.store.getState().state).toBe("saved");
  });

  it("telling that there is no connection until there is one, and what is refused until it is saved", async () => {
    const faults = [new ApiError(0, "no answer"), new ApiError(0, "no answer"), new ApiError(422, "Not so.")];
    const put = vi.fn(async () => {
      const fault = faults.shift();
      if (fault) throw fault;
      return answered(2);
    });
    const saver = saverOf(put);
    const told: string[] = [];
    saver.store.subscribe(({ state }, before) => state !== before.state && told.push(state));
    saver.change(named("a"));
    await vi.advanceTimersByTimeAsync(RETRY_MS * 3);
    saver.change(named("b"));
    await vi.runAllTimersAsync();
    expect(told).toEqual(["waiting", "saving", "offline", "refused", "saved"]);
  });

  it("never over what somebody else has saved, until somebody says so", async () => {
    const put = vi.fn(async (base: number) => {
      if (base !== 7) throw new ApiError(409, "changed");
      return answered(8);
    });
    const saver = saverOf(put);
    saver.change(named("mine"));
    await vi.runAllTimersAsync();
    expect(saver.store.getState().state).toBe("conflict");
    saver.change(named("mine, more"));
    saver.hurry();
    await vi.runAllTimersAsync();
    expect(put).toHaveBeenCalledTimes(1);
    saver.overwrite(7);
    await vi.runAllTimersAsync();
    expect(put).toHaveBeenLastCalledWith(7, named("mine, more"));
    expect(saver.store.getState().state).toBe("saved");
  });

  it("keeping apart what gives way to somebody else's", async () => {
    vi.stubGlobal("localStorage", storageWithRoom());
    const saver = saverOf(async () => {
      throw new ApiError(409, "changed");
    });
    saver.change(named("mine"));
    await vi.runAllTimersAsync();
    saver.setAside();
    expect(saver.store.getState().state).toBe("saved");
    expect(unsavedOf(WORK)).toBeNull();
    const [left, ...others] = leftBy(WORK, (page) => page === WORK.page);
    expect(left?.unsaved).toMatchObject({ revision: 1, scenario: named("mine") });
    expect(others).toEqual([]);
    vi.unstubAllGlobals();
  });

  it("giving way to nobody where the browser has no room for both", async () => {
    const saver = saverOf(async () => {
      throw new ApiError(409, "changed");
    });
    saver.change(named("mine"));
    await vi.runAllTimersAsync();
    expect(saver.setAside()).toBe(false);
    expect(saver.store.getState()).toMatchObject({ state: "conflict", isKept: false });
    expect(saver.isAtRisk).toBe(true);
    expect(unsavedOf(WORK)?.scenario.name).toBe("mine");
    forgetWork(WORK);
  });

  it("never with the session of whoever comes next", async () => {
    const put = vi.fn(async () => {
      throw new ApiError(401, "signed out");
    });
    const saver = saverOf(put);
    saver.change(named("mine"));
    await vi.advanceTimersByTimeAsync(RETRY_MS * 3);
    saver.end();
    saver.hurry();
    await vi.advanceTimersByTimeAsync(RETRY_MS * 3);
    expect(put).toHaveBeenCalledTimes(1);
    expect(unsavedOf(WORK)?.scenario.name).toBe("mine");
  });

  it("and says why where it is refused", async () => {
    const saver = saverOf(async () => {
      throw new ApiError(413, "too large");
    });
    saver.change(named("huge"));
    await vi.runAllTimersAsync();
    expect(saver.store.getState()).toMatchObject({ state: "refused", reason: "too large" });
    expect(saver.isAtRisk).toBe(true);
  });

  it("nothing where a change was undone before it was saved", async () => {
    const put = vi.fn(async () => answered(2));
    const saver = saverOf(put);
    saver.change(named("a"));
    saver.change(first);
    await vi.runAllTimersAsync();
    expect(put).not.toHaveBeenCalled();
    expect(saver.store.getState().state).toBe("saved");
    expect(saver.isAtRisk).toBe(false);
  });
});

describe("of two pages of one person", () => {
  const other = { ...WORK, page: "q" };
  const conflict = async () => {
    throw new ApiError(409, "changed");
  };
  afterEach(() => [WORK, other].forEach(forgetWork));

  it("the one that saves leaves to the other what that keeps", async () => {
    const contested = saverOf(conflict);
    contested.change(named("mine"));
    await vi.runAllTimersAsync();
    const saving = new Saver(other, 2, first, [], false, async () => answered(3));
    saving.change(named("on the other page"));
    await vi.runAllTimersAsync();
    expect(saving.store.getState().state).toBe("saved");
    expect(unsavedOf(other)).toBeNull();
    expect(unsavedOf(WORK)?.scenario.name).toBe("mine");
  });

  it("what a closed one has left is found, the newest first, and what an open one keeps is its own", () => {
    vi.setSystemTime(1_000);
    saverOf(conflict).change(named("older"));
    vi.setSystemTime(2_000);
    new Saver(other, 1, first, []).change(named("newer"));
    new Saver({ ...other, id: "s2" }, 1, first, []).change(named("of another chatbot"));
    const found = (open: string) => leftBy(WORK, (page) => page === open).map(({ unsaved }) => unsaved.scenario.name);
    expect(found("")).toEqual(["newer", "older"]);
    expect(found("q")).toEqual(["older"]);
  });
});

describe("whoever leaves is asked", () => {
  it("where somebody else has changed the draft, until it is decided", async () => {
    const saver = saverOf(async () => {
      throw new ApiError(409, "changed");
    });
    saver.change(named("mine"));
    await vi.runAllTimersAsync();
    expect(saver.isAtRisk).toBe(true);
    saver.discard();
    expect(saver.isAtRisk).toBe(false);
    expect(unsavedOf(WORK)).toBeNull();
  });

  it("where the browser could not keep what waits", () => {
    const saver = saverOf(async () => answered(2));
    saver.change(named("nobody else has it")); // there is no storage here
    expect(saver.store.getState()).toMatchObject({ state: "waiting", isKept: false });
    expect(saver.isAtRisk).toBe(true);
    saver.discard();
  });
});

describe("the draft is what is published", () => {
  const published = { revision: 3, has_changes: false };
  it.each([
    ["as the server said last", "saved", 3, true, false],
    ["not once something else was saved", "saved", 4, true, true],
    ["where what was saved does the same", "saved", 4, false, false],
    ["not while work waits", "waiting", 3, false, true],
    ["not while work is stuck", "offline", 4, false, true],
  ] as const)("%s", (_, state, revision, hasChanges, isChanged) => expect(isChangedSince({ state, revision, hasChanges }, published)).toBe(isChanged));
});
