import { create } from "zustand";
import { refusal } from "./files";
import type { Media } from "./media";

/** Sends a file; tells what share of it is there, and ends early where the signal says so. */
export type Send = (file: File, progress: (share: number) => void, signal: AbortSignal) => Promise<Media>;

export interface Upload {
  id: number;
  file: File;
  /** Refused: it was not sent at all, and never will be. */
  state: "waiting" | "sending" | "failed" | "refused";
  share: number;
  error?: unknown;
  reason?: NonNullable<ReturnType<typeof refusal>>;
}

const AT_ONCE = 2;

/** Files on their way to the library, a few at once; those that have come leave the list. */
export class Uploads {
  readonly use = create<{ list: readonly Upload[] }>(() => ({ list: [] }));
  private readonly sending = new Map<number, AbortController>();
  private last = 0;

  constructor(
    private readonly send: Send,
    private readonly arrived: (media: Media) => void,
  ) {}

  add(files: readonly File[]): void {
    this.use.setState({ list: [...this.list, ...files.map((file) => this.begun(file))] });
    this.advance();
  }

  /** Send a file that failed once more. */
  retry(id: number): void {
    this.change(id, { state: "waiting", share: 0, error: undefined });
    this.advance();
  }

  /** Take a file off the list, sent or not. */
  cancel(id: number): void {
    this.sending.get(id)?.abort();
    this.leave(id);
  }

  cancelAll(): void {
    for (const { id } of this.list) this.sending.get(id)?.abort();
    this.use.setState({ list: [] });
  }

  private get list(): readonly Upload[] {
    return this.use.getState().list;
  }

  private begun(file: File): Upload {
    const reason = refusal(file);
    const begun = { id: ++this.last, file, share: 0 };
    return reason ? { ...begun, state: "refused", reason } : { ...begun, state: "waiting" };
  }

  private advance(): void {
    const room = AT_ONCE - this.list.filter(({ state }) => state === "sending").length;
    for (const upload of this.list.filter(({ state }) => state === "waiting").slice(0, Math.max(room, 0))) void this.start(upload);
  }

  private async start({ id, file }: Upload): Promise<void> {
    const stop = new AbortController();
    this.sending.set(id, stop);
    this.change(id, { state: "sending" });
    try {
      const media = await this.send(file, (share) => this.change(id, { share }), stop.signal);
      if (stop.signal.aborted) return;
      this.leave(id);
      this.arrived(media);
    } catch (error) {
      this.change(id, { state: "failed", error });
    } finally {
      this.sending.delete(id);
      this.advance();
    }
  }

  private leave(id: number): void {
    this.use.setState({ list: this.list.filter((upload) => upload.id !== id) });
    this.advance();
  }

  private change(id: number, change: Partial<Upload>): void {
    this.use.setState({ list: this.list.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)) });
  }
}
