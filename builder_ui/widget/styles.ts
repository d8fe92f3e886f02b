/**
 * Colours are those of the page (src/styles/tokens.css). This stands in a shadow root, where the CSS of the site does not
 * reach; what is important on the host itself outweighs whatever the site says of its elements.
 */
export const STYLES = `
:host {
  all: initial !important;
  color-scheme: light dark !important;
  --surface: light-dark(#ffffff, #172023);
  --text: light-dark(#15211f, #e7eeec);
  --line: light-dark(#dbe3e3, #2b383b);
  --accent: light-dark(#0f766e, #5eead4);
  --accent-strong: light-dark(#0b5d57, #99f6e4);
  --on-accent: light-dark(#ffffff, #06231f);
  --edge: max(1.25rem, env(safe-area-inset-right), env(safe-area-inset-left));
  --bottom: max(1.25rem, env(safe-area-inset-bottom));
  --size: 3.5rem;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif !important;
}
.launcher, .panel { position: fixed; z-index: 2147483000; right: var(--edge); }
:host([data-position="left"]) :is(.launcher, .panel) { right: auto; left: var(--edge); }
button { font: inherit; cursor: pointer; box-sizing: border-box; }
button:focus-visible, iframe:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.launcher {
  bottom: var(--bottom);
  display: grid;
  place-items: center;
  width: var(--size);
  height: var(--size);
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  box-shadow: 0 2px 6px #0000002e, 0 8px 24px #00000029;
  transition: background-color .15s;
}
.launcher:hover { background: var(--accent-strong); }
.launcher svg { grid-area: 1 / 1; transition: opacity .15s, transform .15s; }
.launcher[aria-expanded="false"] .cross, .launcher[aria-expanded="true"] .bubble { opacity: 0; transform: rotate(-45deg); }
.badge {
  position: absolute;
  top: -.25rem;
  right: -.25rem;
  box-sizing: border-box;
  min-width: 1.5rem;
  padding: 0 .375rem;
  border: 2px solid var(--surface);
  border-radius: 1rem;
  background: #b3261e;
  color: #fff;
  font-size: .75rem;
  font-weight: 700;
  line-height: 1.25rem;
  text-align: center;
}
[hidden] { display: none !important; }
.panel {
  bottom: calc(var(--bottom) + var(--size) + .75rem);
  box-sizing: border-box;
  width: 25rem;
  max-width: calc(100vw - 2.5rem);
  height: min(40rem, calc(100dvh - var(--size) - 3.25rem));
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--surface);
  color: var(--text);
  box-shadow: 0 4px 12px #0000001f, 0 16px 48px #0000003d;
  transition: opacity .18s, transform .18s, visibility 0s;
}
.panel.closed { visibility: hidden; opacity: 0; transform: translateY(.75rem); transition-delay: 0s, 0s, .18s; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; visibility: inherit; color-scheme: light dark; }
.panel:not(.ready) iframe { visibility: hidden; }
.waiting { display: grid; place-content: center; justify-items: center; gap: 1rem; height: 100%; padding: 1.5rem; text-align: center; box-sizing: border-box; }
.waiting p { margin: 0; }
.waiting button {
  min-height: 2.75rem;
  padding: 0 1rem;
  border: 1px solid var(--line);
  border-radius: 999px;
  background: transparent;
  color: var(--accent);
  font-weight: 600;
}
.panel.ready .waiting { display: none; }
@media (max-width: 30rem), (max-height: 26rem) {
  .panel { inset: 0 !important; width: auto; max-width: none; height: auto; border: 0; border-radius: 0; }
  .launcher[aria-expanded="true"] { visibility: hidden; }
}
@media print {
  :host { display: none !important; }
}
@media (prefers-reduced-motion: reduce) {
  * { transition: none !important; }
}
`;
