import { isOurs, type ToChat, type ToPage } from "../src/embed/messages";
import { badge, button, element, icon } from "./elements";
import { STYLES } from "./styles";
import { textsIn, type Texts } from "./texts";

/** What a page says about its chat, in attributes of the script. */
export interface Choices {
  /** The origin of the script: whose chat it is. */
  server: string;
  sender: string;
  /** Empty: that of the page. */
  language: string;
  /** `left`; anything else is right. */
  position: string;
}

/** So long after its frame has loaded a chat that does not answer is taken not to be allowed on the page. */
const ANSWER_MS = 4_000;
/** What is loaded without being asked for lets the page come first. */
const LATER_MS = 1_000;
const MOST_SHOWN = 99;
const OPENED_BEFORE = "botflow.opened";

/** The button at the edge of a page, and the chat that it opens. */
export class Widget {
  private readonly texts: Texts;
  private readonly root = element("div");
  private readonly launcher: HTMLButtonElement;
  private readonly badge = badge();
  private readonly panel = element("div", "panel closed");
  private readonly note = element("p");
  private readonly address: string;
  private frame: HTMLIFrameElement | undefined;
  private opened = false;
  private isReady = false;

  constructor(private readonly choices: Choices) {
    const wanted = [choices.language, document.documentElement.lang, ...navigator.languages].filter(Boolean);
    const [language, texts] = textsIn(wanted);
    this.texts = texts;
    this.address = `${choices.server}/embed/${encodeURIComponent(choices.sender)}?language=${language}`;
    this.launcher = button("launcher", () => (this.opened ? this.close() : this.open()));
    this.launcher.append(icon("bubble"), icon("cross"), this.badge);
    this.root.dataset.position = choices.position;
    this.root.lang = language;
    this.fill();
    addEventListener("message", (event) => this.hear(event));
  }

  /** Put it on the page, unless it is there. */
  attach(): void {
    if (!this.root.isConnected) document.body.append(this.root);
  }

  /** Show the chat, and lead the focus into it. */
  open(): void {
    if (this.opened) return;
    this.load();
    this.show(true);
    this.frame?.focus();
    remember();
  }

  /** Hide the chat; the focus goes back to the button. */
  close(): void {
    if (!this.opened) return;
    this.show(false);
    this.launcher.focus();
  }

  private fill(): void {
    const shadow = this.root.attachShadow({ mode: "open" });
    // A sheet made by script is no inline style: the page's Content-Security-Policy need not allow any.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    const waiting = element("div", "waiting");
    const leave = button("", () => this.close());
    leave.textContent = this.texts.close;
    this.note.setAttribute("role", "status");
    waiting.append(this.note, leave);
    this.panel.append(waiting);
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", this.texts.chat);
    shadow.append(this.panel, this.launcher);
    shadow.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape") this.close();
    });
    this.show(false);
    this.count(0);
    // Whoever opened the chat on a page of this site wants to hear of messages on the next one too.
    if (openedBefore()) setTimeout(() => this.load(), LATER_MS);
  }

  private show(opened: boolean): void {
    this.opened = opened;
    this.panel.classList.toggle("closed", !opened);
    this.launcher.setAttribute("aria-expanded", String(opened));
    this.label(0);
    if (this.isReady) this.tell();
  }

  /** The chat is loaded when it is first wanted: until then a page costs nothing but this script. */
  private load(): void {
    if (this.frame) return;
    this.note.textContent = this.texts.loading;
    this.frame = element("iframe");
    this.frame.src = this.address;
    this.frame.title = this.texts.chat;
    this.frame.allow = "geolocation";
    this.frame.addEventListener("load", () => this.meet());
    this.panel.append(this.frame);
  }

  /** The frame has loaded something: if it is the chat, it answers. */
  private meet(): void {
    this.isReady = false;
    this.panel.classList.remove("ready");
    this.tell();
    setTimeout(() => {
      if (this.isReady) return;
      this.note.textContent = this.texts.failed;
      const site = location.origin;
      console.warn(`botflow: ${this.address} cannot be shown on ${site}. Is ${site} one of the sender's embed_origins?`);
    }, ANSWER_MS);
  }

  /** Only our own frame is heard, and only while it shows our server's page. */
  private hear({ source, origin, data }: MessageEvent): void {
    if (!this.frame || source !== this.frame.contentWindow || origin !== this.choices.server || !isOurs(data)) return;
    const message = data as ToPage;
    if (message.botflow === "ready") this.ready();
    else if (message.botflow === "close") this.close();
    else if (message.botflow === "unread") this.count(message.count);
  }

  private ready(): void {
    this.isReady = true;
    this.panel.classList.add("ready");
    if (this.opened) this.frame?.focus();
    this.tell();
  }

  private count(unread: number): void {
    const shown = Number.isInteger(unread) && unread > 0 ? unread : 0;
    this.badge.hidden = shown === 0;
    this.badge.textContent = shown > MOST_SHOWN ? `${MOST_SHOWN}+` : String(shown);
    this.label(shown);
  }

  private label(unread: number): void {
    const { open, close, unread: words } = this.texts;
    this.launcher.setAttribute("aria-label", this.opened ? close : unread ? `${open} (${words(unread)})` : open);
  }

  private tell(): void {
    const message: ToChat = { botflow: "shown", shown: this.opened };
    this.frame?.contentWindow?.postMessage(message, this.choices.server);
  }
}

/** A page may forbid its storage; then a chat is simply loaded when it is wanted. */
function openedBefore(): boolean {
  try {
    return sessionStorage.getItem(OPENED_BEFORE) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(OPENED_BEFORE, "1");
  } catch {
    // as above
  }
}
