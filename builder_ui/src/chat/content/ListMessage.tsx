import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import buttons from "../../shell/buttons.module.css";
import { Icon } from "../../shell/Icon";
import styles from "./content.module.css";
import { Dialog } from "./Dialog";
import dialog from "./dialog.module.css";
import { useMessage } from "./message";
import type { ListContent, ListRow } from "./model";
import { Words } from "./TextMessage";

/** A text with a button that opens the choices; one can be sent. */
export function ListMessage({ content }: { content: ListContent }) {
  const { active } = useMessage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={styles.framed}>
        {content.header && <h2 className={styles.heading}>{content.header}</h2>}
        <Words text={content.text} />
        {content.footer && <p className={styles.footer}>{content.footer}</p>}
        <button type="button" className={styles.tappable} disabled={!active} onClick={() => setOpen(true)}>
          <Icon name="list" size={16} /> {content.button}
        </button>
      </div>
      {open && <Choices content={content} close={() => setOpen(false)} />}
    </>
  );
}

function Choices({ content, close }: { content: ListContent; close: () => void }) {
  const { t } = useTranslation();
  const { reply } = useMessage();
  const [chosen, setChosen] = useState<ListRow | null>(null);
  const send = () => {
    flushSync(close); // gives the focus back before the chat takes it
    if (chosen) reply(chosen);
  };
  return (
    <Dialog title={content.header ?? content.button} close={close}>
      {content.sections.map((section, index) => (
        <fieldset key={index} className={dialog.section}>
          <legend className={section.title ? undefined : "visually-hidden"}>{section.title ?? content.button}</legend>
          {section.rows.map((row) => (
            <label key={row.id} className={dialog.row}>
              <input type="radio" name="row" checked={chosen === row} onChange={() => setChosen(row)} />
              <span>
                {row.text}
                {row.description && <span className={dialog.description}>{row.description}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <div className={dialog.actions}>
        <button type="button" className={buttons.plain} onClick={close}>
          {t("content.cancel")}
        </button>
        <button type="button" className={buttons.primary} disabled={!chosen} onClick={send}>
          {t("content.choose")}
        </button>
      </div>
    </Dialog>
  );
}
