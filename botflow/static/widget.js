(function(){var e=e=>typeof e==`object`&&!!e&&typeof e.botflow==`string`;function t(e,t=``){let n=document.createElement(e);return t&&(n.className=t),n}function n(e,n){let r=t(`button`,e);return r.type=`button`,r.addEventListener(`click`,n),r}function r(){let e=t(`span`,`badge`);return e.setAttribute(`aria-hidden`,`true`),e}var i=`http://www.w3.org/2000/svg`,a={bubble:`M4 12a8 7.5 0 1 1 4 6.5L4 20l1.2-3.6A7 7 0 0 1 4 12zM8.5 12h.01M12 12h.01M15.5 12h.01`,cross:`M6 6l12 12M18 6L6 18`};function o(e){let t=document.createElementNS(i,`svg`),n=document.createElementNS(i,`path`),r={d:a[e],fill:`none`,stroke:`currentColor`,"stroke-width":`2`},o={"stroke-linecap":`round`,"stroke-linejoin":`round`};for(let[e,t]of Object.entries({...r,...o}))n.setAttribute(e,t);return t.setAttribute(`class`,e),t.setAttribute(`viewBox`,`0 0 24 24`),t.setAttribute(`width`,`28`),t.setAttribute(`height`,`28`),t.setAttribute(`aria-hidden`,`true`),t.append(n),t}var s=`
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
`,c={en:{open:`Open the chat`,close:`Close the chat`,chat:`Chat`,unread:e=>e===1?`1 new message`:`${e} new messages`,loading:`Opening the chat …`,failed:`The chat cannot be shown here right now.`},es:{open:`Abrir el chat`,close:`Cerrar el chat`,chat:`Chat`,unread:e=>e===1?`1 mensaje nuevo`:`${e} mensajes nuevos`,loading:`Abriendo el chat …`,failed:`Ahora mismo no se puede mostrar el chat aquí.`}};function l(e){let t=e.map(e=>e.slice(0,2).toLowerCase()).find(e=>Object.hasOwn(c,e))??`en`;return[t,c[t]]}var u=4e3,d=1e3,f=99,p=`botflow.opened`,m=class{choices;texts;root=t(`div`);launcher;badge=r();panel=t(`div`,`panel closed`);note=t(`p`);address;frame;opened=!1;isReady=!1;constructor(e){this.choices=e;let[t,r]=l([e.language,document.documentElement.lang,...navigator.languages].filter(Boolean));this.texts=r,this.address=`${e.server}/embed/${encodeURIComponent(e.sender)}?language=${t}`,this.launcher=n(`launcher`,()=>this.opened?this.close():this.open()),this.launcher.append(o(`bubble`),o(`cross`),this.badge),this.root.dataset.position=e.position,this.root.lang=t,this.fill(),addEventListener(`message`,e=>this.hear(e))}attach(){this.root.isConnected||document.body.append(this.root)}open(){this.opened||(this.load(),this.show(!0),this.frame?.focus(),g())}close(){this.opened&&(this.show(!1),this.launcher.focus())}fill(){let e=this.root.attachShadow({mode:`open`}),r=new CSSStyleSheet;r.replaceSync(s),e.adoptedStyleSheets=[r];let i=t(`div`,`waiting`),a=n(``,()=>this.close());a.textContent=this.texts.close,this.note.setAttribute(`role`,`status`),i.append(this.note,a),this.panel.append(i),this.panel.setAttribute(`role`,`dialog`),this.panel.setAttribute(`aria-label`,this.texts.chat),e.append(this.panel,this.launcher),e.addEventListener(`keydown`,e=>{e.key===`Escape`&&this.close()}),this.show(!1),this.count(0),h()&&setTimeout(()=>this.load(),d)}show(e){this.opened=e,this.panel.classList.toggle(`closed`,!e),this.launcher.setAttribute(`aria-expanded`,String(e)),this.label(0),this.isReady&&this.tell()}load(){this.frame||(this.note.textContent=this.texts.loading,this.frame=t(`iframe`),this.frame.src=this.address,this.frame.title=this.texts.chat,this.frame.allow=`geolocation`,this.frame.addEventListener(`load`,()=>this.meet()),this.panel.append(this.frame))}meet(){this.isReady=!1,this.panel.classList.remove(`ready`),this.tell(),setTimeout(()=>{if(this.isReady)return;this.note.textContent=this.texts.failed;let e=location.origin;console.warn(`botflow: ${this.address} cannot be shown on ${e}. Is ${e} one of the sender's embed_origins?`)},u)}hear({source:t,origin:n,data:r}){if(!this.frame||t!==this.frame.contentWindow||n!==this.choices.server||!e(r))return;let i=r;i.botflow===`ready`?this.ready():i.botflow===`close`?this.close():i.botflow===`unread`&&this.count(i.count)}ready(){this.isReady=!0,this.panel.classList.add(`ready`),this.opened&&this.frame?.focus(),this.tell()}count(e){let t=Number.isInteger(e)&&e>0?e:0;this.badge.hidden=t===0,this.badge.textContent=t>f?`${f}+`:String(t),this.label(t)}label(e){let{open:t,close:n,unread:r}=this.texts;this.launcher.setAttribute(`aria-label`,this.opened?n:e?`${t} (${r(e)})`:t)}tell(){let e={botflow:`shown`,shown:this.opened};this.frame?.contentWindow?.postMessage(e,this.choices.server)}};function h(){try{return sessionStorage.getItem(p)!==null}catch{return!1}}function g(){try{sessionStorage.setItem(p,`1`)}catch{}}function _(e){let{sender:t,language:n=``,position:r=``}=e.dataset;return t?{server:new URL(e.src).origin,sender:t,language:n,position:r}:(console.error(`botflow: the script needs data-sender="…", the id of the sender whose chat it opens.`),null)}function v(e){window.botflowChat??=new m(e),window.botflowChat.attach()}var y=document.currentScript,b=y instanceof HTMLScriptElement?_(y):null;b&&document.body?v(b):b&&addEventListener(`DOMContentLoaded`,()=>v(b),{once:!0})})();