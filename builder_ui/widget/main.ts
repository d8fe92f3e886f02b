import { type Choices, Widget } from "./widget";

/** The only name that a page gets from us. */
declare global {
  interface Window {
    botflowChat?: Widget;
  }
}

function choicesOf(script: HTMLScriptElement): Choices | null {
  const { sender, language = "", position = "" } = script.dataset;
  if (!sender) {
    console.error('botflow: the script needs data-sender="…", the id of the sender whose chat it opens.');
    return null;
  }
  return { server: new URL(script.src).origin, sender, language, position };
}

function start(choices: Choices): void {
  // A page may load the script twice, or bring its body anew and with it the script: there is one button.
  window.botflowChat ??= new Widget(choices);
  window.botflowChat.attach();
}

const script = document.currentScript;
const choices = script instanceof HTMLScriptElement ? choicesOf(script) : null;
if (choices && document.body) start(choices);
else if (choices) addEventListener("DOMContentLoaded", () => start(choices), { once: true });
