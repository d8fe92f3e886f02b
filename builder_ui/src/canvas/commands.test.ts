import { afterEach, describe, expect, it, vi } from "vitest";
import { MOST_PASTED } from "../scenario/clipboard";
import type { Scenario } from "../scenario/model";
import { notesOf } from "../scenario/notes";
import { type Bench, COMMAND_NAMES, type CommandName, commandFor, commandOf, isGiven, isKey, keysOf, nameOf } from "./commands";
import { createEditor } from "./editor";

const step = (id: string, ...next: string[]) => ({ id, kind: "action", step: { type: "reset" }, next });
const scenario = {
  format: "botflow.scenario/1",
  id: "s",
  name: "S",
  channel: "webchat",
  language: "en",
  nodes: [step("a", "b"), step("b"), step("c")],
  layout: { nodes: { a: [0, 0], b: [320, 0], c: [0, 320] }, notes: [{ id: "n", text: "Ask Maria", at: [640, 0] }] },
} as unknown as Scenario;

/** What commands work on, with this chosen. */
function benchWith(...chosen: string[]): Bench {
  const editor = createEditor(scenario);
  editor.getState().choose(chosen);
  return { editor, tryAt: () => undefined, pointed: null, middle: () => [0, 0], say: () => undefined, t: (key: string) => key } as unknown as Bench;
}

const chosenIn = ({ editor }: Bench) => editor.getState().chosen;
const run = (name: CommandName, bench: Bench) => commandOf(name).run?.(bench);

const pressed = (key: string, held: Partial<Record<"altKey" | "ctrlKey" | "metaKey" | "shiftKey", boolean>> = {}) =>
  nameOf({ altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, key, ...held });

describe("keys", () => {
  it.each([
    [pressed("z", { ctrlKey: true }), "Ctrl+z"],
    [pressed("Z", { metaKey: true, shiftKey: true }), "Ctrl+Shift+z"],
    [pressed("ArrowRight", { altKey: true }), "Alt+ArrowRight"],
    [pressed("?", { shiftKey: true }), "Shift+?"],
  ])("%s are named %s", (name, wanted) => expect(name).toBe(wanted));

  it.each([[[]], [["a"]], [["note n"]], [["a", "note n"]], [["note n", "a"]]])("mean one thing each with %j chosen", (chosen) => {
    const bench = benchWith(...chosen);
    const keys = COMMAND_NAMES.filter((name) => isGiven(name, bench, true)).flatMap((name) => commandOf(name).keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ["Enter", ["a"], "open"],
    ["Enter", ["note n"], "write"],
    ["Enter", [], null],
    ["Ctrl+c", [], null],
  ])("%s with %j chosen is %j, as in the palette", (key, chosen, name) => expect(commandFor(key, benchWith(...chosen), true)).toBe(name));

  it("change nothing while somebody only looks", () => {
    const bench = benchWith("a");
    expect(commandFor("Ctrl+z", bench, false)).toBeNull();
    expect(commandFor("Ctrl+z", bench, true)).toBe("undo");
    expect(commandFor("Ctrl+f", bench, false)).toBe("find");
    expect(isKey("Ctrl+q")).toBe(false);
  });

  it.each([
    ["redo", "Ctrl+Shift+Z"],
    ["follow", "Alt+→"],
    ["move", "← ↑ → ↓"],
    ["tidy", ""],
  ] as const)("of %s are told as %j", (name, told) => expect(keysOf(name)).toBe(told));
});

describe("what is chosen", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [[], ["open", "write", "try_here", "copy", "cut", "duplicate", "after", "remove"]],
    [["note n"], ["open", "try_here", "after"]],
    [["a"], ["write"]],
    [["a", "note n"], ["open", "try_here"]],
  ])("as %j leaves out %j", (chosen, wanted) => {
    const names: CommandName[] = ["open", "write", "try_here", "copy", "cut", "duplicate", "after", "remove"];
    expect(names.filter((name) => !isGiven(name, benchWith(...chosen), true))).toEqual(wanted);
  });

  it("is everything, notes included", () => {
    const bench = benchWith();
    run("all", bench);
    expect(chosenIn(bench)).toEqual(["note n", "a", "b", "c"]);
  });

  it("keeps its notes as what comes after is chosen too", () => {
    const bench = benchWith("note n", "a");
    run("after", bench);
    expect(chosenIn(bench)).toEqual(["note n", "a", "b"]);
  });

  it("is what is cut, whatever is chosen by the time the clipboard answers", async () => {
    let answer = () => {};
    vi.stubGlobal("navigator", { clipboard: { writeText: () => new Promise<void>((resolve) => (answer = resolve)) } });
    const bench = benchWith("a");
    const cut = run("cut", bench);
    bench.editor.getState().choose(["c"]);
    answer();
    await cut;
    expect(bench.editor.getState().scenario.nodes.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(chosenIn(bench)).toEqual(["c"]);
  });

  it.each([
    [MOST_PASTED - 4, []],
    [MOST_PASTED - 3, ["canvas.too_much_to_paste"]],
  ])("is pasted with %d steps where there are three and a note, or it is said why not", async (count, said) => {
    const nodes = Array.from({ length: count }, (_, at) => step(`new ${at}`));
    vi.stubGlobal("navigator", { clipboard: { readText: async () => JSON.stringify({ format: "botflow.nodes/1", channel: "webchat", nodes }) } });
    const heard: string[] = [];
    const bench = { ...benchWith(), say: (text: string) => void heard.push(text) };
    await run("paste", bench);
    expect(heard).toEqual(said);
    expect(bench.editor.getState().scenario.nodes).toHaveLength(said.length ? 3 : 3 + count);
  });

  it("is pasted beside itself, and each time somewhere else", async () => {
    vi.stubGlobal("navigator", {});
    const bench = benchWith("a", "note n");
    await run("copy", bench);
    await run("paste", bench);
    await run("paste", bench);
    const { layout } = bench.editor.getState().scenario;
    expect(Object.values(layout?.nodes ?? {}).slice(3)).toEqual([[40, 40], [80, 80]]);
    expect(notesOf(bench.editor.getState().scenario).map(({ at }) => at)).toEqual([[640, 0], [680, 40], [720, 80]]);
  });
});
