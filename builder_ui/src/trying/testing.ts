import { createStore, type StoreApi } from "zustand";
import { answer, api } from "../api/client";
import type { Editor } from "../canvas/editor";
import type { Scenario } from "../scenario/model";
import { lengthOf, type Test, testsOf } from "./tests";
import type { Tried } from "./transcript";

/** What came of a test; an error: it could not be run. */
export type Result = { tried: Tried; isPassed: boolean } | { error: unknown };

export interface Testing {
  /** By test. A test that was changed is another one. */
  results: ReadonlyMap<Test, Result>;
  /** The draft that they were run on. */
  ranOn: Scenario | null;
  isRunning: boolean;
  /** Whether the canvas shows what the tests reach. */
  showsReach: boolean;
}

type Play = (id: string, document: Scenario, test: Test) => Promise<Tried>;

const play: Play = (id, document, test) =>
  answer(
    api.POST("/api/v1/chatbots/{chatbot_id}/trial", {
      params: { path: { chatbot_id: id } },
      body: { document: document as never, transcript: test as never, with_reachable: false, runs: [] },
    }),
  );

/** Runs the tests of a draft, one after the other, as `botflow test` would. */
export class TestRun {
  readonly store: StoreApi<Testing>;
  private serial = 0;

  constructor(
    private readonly id: string,
    private readonly editor: Editor,
    private readonly ask: Play = play,
  ) {
    this.store = createStore<Testing>(() => ({ results: new Map(), ranOn: null, isRunning: false, showsReach: false }));
  }

  /** Run all tests on the draft as it is now. Whoever asks again begins anew. */
  async run(): Promise<void> {
    this.serial += 1;
    const { serial } = this;
    const { scenario } = this.editor.getState();
    this.store.setState({ results: new Map(), ranOn: scenario, isRunning: true });
    for (const test of testsOf(scenario)) {
      const result = await resultOf(this.id, scenario, test, this.ask);
      if (serial !== this.serial) return;
      this.store.setState(({ results }) => ({ results: new Map(results).set(test, result) }));
    }
    this.store.setState({ isRunning: false });
  }

  showReach(showsReach: boolean): void {
    this.store.setState({ showsReach });
  }
}

/** What comes of a test of a draft. */
export async function resultOf(id: string, scenario: Scenario, test: Test, ask: Play = play): Promise<Result> {
  try {
    const tried = await ask(id, scenario, test);
    return { tried, isPassed: passes(tried, test) };
  } catch (error) {
    return { error };
  }
}

const passes = ({ problems, stopped, differences, turns }: Tried, test: Test): boolean =>
  problems.length === 0 && stopped === null && differences.length === 0 && turns.length === lengthOf(test);

/** Whether the draft does the same as the one that tests were run on; tests and places on the canvas do not count. */
export const isSame = (ranOn: Scenario | null, now: Scenario): boolean =>
  ranOn !== null && ranOn.nodes === now.nodes && ranOn.settings === now.settings && ranOn.channel === now.channel;

/** What came of the tests that are there now. */
export const resultsOf = (results: ReadonlyMap<Test, Result>, scenario: Scenario): Result[] => testsOf(scenario).flatMap((test) => results.get(test) ?? []);

export const isPassed = (result: Result): boolean => "tried" in result && result.isPassed;
