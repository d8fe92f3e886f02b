import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { contentAddress } from "../media/media";
import { Icon, type IconName } from "../shell/Icon";
import styles from "./AgentProfile.module.css";
import { CONTACT_KINDS, type ContactKind, type RcsDetails, USUAL_COLOR } from "./draft";
import { inkOn, isColor } from "./ink";

const ICONS: Record<ContactKind, IconName> = { phones: "phone", websites: "outside", emails: "mail" };

/** The profile of an RCS agent, as whoever taps its name sees it. */
export function AgentProfile({ name, details }: { name: string; details: RcsDetails }) {
  const { t } = useTranslation();
  const color = isColor(details.color) ? details.color : USUAL_COLOR;
  const colors = { "--profile": color, "--profile-ink": inkOn(color) } as CSSProperties;
  const shown = CONTACT_KINDS.flatMap((kind) => details[kind].map((contact) => ({ ...contact, kind })));
  return (
    <article className={styles.profile} style={colors}>
      {details.background ? <img className={styles.banner} alt="" src={contentAddress(details.background)} /> : <div className={styles.banner} />}
      {details.logo ? (
        <img className={styles.logo} alt="" src={contentAddress(details.logo)} />
      ) : (
        <span className={styles.logo} aria-hidden="true">
          {name.slice(0, 1).toUpperCase()}
        </span>
      )}
      <p className={styles.name}>{name}</p>
      <p className={styles.description}>{details.description || <span className={styles.missing}>{t("registrations.no_description")}</span>}</p>
      {shown.length > 0 && (
        <ul className={styles.contacts} aria-label={t("registrations.contacts")}>
          {shown.map(({ kind, value, label }, index) => (
            <li key={index} className={styles.contact}>
              <span className={styles.icon}>
                <Icon name={ICONS[kind]} size={18} />
              </span>
              <span>
                {label || t("registrations.no_label")}
                <span className={styles.value}>{value}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.legal}>
        {details.privacy_policy && <span>{t("registrations.privacy_policy")}</span>}
        {details.terms && <span>{t("registrations.terms")}</span>}
      </p>
    </article>
  );
}
