import { useTranslation } from "react-i18next";
import { Icon } from "../../shell/Icon";
import { mapAddress } from "./addresses";
import styles from "./content.module.css";
import type { LocationContent } from "./model";

/** A place: its name and address, its coordinates, and a link to a map. */
export function Place({ content }: { content: LocationContent }) {
  const { t } = useTranslation();
  const { name, address, latitude, longitude } = content;
  return (
    <div className={styles.framed}>
      <h2 className={styles.heading}>
        <Icon name="place" size={18} /> {name ?? t("content.location")}
      </h2>
      {address && <p>{address}</p>}
      <p className={styles.footer}>
        {latitude}, {longitude}
      </p>
      <a
        className={styles.tappable}
        href={mapAddress({ latitude, longitude })}
        target="_blank"
        rel="noopener noreferrer"
      >
        <Icon name="outside" size={16} /> {t("content.on_map")}
        <span className="visually-hidden"> ({t("content.new_tab")})</span>
      </a>
    </div>
  );
}
