import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../shell/Icon";
import styles from "./Composer.module.css";

/** The longest text a person can send at once, in UTF-16 units. */
const TEXT_LENGTH = 4096;

/** Where one writes: Enter sends, Shift and Enter begins a new line. */
export function Composer({ send, autoFocus }: { send: (text: string) => void; autoFocus: boolean }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const submit = () => {
    if (!text.trim()) return;
    send(text.trim());
    setText("");
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form className={styles.composer} onSubmit={onSubmit}>
      <div className={styles.inside}>
        <textarea
          id="composer"
          className={styles.text}
          rows={1}
          maxLength={TEXT_LENGTH}
          autoFocus={autoFocus && matchMedia("(pointer: fine)").matches}
          aria-label={t("chat.write")}
          placeholder={t("chat.write")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
        />
        <button type="submit" className={styles.send} aria-label={t("chat.send")} disabled={!text.trim()}>
          <Icon name="send" size={22} />
        </button>
      </div>
    </form>
  );
}
