const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;" };

/** The line of HTML that puts the chat of a sender on a page. */
export function widgetLine(server: string, sender: string): string {
  const attribute = sender.replace(/[&"<]/g, (letter) => ESCAPES[letter]!);
  return `<script src="${server}/widget.js" data-sender="${attribute}" async></script>`;
}
