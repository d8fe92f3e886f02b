/** What the widget says, in the languages of the chat. */
const TEXTS = {
  en: {
    open: "Open the chat",
    close: "Close the chat",
    chat: "Chat",
    unread: (count: number) => (count === 1 ? "1 new message" : `${count} new messages`),
    loading: "Opening the chat …",
    failed: "The chat cannot be shown here right now.",
  },
  es: {
    open: "Abrir el chat",
    close: "Cerrar el chat",
    chat: "Chat",
    unread: (count: number) => (count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`),
    loading: "Abriendo el chat …",
    failed: "Ahora mismo no se puede mostrar el chat aquí.",
  },
};

export type Texts = (typeof TEXTS)["en"];

/** The texts and the code of the first of these languages that there is. */
export function textsIn(wanted: readonly string[]): [string, Texts] {
  const codes = wanted.map((code) => code.slice(0, 2).toLowerCase());
  const found = codes.find((code): code is keyof typeof TEXTS => Object.hasOwn(TEXTS, code)) ?? "en";
  return [found, TEXTS[found]];
}
