import { keep, recall } from "../storage";
import type { Draft } from "./protocol";

/** A message that the server has not confirmed. Its id stays the same however often it is sent. */
export interface Unsent extends Draft {
  id: string;
  at: string;
  /** Why the server refused it; it is sent again only when the person says so. */
  error?: string;
}

/** Messages of one chat that wait to be confirmed; they outlive a reload. Every change reads what other tabs left. */
export class Outbox {
  private readonly key: string;

  constructor(sender: string) {
    this.key = `unsent.${sender}`;
  }

  all(): Unsent[] {
    return recall<Unsent[]>(this.key, []);
  }

  /** The message to send now. One that was refused does not hold up those behind it. */
  next(): Unsent | undefined {
    return this.all().find((message) => message.error === undefined);
  }

  add(message: Unsent): void {
    keep(this.key, [...this.all(), message]);
  }

  remove(id: string): void {
    keep(
      this.key,
      this.all().filter((message) => message.id !== id),
    );
  }

  refuse(id: string, error: string): void {
    this.change(id, (message) => ({ ...message, error }));
  }

  retry(id: string): void {
    this.change(id, ({ error: _, ...message }) => message);
  }

  private change(id: string, changed: (message: Unsent) => Unsent): void {
    keep(
      this.key,
      this.all().map((message) => (message.id === id ? changed(message) : message)),
    );
  }
}
