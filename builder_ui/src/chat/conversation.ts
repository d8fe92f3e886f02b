import type { Socket } from "socket.io-client";
import { lastSequence, merge, settledSequence, withStatus } from "./history";
import { newToken } from "./identity";
import type { Outbox, Unsent } from "./outbox";
import {
  type ClientEvents,
  type Draft,
  isLive,
  type Message,
  type Opened,
  type Refused,
  type ServerEvents,
  type ThreadStatus,
} from "./protocol";

export type Connection = "connecting" | "online" | "reconnecting";
export type ChatSocket = Socket<ServerEvents, ClientEvents>;

/** All that the chat page shows. */
export interface ConversationState {
  connection: Connection;
  /** The server's sentence when it refused to open the chat. */
  refused: string | null;
  /** Why the last start or restart did not happen. */
  problem: string | null;
  opened: boolean;
  messages: Message[];
  unsent: Unsent[];
  thread: ThreadStatus | null;
  typing: boolean;
  /** Suggestions up to this sequence belong to an earlier run of the chatbot. */
  closedBefore: number;
}

const ANSWER_MS = 8_000;
const AGAIN_MS = 2_000;

/** One chat with one chatbot: keeps the history and sends what the person writes, in order, once, whatever the net does. */
export class Conversation {
  private state: ConversationState;
  private readonly listeners = new Set<() => void>();
  private sending = false;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: ChatSocket,
    private readonly address: { sender: string; visitor: string },
    private readonly outbox: Outbox,
  ) {
    this.state = {
      connection: "connecting",
      refused: null,
      problem: null,
      opened: false,
      messages: [],
      unsent: outbox.all(),
      thread: null,
      typing: false,
      closedBefore: 0,
    };
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  current = () => this.state;

  /** Connect and keep connected. */
  open(): void {
    this.socket.on("connect", () => void this.onConnect());
    this.socket.on("disconnect", () => this.change({ connection: "reconnecting", typing: false }));
    this.socket.on("connect_error", () => this.change({ connection: "reconnecting" }));
    this.socket.on("message", (message) => this.change({ messages: merge(this.state.messages, [message]) }));
    this.socket.on("typing", ({ on }) => this.change({ typing: on }));
    this.socket.on("status", ({ thread }) => this.change({ thread }));
    this.socket.on("update", ({ id, status }) => this.change({ messages: withStatus(this.state.messages, id, status) }));
    this.socket.connect();
  }

  close(): void {
    clearTimeout(this.again);
    this.socket.removeAllListeners();
    this.socket.disconnect();
  }

  /** Keep a message and send it as soon as the net allows. */
  send(draft: Draft): void {
    this.outbox.add({ ...draft, id: newToken(), at: new Date().toISOString() });
    this.change({ unsent: this.outbox.all() });
    void this.flush();
  }

  retry(id: string): void {
    this.outbox.retry(id);
    this.change({ unsent: this.outbox.all() });
    void this.flush();
  }

  discard(id: string): void {
    this.outbox.remove(id);
    this.change({ unsent: this.outbox.all() });
  }

  /** Set the chatbot going: from its beginning, ending what runs. */
  async restart(): Promise<void> {
    const answer = await this.begin();
    if (answer && !answer.ok) this.change({ problem: answer.error });
  }

  private async begin() {
    const closedBefore = lastSequence(this.state.messages);
    const answer = isLive(this.state.thread)
      ? await this.ask(this.socket.timeout(ANSWER_MS).emitWithAck("restart", { ...this.address, id: newToken() }))
      : await this.ask(this.socket.timeout(ANSWER_MS).emitWithAck("start", this.address));
    if (answer?.ok) this.take(answer, { closedBefore, problem: null });
    return answer;
  }

  /** Tell that the person opened a link or used another action of a message. */
  act(message: string, action: string): void {
    if (this.socket.connected) this.socket.emit("act", { ...this.address, id: newToken(), message, action }, () => {});
  }

  private async onConnect(): Promise<void> {
    const request = { ...this.address, after: settledSequence(this.state.messages) };
    const answer = await this.ask(this.socket.timeout(ANSWER_MS).emitWithAck("open", request));
    if (answer === null) return this.soon(() => this.onConnect());
    if (!answer.ok) return this.change({ connection: "online", refused: answer.error });
    this.take(answer, { connection: "online", refused: null, opened: true });
    const untouched = this.state.messages.length + this.state.unsent.length === 0 && this.state.thread === null;
    // nobody has asked for it: that nothing begins is seen below the messages
    if (untouched) await this.begin();
    await this.flush();
  }

  /** Send what waits, one at a time and in order: the next goes when the one before it is confirmed. */
  private async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (await this.sendNext());
    } finally {
      this.sending = false;
    }
  }

  private async sendNext(): Promise<boolean> {
    const next = this.outbox.next();
    if (!next || !this.ready) return false;
    const { at: _, ...message } = next;
    const answer = await this.ask(this.socket.timeout(ANSWER_MS).emitWithAck("send", { ...this.address, ...message }));
    if (answer === null) {
      this.soon(() => this.flush());
      return false;
    }
    if (answer.ok) this.outbox.remove(next.id);
    else this.outbox.refuse(next.id, answer.error);
    const messages = answer.ok ? merge(this.state.messages, [answer.message]) : this.state.messages;
    this.change({ messages, unsent: this.outbox.all() });
    return true;
  }

  private get ready(): boolean {
    return this.socket.connected && this.state.opened && this.state.connection === "online";
  }

  /** An answer, or null when none came in time. */
  private async ask<T>(answer: Promise<T | Refused>): Promise<T | Refused | null> {
    return answer.catch(() => null);
  }

  /** Try again in a while; a new connection does so by itself. */
  private soon(task: () => Promise<void>): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      if (this.socket.connected) void task();
    }, AGAIN_MS);
  }

  private take(answer: Partial<Opened>, change: Partial<ConversationState>): void {
    const messages = merge(this.state.messages, answer.messages ?? []);
    const status = answer.status ?? { thread: this.state.thread, typing: this.state.typing };
    // another tab may have sent what waited here
    this.change({ ...change, messages, unsent: this.outbox.all(), thread: status.thread, typing: status.typing });
  }

  private change(change: Partial<ConversationState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
