import { createStore, type StoreApi } from "zustand";
import { answer, api } from "../api/client";
import type { Editor } from "../canvas/editor";
import { roleOf, type Scenario } from "../scenario/model";
import { firstDifference } from "./compare";
import { TestRun } from "./testing";
import { type Chat, type Happening, type HttpAnswer, secondOf, type Tried } from "./transcript";

/** So long after a change of the draft the chat is played again. */
export const PAUSE_MS = 600;

export interface Trying {
  isOpen: boolean;
  /** How often somebody has asked to see the chat. */
  asked: number;
  chat: Chat;
  /** What came of the chat when it was played last. It may have fewer turns than the chat: the rest is on its way. */
  tried: Tried | null;
  isPlaying: boolean;
  /** Why it could not be played: the server did not answer, or refused. */
  error: unknown;
  /** The first turn that went differently once the draft had changed. */
  changedAt: number | null;
  /** The turn whose way is shown; null: the newest. */
  looked: number | null;
}

type Ask = (id: string, document: Scenario, chat: Chat, runs: Tried["runs"]) => Promise<Tried>;

const ask: Ask = (id, document, chat, runs) =>
  answer(
    api.POST("/api/v1/chatbots/{chatbot_id}/trial", {
      params: { path: { chatbot_id: id } },
      body: { document: document as never, transcript: chat as never, with_reachable: true, runs },
    }),
  );

const nothingYet = (): Chat => ({ now: secondOf(new Date()), turns: [] });

/** A chat with a draft (ED-4). The server keeps nothing of it: all that has happened is played again with each new turn. */
export class Trial {
  readonly store: StoreApi<Trying>;
  /** The tests of the same draft. */
  readonly tests: TestRun;
  private serial = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly id: string,
    private readonly editor: Editor,
    private readonly play: Ask = ask,
  ) {
    this.tests = new TestRun(id, editor);
    this.store = createStore<Trying>(() => ({ isOpen: false, asked: 0, chat: nothingYet(), tried: null, isPlaying: false, error: null, changedAt: null, looked: null }));
    editor.subscribe((now, before) => this.follow(now.scenario, before.scenario));
  }

  /** Show the chat; one that has not begun begins. */
  open(): void {
    this.show();
    if (!this.chat.turns.length) this.startOver();
    else void this.replay(true);
  }

  close = (): void => this.store.setState({ isOpen: false });

  /** The next thing happens. */
  happen(turn: Happening): void {
    this.store.setState({ chat: { ...this.chat, turns: [...this.chat.turns, turn] }, looked: null, changedAt: null });
    void this.replay();
  }

  /** Take back the last turn, and what came of it. */
  takeBack(): void {
    this.store.setState({ chat: { ...this.chat, turns: this.chat.turns.slice(0, -1) }, looked: null, changedAt: null });
    void this.replay();
  }

  /** A new chat, from the start step. */
  startOver(): void {
    const { nodes } = this.editor.getState().scenario;
    const start = nodes.find((node) => roleOf(node) === "start") ?? nodes[0];
    this.begin({ ...nothingYet(), ...this.kept(), turns: start ? [{ operator: { start_at: start.id } }] : [] });
  }

  /** A new chat in which nothing has happened: the contact writes first. */
  waitForMessage(): void {
    this.begin({ ...nothingYet(), ...this.kept() });
  }

  /** Begin at any step; a chat that runs goes on there. */
  startAt(node: string): void {
    this.show();
    this.happen({ operator: { start_at: node } });
  }

  /** Another chat in the place of this one. */
  begin(chat: Chat): void {
    this.store.setState({ chat, tried: null, looked: null, changedAt: null });
    this.show();
    void this.replay();
  }

  /** The answers that code steps get to their calls from now on, in this chat from its start. */
  giveAnswers(http: readonly HttpAnswer[]): void {
    this.store.setState({ chat: { ...this.chat, http } });
    void this.replay(true);
  }

  /** Who chats from now on, in this chat from its start; undefined: the usual contact. */
  beContact(contact: Record<string, unknown> | undefined): void {
    const { contact: _, ...chat } = this.chat;
    this.store.setState({ chat: { ...chat, ...(contact && { contact }) } });
    void this.replay(true);
  }

  look(turn: number | null): void {
    this.store.setState({ looked: turn });
  }

  /** Play the chat as it is on the draft as it is. `compares`: say where it went differently from before. */
  async replay(compares = false): Promise<void> {
    clearTimeout(this.timer);
    this.serial += 1;
    const { serial, chat } = this;
    const before = this.store.getState().tried;
    if (!chat.turns.length) return this.store.setState({ tried: null, isPlaying: false, error: null });
    this.store.setState({ isPlaying: true, error: null });
    try {
      const tried = await this.play(this.id, this.editor.getState().scenario, chat, before?.runs ?? []);
      if (serial !== this.serial) return;
      this.store.setState((now) => ({ ...now, ...taken(now, tried, compares), isPlaying: false }));
    } catch (error) {
      if (serial === this.serial) this.store.setState({ isPlaying: false, error });
    }
  }

  private show(): void {
    this.store.setState(({ asked }) => ({ isOpen: true, asked: asked + 1 }));
  }

  private get chat(): Chat {
    return this.store.getState().chat;
  }

  /** What stays when a chat begins anew. */
  private kept(): Partial<Chat> {
    const { http, contact } = this.chat;
    return { ...(http && { http }), ...(contact && { contact }) };
  }

  /** Whoever edits sees at once what that means for the chat; where things stand on the canvas means nothing. */
  private follow(now: Scenario, before: Scenario): void {
    if (!this.store.getState().isOpen || !this.chat.turns.length) return;
    if (now.nodes === before.nodes && now.settings === before.settings && now.channel === before.channel) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.replay(true), PAUSE_MS);
  }
}

/** A draft that cannot run leaves the chat as it was, with what is wrong beside it. */
function taken(now: Trying, tried: Tried, compares: boolean): Pick<Trying, "tried" | "changedAt"> {
  const before = now.tried;
  if (tried.problems.length) return { tried: { ...tried, turns: before?.turns ?? [], runs: before?.runs ?? [] }, changedAt: now.changedAt };
  return { tried, changedAt: compares && before ? firstDifference(before.turns, tried.turns) : now.changedAt };
}
