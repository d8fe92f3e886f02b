import { createStore, type StoreApi } from "zustand";
import { answer, api, ApiError, type Schemas } from "../api/client";
import { noticeSignedOut } from "../api/queries";
import { newToken } from "../chat/identity";
import type { Scenario } from "../scenario/model";
import { forgetWork, keepWork, type Work } from "./kept";

export const PAUSE_MS = 700;
export const RETRY_MS = 3_000;

/** Where the work is: safe on the server, on its way there, kept in this browser, or against somebody else's. */
export type SaveState = "saved" | "waiting" | "saving" | "offline" | "conflict" | "refused";

export interface Saving {
  state: SaveState;
  /** Of the draft as it was saved last. */
  revision: number;
  /** What is wrong with the draft as it was saved last. */
  problems: readonly Schemas["ProblemView"][];
  /** Why it was refused. */
  reason: string;
  /** Whether the browser keeps what the server does not have; it may be full, or forbidden to. */
  isKept: boolean;
  /** Whether the draft as it was saved last does something else than what is published. */
  hasChanges: boolean;
}

/** What does not pass by itself. */
const STUCK: readonly SaveState[] = ["offline", "conflict", "refused"];

export const isStuck = (state: SaveState) => STUCK.includes(state);

/** Whether the draft, with what is not saved yet, may do something else than what is published, as far as is known of that. */
export function isChangedSince({ state, revision, hasChanges }: Pick<Saving, "state" | "revision" | "hasChanges">, published: { revision: number; has_changes: boolean }): boolean {
  // whichever was heard of last
  return state !== "saved" || (revision > published.revision ? hasChanges : published.has_changes);
}

type Send = (id: string, revision: number, scenario: Scenario) => Promise<Schemas["SavedView"]>;

const send: Send = (id, revision, scenario) =>
  answer(
    api.PUT("/api/v1/chatbots/{chatbot_id}/draft", {
      params: { path: { chatbot_id: id }, query: { revision } },
      body: scenario as never,
    }),
  );

/**
 * Saves a draft by itself (ED-5): a moment after each change, one save at a time, and what cannot be sent is kept in the
 * browser and tried again. A draft that somebody else has changed meanwhile is never overwritten unasked.
 */
export class Saver {
  readonly store: StoreApi<Saving>;
  private latest: Scenario;
  private saved: Scenario;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private isEnded = false;

  constructor(
    private readonly work: Work,
    revision: number,
    scenario: Scenario,
    problems: Saving["problems"],
    hasChanges = true,
    private readonly put: Send = send,
  ) {
    this.latest = this.saved = scenario;
    this.store = createStore<Saving>(() => ({ state: "saved", revision, problems, reason: "", isKept: true, hasChanges }));
  }

  get revision(): number {
    return this.store.getState().revision;
  }

  /** Save this from now on; at once where nothing else is to be waited for. */
  change(scenario: Scenario, pause = PAUSE_MS): void {
    this.latest = scenario;
    if (scenario === this.saved && !this.isSending) return this.rest("saved");
    this.store.setState({ isKept: keepWork(this.work, { revision: this.revision, scenario, at: Date.now() }) });
    if (this.store.getState().state === "conflict") return;
    if (!this.isSending) this.goOn("waiting");
    this.later(pause);
  }

  /** Whether everything is on the server. */
  get isSaved(): boolean {
    return this.latest === this.saved;
  }

  /** Whether somebody who leaves now should be asked: the work is stuck here, or nobody but this page has it. */
  get isAtRisk(): boolean {
    const { state, isKept } = this.store.getState();
    return !this.isSaved && (isStuck(state) || !isKept);
  }

  /** Try now what waits: the connection is back, or somebody asks for it. */
  hurry(): void {
    if (!this.isSaved && this.store.getState().state !== "conflict") this.later(0);
  }

  /** Save over what somebody else has made: on the base of its revision. */
  overwrite(revision: number): void {
    this.store.setState({ state: "waiting", revision });
    this.later(0);
  }

  /** Give up what was not saved. */
  discard(): void {
    this.latest = this.saved;
    this.rest("saved");
  }

  /**
   * Let what somebody else has made stand: what was not saved is kept apart in this browser, and offered like that of a
   * closed page. False: the browser has no room for it, and nothing is done.
   */
  setAside(): boolean {
    const unsaved = { revision: this.revision, scenario: this.latest, at: Date.now() };
    const apart = { ...this.work, page: newToken() };
    forgetWork(this.work); // first: there may not be room for both
    if (!keepWork(apart, unsaved)) {
      forgetWork(apart);
      this.store.setState({ isKept: keepWork(this.work, unsaved) });
      return false;
    }
    this.discard();
    return true;
  }

  /** Send nothing any more: somebody else is signed in. What waits stays in the browser. */
  end(): void {
    this.isEnded = true;
    clearTimeout(this.timer);
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    if (this.isEnded) return;
    this.timer = setTimeout(() => void this.save(), pause);
  }

  private async save(): Promise<void> {
    if (this.isSending || this.isEnded) return;
    const scenario = this.latest;
    this.isSending = true;
    this.goOn("saving");
    try {
      const { revision, problems, has_changes: hasChanges } = await this.put(this.work.id, this.revision, scenario);
      this.saved = scenario;
      this.store.setState({ revision, problems, hasChanges });
      this.isSending = false;
      if (this.latest === scenario) return this.rest("saved");
      this.store.setState({ state: "waiting" });
      this.change(this.latest, 0);
    } catch (error) {
      this.isSending = false;
      this.fail(error);
    }
  }

  /** On its way. Trying again unsays nothing: what keeps it from being saved is told until it is saved. */
  private goOn(state: "waiting" | "saving"): void {
    if (!isStuck(this.store.getState().state)) this.store.setState({ state });
  }

  private rest(state: SaveState): void {
    clearTimeout(this.timer);
    forgetWork(this.work);
    this.store.setState({ state, isKept: true });
  }

  private fail(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 409) return this.store.setState({ state: "conflict" });
    // whoever signs in next may be somebody else: who it was goes on by opening the chatbot again
    if (status === 401) {
      this.store.setState({ state: "offline" });
      return noticeSignedOut(error as ApiError);
    }
    if (status === 0 || status >= 500 || status === 429) {
      this.store.setState({ state: "offline" });
      return this.later(RETRY_MS);
    }
    this.store.setState({ state: "refused", reason: (error as ApiError).message });
  }
}
