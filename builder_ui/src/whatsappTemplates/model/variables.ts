import type { BodyText, Button, Component, Header, Written } from "./components";

const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** The names of the variables in a text, in order. */
export const variablesIn = (text: string) => Array.from(text.matchAll(VARIABLE), ([, name]) => name!.trim());

/** The variable that a text has not used yet. */
export function nextVariable(text: string): string {
  const taken = new Set(variablesIn(text));
  let number = 1;
  while (taken.has(String(number))) number++;
  return `{{${number}}}`;
}

/** A text with something in place of its variables; a variable for which there is nothing stays. */
export const replaced = (text: string, valueOf: (name: string) => string | undefined) =>
  text.replace(VARIABLE, (variable, name: string) => valueOf(name.trim()) || variable);

/** A text with samples in place of its variables. */
export const filled = (text: string, samples: readonly string[] = []) => replaced(text, (name) => samples[Number(name) - 1]);

/** As many samples as a text has variables; those that are there stay. */
const samplesFor = (text: string | undefined, samples: readonly string[] = []) =>
  variablesIn(text ?? "").map((_, index) => samples[index] ?? "");

/** The template with room for a sample of each variable, and none left over. */
export const withSamples = <Template extends Written>(template: Template): Template => ({
  ...template,
  components: template.components.map(sampled),
});

function sampled(part: Component): Component {
  if (part.type === "BODY") return sampledBody(part);
  if (part.type === "HEADER") return part.format === "TEXT" ? sampledHeader(part) : part;
  if (part.type === "BUTTONS") return { ...part, buttons: part.buttons.map(sampledButton) };
  if (part.type === "CAROUSEL")
    return { ...part, cards: part.cards.map((card) => ({ ...card, components: card.components.map(sampled) })) };
  return part;
}

function sampledBody({ example, ...part }: BodyText): BodyText {
  const samples = samplesFor(part.text, example?.body_text?.[0]);
  return samples.length > 0 ? { ...part, example: { ...example, body_text: [samples] } } : part;
}

function sampledHeader({ example, ...part }: Header): Header {
  const samples = samplesFor(part.text, example?.header_text);
  return samples.length > 0 ? { ...part, example: { header_text: samples } } : part;
}

function sampledButton(button: Button): Button {
  if (button.type !== "URL") return button;
  const { example, ...rest } = button;
  const samples = samplesFor(button.url, Array.isArray(example) ? example : []);
  return samples.length > 0 ? { ...rest, example: samples } : rest;
}
