import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../shell/Icon";
import styles from "./content.module.css";
import { LocationDialog } from "./LocationDialog";
import { useMessage } from "./message";
import { Words } from "./TextMessage";

/** A question for where the person is. */
export function RequestLocation({ content }: { content: { text: string } }) {
  const { t } = useTranslation();
  const { active, share } = useMessage();
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.framed}>
      <Words text={content.text} />
      <button type="button" className={styles.tappable} disabled={!active} onClick={() => setAsking(true)}>
        <Icon name="place" size={16} /> {t("location.share")}
      </button>
      {asking && <LocationDialog close={() => setAsking(false)} share={share} />}
    </div>
  );
}
