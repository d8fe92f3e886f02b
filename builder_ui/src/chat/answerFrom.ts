/** The focus goes on to where one answers; fingers would bring up a keyboard with it, over the chat: it stays in the log. */
export function answerFrom(log: HTMLElement | null): void {
  log?.focus();
  if (matchMedia("(pointer: fine)").matches) document.getElementById("composer")?.focus();
}
